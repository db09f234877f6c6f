"""With OPSDESK_FORBID_SKIP=1 a skipped test is a failed one: what cannot run in CI is not green there."""

import os
from collections.abc import Iterator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: "pytest.CallInfo[None]") -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[misc, assignment]
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("OPSDESK_FORBID_SKIP") == "1":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {call.excinfo and call.excinfo.value}"
    return report  # type: ignore[return-value]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report: pytest.CollectReport = yield  # type: ignore[misc, assignment]
    if report.skipped and os.environ.get("OPSDESK_FORBID_SKIP") == "1":
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped as a whole"
    return report  # type: ignore[return-value]
