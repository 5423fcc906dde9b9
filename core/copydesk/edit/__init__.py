"""Editing: from a reading to the document's parts: elements, dates, source and identity."""
