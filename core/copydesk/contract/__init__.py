"""The contract between the desk and its plugins: words, patterns, layouts, habits, sources and hooks."""
