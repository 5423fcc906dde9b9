from __future__ import annotations

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings

NO_SKIPS = "COPYDESK_NO_SKIPS"
"""The environment variable that makes a skipped test a failed one: where it is set, a law that is skipped is broken."""

CORPUS = "COPYDESK_CORPUS"
"""Tests of the real articles may be skipped where this variable does not say where they are, and nowhere else."""

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that is skipped where nothing may be."""
    report = yield
    return _without_skip(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a file that is skipped where nothing may be."""
    report = yield
    return _without_skip(report)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have counted: `record_property` takes it here from every worker."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


def _without_skip(report: Report) -> Report:
    if not os.environ.get(NO_SKIPS) or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if CORPUS not in reason or os.environ.get(CORPUS):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped ({reason}), and {NO_SKIPS} allows no skip"
    return report


settings.register_profile("copydesk", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("copydesk")
