"""Runs of the command that something disturbs: real processes that are really killed, held, or short of room."""

import pytest

pytest.register_assert_rewrite("tests.disturbed.sums", "tests.disturbed.runs")
