"""The frontmatter of a document: written so that every YAML reader reads it alike, and read back with its places."""
