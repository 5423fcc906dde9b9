"""HTML pages: parsed, cut into blocks in reading order, with what their heads say of them."""
