"""Proposing a source: looking at samples, guessing what their lines are, and writing the package of a plugin."""
