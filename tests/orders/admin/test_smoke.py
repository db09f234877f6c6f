import pytest

from opsdesk.accounts.roles import Role
from tests.builders import a_shop, a_sku, a_user, an_order
from tests.builders.rounds import a_round
from tests.support.browser import Desk

pytestmark = pytest.mark.usefixtures("clock")


def test_pages(db: None) -> None:
    shop = a_shop()
    a_sku(shop, on_hand=10)
    order = an_order()
    an_order(payment={"status": "unpaid"})
    round_ = a_round(shop)
    desk = Desk(a_user(Role.CUSTOMER_SERVICE))
    for name, args in [
        ("orders_order_changelist", ()),
        ("orders_order_change", (order.pk,)),
        ("orders_checkround_changelist", ()),
        ("orders_checkround_change", (round_.public_id,)),
        ("index", ()),
    ]:
        r = desk.get(name, *args)
        open(f"/tmp/rounds-html/{name}.html", "wb").write(r.content)
        assert r.status_code == 200, name
    for c in ("hold", "mark_paid", "change_address", "cancel", "release_hold"):
        assert desk.get("orders_order_command", order.pk, c).status_code == 200
    r = desk.post("orders_order_reveal", order.pk)
    assert r.status_code == 200 and "王小明" in r.content.decode()
