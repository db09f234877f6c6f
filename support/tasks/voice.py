"""The jobs of digests, the archive and reports."""

from datetime import datetime

from support.enums.voice import ReportKind
from support.services.voice import acting, archive, digests, reports


def digest(*, now: datetime) -> int:
    """Judge the measures whose days are over, then write yesterday's digests. SOP: S12"""
    return acting.judge_due(now=now) + digests.digest_yesterday(now=now)


def file_archived() -> int:
    """File what was archived. SOP: S13"""
    return archive.file_archived()


def report(kind: ReportKind, *, now: datetime) -> int:
    """Write the reports of the last week or month. SOP: S21"""
    return reports.write_reports(kind=kind, now=now)
