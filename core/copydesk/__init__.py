"""Copydesk turns captured news pages into checked Markdown, with an account of every line."""

__version__ = "0.1.0"
