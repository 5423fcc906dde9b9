"""Whole runs at scale: throughput, workers, memory, second runs, cold starts, and peers beside."""
