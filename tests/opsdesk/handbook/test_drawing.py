"""The flow charts: every state and every change is drawn, and nothing lies upon anything else."""

import re
from itertools import combinations

import pytest
from django.utils import translation

from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.handbook import charts
from opsdesk.handbook.drawing import Box, Drawing, _width, draw

MOVES = re.compile(r"([MHV])(-?[\d.]+)(?:,(-?[\d.]+))?")
Segment = tuple[float, float, float, float]

LOOP = Lifecycle(
    Transition("go", {"a"}, "b", permission="x.go", sop="C1"),
    Transition("back", {"b"}, "a", permission="x.back", sop="C1"),
    Transition("jump", {"a"}, "c", permission="x.jump", sop="C1"),
    Transition("on", {"b"}, "c", permission="x.on", sop="C1"),
    Transition("end", {"b", "c"}, "d", permission="x.end", sop="C1"),
    Transition("restart", {"d"}, "a", permission="x.restart", sop="C1"),
    Transition("look", {"a", "d"}, None, permission="x.look", sop="C1"),
)


def drawn(chart: charts.Chart) -> Drawing:
    return draw(charts.states_of(chart), charts.steps_of(chart, {}))


def segments(path: str) -> list[Segment]:
    found, x, y = [], 0.0, 0.0
    for move, first, second in MOVES.findall(path):
        before = x, y
        x, y = (float(first), float(second)) if move == "M" else (float(first), y) if move == "H" else (x, float(first))
        if move != "M":
            found.append((min(before[0], x), min(before[1], y), max(before[0], x), max(before[1], y)))
    return found


def through(segment: Segment, box: Box) -> bool:
    left, top, right, bottom = segment
    return left < box.x + box.width and right > box.x and top < box.y + box.height and bottom > box.y


def along(one: Segment, other: Segment) -> bool:
    """Whether two lines lie upon each other; crossing is no lying."""
    if one[0] == one[2] == other[0] == other[2]:
        return one[1] < other[3] and other[1] < one[3]
    if one[1] == one[3] == other[1] == other[3]:
        return one[0] < other[2] and other[0] < one[2]
    return False


CHARTS = {**charts.REGISTER, "loop": charts.Chart(LOOP)}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", CHARTS)
def test_nothing_lies_upon_anything_else(name, language):
    with translation.override(language):
        picture = drawn(CHARTS[name])
    lines = [(number, part) for number, arrow in enumerate(picture.arrows) for part in segments(arrow.path)]
    labels = [Box(a.label, a.x, a.y - 9, _width(a.label), 10) for a in picture.arrows]
    assert [pair for pair in combinations(picture.boxes, 2) if through(area(pair[0]), pair[1])] == []
    assert [(part, box) for _, part in lines for box in [*picture.boxes, *labels] if through(part, box)] == []
    assert [pair for pair in combinations([*labels, *picture.boxes], 2) if through(area(pair[0]), pair[1])] == []
    assert [pair for pair in combinations(lines, 2) if pair[0][0] != pair[1][0] and along(pair[0][1], pair[1][1])] == []
    inside = [part for _, part in lines if part[0] < 0 or part[1] < 0 or part[2] > picture.width or part[3] > picture.height]
    assert inside == []


def area(box: Box) -> Segment:
    return box.x, box.y, box.x + box.width, box.y + box.height


def test_columns_are_steps_from_the_beginning():
    columns = {box.label: box.x for box in drawn(charts.Chart(LOOP)).boxes}
    assert columns["a"] < columns["b"] == columns["c"] < columns["d"]


def test_every_change_is_an_arrow_and_what_stays_is_in_the_table_only():
    chart = charts.Chart(LOOP, labels={"go": "Go on"})
    steps = charts.steps_of(chart, {"back": "Go back"})
    assert [(step.source.value, step.label, step.target.value) for step in steps if step.stays] == [
        ("a", "Look", "a"),
        ("d", "Look", "d"),
    ]
    assert [arrow.label for arrow in drawn(chart).arrows] == ["Go on", "Back", "Jump", "On", "End", "End", "Restart"]
    assert [step.label for step in steps][:2] == ["Go on", "Go back"]


def test_who_is_the_roles_with_the_permission_or_the_system():
    steps = charts.steps_of(charts.REGISTER["catalog.stock_alert"], {})
    who = {step.action: step.roles for step in steps}
    assert who == {
        "ack": ("Product specialist", "Purchasing"),
        "order": ("Product specialist", "Purchasing"),
        "resolve": ("the system",),
    }


def test_a_step_with_outcomes_leads_to_each_of_them():
    steps = charts.steps_of(charts.REGISTER["catalog.published_check"], {})
    assert [(step.source.value, step.target.value) for step in steps if step.action == "record"] == [
        ("pending", "passed"),
        ("pending", "failed"),
        ("failed", "passed"),
        ("failed", "failed"),
    ]


def test_states_stand_in_the_order_of_their_vocabulary_and_speak_the_readers_language():
    with translation.override("zh-hans"):
        assert [state.label for state in charts.states_of(charts.REGISTER["orders.order"])][3] == "已发货"


def test_a_lifecycle_that_only_stays_has_boxes_and_no_arrows():
    picture = drawn(charts.Chart(Lifecycle(Transition("look", {"a"}, None, permission="x.look", sop="C1"))))
    assert ([box.label for box in picture.boxes], picture.arrows) == (["a"], [])
