"""Whatever cites a requirement cites one that exists."""

import pytest

from opsdesk.duties.definitions import REGISTER as DUTIES
from opsdesk.parameters.definitions import REGISTER as PARAMETERS
from scripts.sop_map import Proof, citations, clauses, is_proven

NUMBERED = {"C": 27, "O": 22, "S": 21, "P": 20, "A": 10, "G": 17}
LETTERED = {"S4a", "S4b", "G1a"}
PLAIN = {f"{part}{number}" for part, count in NUMBERED.items() for number in range(1, count + 1)} - {"S4"}


def test_the_clauses_are_the_119_of_the_sop():
    assert set(clauses()) == PLAIN | LETTERED
    assert len(PLAIN | LETTERED) == 119
    assert all(clause.keys() == {"text", "source"} and all(clause.values()) for clause in clauses().values())


def test_every_cited_id_exists():
    assert [(id_, place) for id_, place in citations() if id_ not in clauses()] == []


@pytest.mark.parametrize("register", [DUTIES, PARAMETERS], ids=["duties", "parameters"])
def test_every_duty_and_parameter_names_an_existing_id_or_says_that_it_is_ours(register):
    named = {code: entry.sop for code, entry in register.items() if entry.sop and not entry.sop.startswith("Ours")}
    unknown = {code: sop for code, sop in named.items() if not set(sop.replace(" and ", ", ").split(", ")) <= clauses().keys()}
    assert unknown == {}


def test_every_marked_test_names_an_existing_id_and_at_most_two(request):
    marked = {item.nodeid: {mark.args[0] for mark in item.iter_markers("sop")} for item in request.session.items}
    assert {test: ids for test, ids in marked.items() if not ids <= clauses().keys() or len(ids) > 2} == {}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([], False),
        ([("REST", False)], False),
        ([("REST", True)], False),
        ([("REST", False), ("browser", True)], False),
        ([("", False), ("", True)], False),
        ([("REST", False), ("REST", True)], True),
    ],
)
def test_proven_means_effect_and_refusal_through_one_door(found, expected):
    assert is_proven([Proof("O1", refused, door, "test_x", "x") for door, refused in found]) is expected
