"""The desk: finds the plugins, routes a page to its layout and source, and holds rules to the laws."""
