"""A brief from the wish to the accepted image, in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import BriefDelivery, DesignBrief, MediaAsset
from opsdesk.accounts.roles import Role
from opsdesk.inbox.models import WorkItem
from opsdesk.inbox.services import escalate
from opsdesk.notifications.models import Notice
from tests.builders import NOW, a_draft, a_shop, a_user, an_actor
from tests.builders.media import a_brief, a_file, a_picture, a_standard, an_asset
from tests.kit.browser import Desk, command, signed_in, text_of
from tests.kit.rows import row_counts

pytestmark = [pytest.mark.usefixtures("clock"), pytest.mark.django_db]


def asked(desk: Desk, **changes: Any) -> Any:
    fields = {
        "title": "Main image of the cup",
        "subject": "page",
        "reference": "Front page",
        "standard_id": a_standard().pk,
        "text": "White ground, handle to the right.",
        "due_by": "2026-06-12T18:00",
        "links": "https://example.com/cup",
    }
    return desk.post("catalog_designbrief_add", **fields | changes)


def delivered(desk: Desk, brief: DesignBrief, data: bytes, **fields: Any) -> Any:
    return desk.post("catalog_designbrief_deliver", brief.pk, file=SimpleUploadedFile("v.jpg", data), **fields)


def open_work() -> list[tuple[str, str]]:
    return list(WorkItem.objects.filter(closed_at=None).order_by("id").values_list("kind", "role"))


@pytest.mark.sop("C6")
def test_a_brief_goes_back_once_and_is_accepted_with_its_second_version() -> None:
    asker, designer = Desk(a_user(Role.PRODUCT_SPECIALIST)), Desk(a_user(Role.DESIGNER))
    assert asked(asker).status_code == 302
    brief = DesignBrief.objects.get()
    item = WorkItem.objects.get()
    assert (item.kind, item.role, item.due_at) == ("catalog.design_brief", "designer", brief.due_by)
    assert designer.get("catalog_designbrief_queue").status_code == 200
    assert designer.get("catalog_designbrief_change", brief.public_id).status_code == 200

    assert command(designer.client, "catalog_designbrief", brief.pk, "start").status_code == 302
    assert delivered(designer, brief, a_file(), note="first try").status_code == 302
    assert open_work() == [("catalog.design_judge", "product_specialist")]
    back = command(asker.client, "catalog_designbrief", brief.pk, "send_back", reason="The handle is cut off.")
    assert back.status_code == 302
    assert open_work() == [("catalog.design_rework", "designer")]
    assert command(designer.client, "catalog_designbrief", brief.pk, "comment", text="Will fix.").status_code == 302
    assert delivered(designer, brief, a_file()).status_code == 302
    assert command(asker.client, "catalog_designbrief", brief.pk, "accept").status_code == 302

    brief.refresh_from_db()
    assert (brief.state, brief.designer_id, brief.closed_at) == ("accepted", designer.user.pk, NOW)
    versions = list(BriefDelivery.objects.order_by("no").values_list("no", "verdict", "reason"))
    assert versions == [(1, "sent_back", "The handle is cut off."), (2, "accepted", "")]
    assert open_work() == []
    page = text_of(asker.get("catalog_designbrief_change", brief.pk))
    assert "Version 1" in page
    assert "Version 2" in page
    assert "The handle is cut off." in page
    assert "Will fix." in page


@pytest.mark.sop("C6", refused=True)
def test_a_version_that_misses_the_standard_is_refused_with_every_reason_and_leaves_nothing() -> None:
    brief = a_brief(standard_id=a_standard().pk)
    designer = Desk(a_user(Role.DESIGNER))
    before = row_counts()

    page = delivered(designer, brief, a_file(picture=a_picture(600, height=500, ground="#ccc")))

    assert page.status_code == 422
    text = text_of(page)
    assert "The image has 600 x 500 pixels; at least 800 x 800 are needed." in text
    assert "The sides must be 1 to 1." in text
    assert "The background must be white: 0 % of the border are, 95 % are needed." in text
    assert row_counts() == before
    assert DesignBrief.objects.get().state == "open"
    assert MediaAsset.objects.count() == 0


def test_an_image_of_the_library_may_be_delivered_if_it_meets_the_standard() -> None:
    small, good = an_asset(picture=a_picture(500)), an_asset()
    brief = a_brief(standard_id=a_standard().pk)
    designer = Desk(a_user(Role.DESIGNER))

    for wrong in (small.public_id, "img_none", ""):
        assert designer.post("catalog_designbrief_deliver", brief.pk, asset=wrong).status_code == 422
    assert designer.post("catalog_designbrief_deliver", brief.pk, asset=good.public_id).status_code == 302
    assert BriefDelivery.objects.get().asset_id == good.pk


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"due_by": "2026-06-10T18:00"}, "This time has passed."),
        ({"subject": "product", "product": "NONE"}, "There is no product NONE."),
        ({"reference": ""}, "Name the page or the campaign."),
        ({"samples": "img_none"}, "There is no image img_none."),
        ({"links": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(changes: dict[str, str], reason: str) -> None:
    desk = Desk(a_user(Role.MARKETING))
    a_standard()
    before = row_counts()

    page = asked(desk, **changes)

    assert page.status_code == 422
    assert reason in text_of(page)
    assert row_counts() == before


def test_only_the_desk_that_asked_decides_and_nobody_on_their_own_work() -> None:
    marketing = an_actor(Role.MARKETING)
    brief = a_brief(marketing)
    both = Desk(a_user(Role.DESIGNER, Role.MARKETING))
    assert delivered(both, brief, a_file()).status_code == 302
    specialist, draws = signed_in(a_user(Role.PRODUCT_SPECIALIST)), signed_in(a_user(Role.DESIGNER))
    before = row_counts()

    own = command(both.client, "catalog_designbrief", brief.pk, "accept")
    other = command(specialist, "catalog_designbrief", brief.pk, "accept")
    designer = command(draws, "catalog_designbrief", brief.pk, "accept")

    assert (own.status_code, other.status_code, designer.status_code) == (422, 422, 403)
    assert "Nobody accepts their own work." in text_of(own)
    assert "Only the desk that asked decides on this brief." in text_of(other)
    assert row_counts() == before
    assert command(signed_in(a_user(Role.MARKETING)), "catalog_designbrief", brief.pk, "accept").status_code == 302


def test_the_product_supervisor_stands_in_for_the_specialist() -> None:
    brief = a_brief()
    delivered(Desk(a_user(Role.DESIGNER)), brief, a_file())

    assert command(signed_in(a_user(Role.PRODUCT_SUPERVISOR)), "catalog_designbrief", brief.pk, "accept").status_code == 302


def test_an_accepted_image_is_placed_on_the_products_draft_with_one_click() -> None:
    a_shop()
    draft = a_draft(images=[])
    brief = a_brief(subject="product", product=draft.product.code, reference="", standard_id=a_standard().pk)
    delivered(Desk(a_user(Role.DESIGNER)), brief, a_file())
    asker = Desk(a_user(Role.PRODUCT_SPECIALIST))
    command(asker.client, "catalog_designbrief", brief.pk, "accept")

    page = text_of(asker.get("catalog_designbrief_change", brief.pk))
    asset = MediaAsset.objects.get()
    assert f'name="listing" value="{draft.public_id}"' in page
    asker.post("catalog_mediaasset_place", asset.pk, listing=draft.public_id, kind="main")

    draft.refresh_from_db()
    assert draft.asset_shas == [asset.sha256]


def test_a_cancelled_brief_is_nobodys_work() -> None:
    brief = a_brief()
    asker = signed_in(a_user(Role.PRODUCT_SPECIALIST))

    assert command(asker, "catalog_designbrief", brief.pk, "cancel", reason="not needed").status_code == 302
    assert open_work() == []
    assert delivered(Desk(a_user(Role.DESIGNER)), brief, a_file()).status_code == 422
    assert command(asker, "catalog_designbrief", brief.pk, "comment", text="late").status_code == 422


def test_an_overdue_brief_is_called_out_to_the_supervisor() -> None:
    a_user(Role.PRODUCT_SUPERVISOR)
    a_brief(due_by=NOW + timedelta(hours=1))

    escalate(now=NOW + timedelta(hours=1))

    assert "Overdue: %(title)s" in Notice.objects.values_list("message", flat=True)


def test_who_only_reads_neither_asks_nor_delivers() -> None:
    brief, desk = a_brief(), Desk(a_user(Role.FINANCE))
    before = row_counts()

    assert desk.get("catalog_designbrief_add").status_code == 403
    assert desk.get("catalog_designbrief_deliver", brief.pk).status_code == 403
    assert command(desk.client, "catalog_designbrief", brief.pk, "start").status_code == 403
    assert desk.get("catalog_designbrief_queue").status_code == 200
    assert row_counts() == before
    assert Desk(a_user(Role.WAREHOUSE)).get("catalog_designbrief_queue").status_code == 403
