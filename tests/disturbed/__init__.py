"""Runs of the command that something disturbs: real processes that are really killed, held, or short of room."""
