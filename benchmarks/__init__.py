"""Ratios of Copydesk's time to that of work nobody can do without, each measured in one run."""
