"""The kit for authors of plugins: cases, checks of the laws, and strategies."""
