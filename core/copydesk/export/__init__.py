"""Exports: a corpus as one file for tables, search and bibliographies."""
