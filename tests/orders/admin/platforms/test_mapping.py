"""Merchant codes: mapped on the problem list, by table, and again."""

from typing import Any

import pytest

from opsdesk.accounts.roles import Role
from opsdesk.audit.models import AuditEntry
from opsdesk.imports.models import ImportFile
from opsdesk.inbox.models import WorkItem
from orders.models import Order, PlatformProblem, SkuMapping
from tests.builders import a_sku
from tests.builders import platforms as files
from tests.builders.platforms import counts, take_in
from tests.builders.tables import uploaded
from tests.kit.browser import Staff, text_of
from tests.kit.rows import row_counts

pytestmark = pytest.mark.usefixtures("clock")
UNKNOWN = files.PINDUODUO | {"商家编码-规格维度": "HOT-01"}


@pytest.mark.sop("O2")
def test_mapping_a_code_brings_every_order_in_that_waits_for_it(shop: Any, sku: Any, agent: Staff) -> None:
    rows = [UNKNOWN | {"订单号": f"P-{number}"} for number in range(3)]
    work = take_in(agent, shop, "pinduoduo", *rows, files.PINDUODUO | {"订单号": "P-9", "商家编码-规格维度": "HOT-02"})
    assert (counts(work), Order.objects.count()) == ((4, 0, 0, 0), 0)
    assert counts(take_in(agent, shop, "pinduoduo", *rows)) == (0, 0, 3, 0)
    waits = PlatformProblem.objects.get(external_id="P-0")
    assert (waits.kind, waits.codes) == ("unmapped", ["HOT-01"])
    item = WorkItem.objects.get(subject_id=waits.public_id)
    page = text_of(agent.client.get(f"/admin/orders/platformproblem/{waits.public_id}/change/"))
    assert "HOT-01" in page
    assert "Choose the SKU" in page
    assert "王小明" not in page  # masked

    response = agent.command("platformproblem", waits.pk, "map", code="HOT-01", sku="TS-RED-M")

    assert response.status_code == 302, text_of(response)
    assert sorted(Order.objects.values_list("external_id", flat=True)) == ["P-0", "P-1", "P-2"]
    assert list(PlatformProblem.objects.filter(state="open").values_list("external_id", flat=True)) == ["P-9"]
    item.refresh_from_db()
    assert item.closed_at is not None
    assert WorkItem.objects.filter(kind="orders.platform_problem", closed_at=None).count() == 1
    assert AuditEntry.objects.filter(action="orders.sku_mapped").count() == 1
    assert counts(take_in(agent, shop, "pinduoduo", UNKNOWN | {"订单号": "P-new"})) == (1, 0, 0, 0)
    assert Order.objects.filter(external_id="P-new").exists()


@pytest.mark.sop("O2", refused=True)
def test_a_code_is_not_mapped_to_a_sku_that_is_none(shop: Any, sku: Any, agent: Staff) -> None:
    take_in(agent, shop, "pinduoduo", UNKNOWN)
    waits = PlatformProblem.objects.get()
    before = row_counts()

    for fields in ({"code": "HOT-01", "sku": "TS-NONE"}, {"code": "HOT-02", "sku": "TS-RED-M"}, {"code": "HOT-01"}):
        assert agent.command("platformproblem", waits.pk, "map", **fields).status_code == 422
    assert row_counts() == before
    assert not SkuMapping.objects.exists()
    assert Staff(Role.FINANCE).command("platformproblem", waits.pk, "map", code="HOT-01", sku="TS-RED-M").status_code == 403
    nowhere = Staff(Role.CUSTOMER_SERVICE, shops=[])
    assert nowhere.command("platformproblem", waits.pk, "map", code="HOT-01", sku="TS-RED-M").status_code == 404


def test_a_table_of_codes_is_taken_in_and_a_code_is_mapped_again(shop: Any, sku: Any, agent: Staff) -> None:
    a_sku(shop, code="TS-BLUE-M", on_hand=10)
    take_in(agent, shop, "pinduoduo", UNKNOWN)
    content = "商家编码,SKU编码\r\nHOT-01,TS-RED-M\r\nHOT-02,TS-NONE\r\n".encode()

    agent.client.post("/admin/imports/new/orders.sku_mappings/", {"file": uploaded("c.csv", content), "shop": shop.pk})
    work = ImportFile.objects.latest("id")
    assert counts(work) == (1, 0, 0, 1)
    agent.client.post(f"/admin/imports/{work.public_id}/", {"policy": "good_rows"})

    assert Order.objects.count() == 1
    mapping = SkuMapping.objects.get()
    assert agent.command("skumapping", mapping.pk, "remap", sku="TS-NONE").status_code == 422
    assert agent.command("skumapping", mapping.pk, "remap", sku="TS-BLUE-M").status_code == 302
    mapping.refresh_from_db()
    assert mapping.sku.code == "TS-BLUE-M"
    assert "TS-BLUE-M" in text_of(agent.open("orders_skumapping_changelist"))
    agent.client.post("/admin/imports/new/orders.sku_mappings/", {"file": uploaded("c.csv", content), "shop": shop.pk})
    assert counts(ImportFile.objects.latest("id")) == (0, 1, 0, 1)
    take_in(agent, shop, "pinduoduo", UNKNOWN | {"订单号": "P-new"})
    assert Order.objects.get(external_id="P-new").lines.get().sku_code == "TS-BLUE-M"
    history = text_of(agent.client.get(f"/admin/orders/skumapping/{mapping.pk}/change/"))
    assert "TS-RED-M" in history
