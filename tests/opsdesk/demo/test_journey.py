"""Invoices on their way through the door of a real server."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from catalog.models import StockItem
from opsdesk.demo import invoices
from orders.models import Order
from tests.kit.servers import web

HEAD = ",".join(invoices.COLUMNS)
ROWS = """\
536365,85123A,LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,"LANTERN, WHITE METAL",2,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
536365,85123A,LIGHT HOLDER,1,2010-12-01 08:26:00,2.50,17850.0,United Kingdom
C536379,85123A,LIGHT HOLDER,-2,2010-12-01 09:41:00,2.55,,United Kingdom
536414,71053,,5,2010-12-01 11:52:00,0.0,,United Kingdom
536545,85123A,,-3,2010-12-01 14:32:00,0.0,,United Kingdom
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journey keeps its key beside the data."""
    monkeypatch.setenv("OPSDESK_HOME", str(tmp_path))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "invoices.csv"
    path.write_text(f"{HEAD}\n{ROWS}", encoding="utf-8-sig")
    return path


def test_invoices_are_sorted_by_kind(file: Path) -> None:
    found = invoices.read(file)

    assert [[one.number for one in kind] for kind in (found.sales, found.credits, found.adjustments)] == [
        ["536365"],
        ["C536379"],
        ["536414", "536545"],
    ]
    assert (str(found.gross), str(found.net), found.left_out) == ("24.58", "19.48", [])
    assert found.outgoing == {"85123A": 10, "71053": 2}
    assert found.moved == {"85123A": -8, "71053": 3}
    assert found.sales[0].placed_at.isoformat() == "2010-12-01T08:26:00+00:00"


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("1,A,x,1,2010-12-01 08:26:00,2.555,,UK", "line 2"),
        ("1,A,x,one,2010-12-01 08:26:00,2.55,,UK", "line 2"),
        ("1,A,x,1,yesterday,2.55,,UK", "line 2"),
        ("1,,x,1,2010-12-01 08:26:00,2.55,,UK", "line 2"),
        ("1,A,x,-1,2010-12-01 08:26:00,2.55,,UK", "invoice 1"),
        ("C1,A,x,1,2010-12-01 08:26:00,2.55,,UK", "invoice C1"),
    ],
)
def test_what_is_no_invoice_line_is_named(tmp_path: Path, row: str, name: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(f"{HEAD}\n{row}\n")

    assert invoices.read(path).left_out == [name]


@pytest.mark.serial
@pytest.mark.sop("O1")
@pytest.mark.django_db(transaction=True)
def test_a_file_arrives_whole_and_a_second_time_changes_nothing(file: Path, log: Path, capsys: Any) -> None:
    with web(log, workers=1) as url:
        port = urlsplit(url).port
        for changed in (9, 0):
            call_command("demo_journey", file=file, port=port)
            assert capsys.readouterr().out.splitlines() == [
                "sales 24.58 over 1",
                "credit notes 5.10 over 1",
                "net 19.48",
                "stock corrections 2",
                "balances 2, of these not the sum of their movements: 0",
                f"changed: {changed}",
            ]
        assert dict(StockItem.objects.values_list("sku__code", "on_hand")) == {"85123A": 2, "71053": 5}

        file.write_text(file.read_text().replace("6,2010", "7,2010", 1))
        with pytest.raises(CommandError, match="the system and the file differ"):
            call_command("demo_journey", file=file, port=port)
        assert "DIFFERENT 536365: order_conflict" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_file_that_is_none_and_a_system_that_is_not_there_are_said_so(tmp_path: Path, file: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("demo_journey", file=tmp_path / "nowhere.csv", port=9)
    file.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="has no column"):
        call_command("demo_journey", file=file, port=9)
    file.write_text(f"{HEAD}\n1,A,x,-1,2010-12-01 08:26:00,2.55,,UK\n")
    with pytest.raises(CommandError, match="not understood: invoice 1"):
        call_command("demo_journey", file=file, port=9)
    assert not Order.objects.exists()
    with pytest.raises(CommandError, match="does not answer"):
        call_command("demo_journey", port=9)
