"""Which suppliers may be bought from."""

from datetime import date, timedelta

import pytest

from catalog.rules.selection.qualification import in_order, is_due, is_valid, lacking

TODAY = date(2026, 6, 11)
DAY = timedelta(days=1)


@pytest.mark.parametrize(("expires_on", "valid"), [(None, True), (TODAY + DAY, True), (TODAY, True), (TODAY - DAY, False)])
def test_a_document_is_valid_on_its_last_day(expires_on: date | None, valid: bool) -> None:
    assert is_valid(expires_on=expires_on, today=TODAY) is valid


@pytest.mark.parametrize(("days", "due"), [(31, False), (30, True), (29, True), (0, True), (-5, True)])
def test_a_document_is_due_within_the_warning_time(days: int, due: bool) -> None:
    assert is_due(expires_on=TODAY + days * DAY, today=TODAY, warning=30 * DAY) is due


def test_a_document_without_end_is_never_due() -> None:
    assert is_due(expires_on=None, today=TODAY, warning=30 * DAY) is False


def test_what_is_required_and_not_valid_is_lacking() -> None:
    held = [("licence", None), ("report", TODAY - DAY), ("brand", TODAY)]
    assert lacking(required=["licence", "report", "brand", "permit"], held=held, today=TODAY) == ["report", "permit"]
    assert lacking(required=["report"], held=[*held, ("report", TODAY)], today=TODAY) == []


@pytest.mark.parametrize(
    ("issued", "expires", "fine"),
    [(0, None, True), (1, None, False), (-5, -5, True), (-5, -6, False), (-5, 300, True)],
)
def test_the_days_of_a_document_are_in_order(issued: int, expires: int | None, fine: bool) -> None:
    expires_on = None if expires is None else TODAY + expires * DAY
    assert in_order(issued_on=TODAY + issued * DAY, expires_on=expires_on, today=TODAY) is fine
