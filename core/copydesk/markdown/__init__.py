"""From the folded text of a document's blocks to Markdown that every engine shows as exactly that text."""
