"""What places demand is written down by supervisors."""

import pytest

from catalog.models import ImageStandard
from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from tests.builders import a_user
from tests.builders.media import a_standard
from tests.kit.browser import Desk, text_of
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]
FIELDS = {"min_width": 1000, "min_height": 1000, "formats": ["jpeg"]}


def test_a_supervisor_changes_what_a_place_demands() -> None:
    row, desk = a_standard(), Desk(a_user(Role.PRODUCT_SUPERVISOR))
    assert "800-5000 x 800-5000" in text_of(desk.get("catalog_imagestandard_changelist"))
    assert desk.get("catalog_imagestandard_edit", row.pk).status_code == 200

    assert desk.post("catalog_imagestandard_edit", row.pk, **FIELDS, white_border=80).status_code == 302

    row.refresh_from_db()
    assert (row.min_width, row.max_width, row.formats, row.white_border) == (1000, None, ["jpeg"], 80)
    entry = AuditEntry.objects.get(action="images.standard_changed")
    assert (entry.before["white_border"], entry.after["white_border"]) == (None, 80)


def test_a_new_place_gets_a_standard_once() -> None:
    desk = Desk(a_user(Role.OPERATIONS_SUPERVISOR))
    place = {"platform": "jd", "place": "banner"}

    assert desk.post("catalog_imagestandard_add", **place, **FIELDS).status_code == 302
    again = desk.post("catalog_imagestandard_add", **place, **FIELDS)

    assert (again.status_code, "There is a standard for this place." in text_of(again)) == (422, True)
    assert ImageStandard.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"max_width": 999}, "The greatest must not be below the least."),
        ({"max_height": 999}, "The greatest must not be below the least."),
        ({"aspect_width": 1}, "A ratio needs both sides."),
        ({"formats": []}, "This field is required."),
        ({"formats": ["gif"]}, "Select a valid choice."),
        ({"white_border": 101}, "less than or equal to 100"),
    ],
)
def test_demands_that_make_no_sense_are_refused(changes: dict[str, object], reason: str) -> None:
    row, desk = a_standard(), Desk(a_user(Role.PRODUCT_SUPERVISOR))
    before = row_counts()

    page = desk.post("catalog_imagestandard_edit", row.pk, **FIELDS | changes)

    assert page.status_code == 422
    assert reason in text_of(page)
    assert row_counts() == before


def test_a_designer_reads_standards_and_changes_none() -> None:
    row, desk = a_standard(), Desk(a_user(Role.DESIGNER))

    assert desk.get("catalog_imagestandard_changelist").status_code == 200
    assert desk.post("catalog_imagestandard_edit", row.pk, **FIELDS).status_code == 403
    assert desk.post("catalog_imagestandard_add", **FIELDS).status_code == 403
