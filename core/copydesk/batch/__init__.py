"""Batches: many inputs, the work on each, and the engines that do it."""
