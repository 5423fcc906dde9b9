"""The values that flow through the desk: all immutable, none with a reference to a plugin or a file."""
