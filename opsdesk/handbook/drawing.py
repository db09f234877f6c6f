"""A lifecycle as a drawing: where its boxes and arrows lie. Pure geometry, in pixels.

States stand in columns by their distance from the beginning. Every arrow has a port, a label and tracks of its own: it
leaves its box to the right, turns in the gap behind the column, and comes from the left; what does not lead to the next
column passes below all boxes. So nothing lies upon anything else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from unicodedata import east_asian_width

from opsdesk.handbook.charts import State, Step

PORT = 24  # between two arrows of a box
TRACK = 10  # between two vertical lines
BOX_PAD = 12
GAP = 16
TEXT = 6.4  # a Latin character of a label
WIDE_TEXT = 12
ROOM = 1060  # what a page of 1366 offers beside the sidebar
STATE_TEXT = 1.15  # states are written larger than labels


@dataclass(frozen=True)
class Box:
    label: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True)
class Arrow:
    label: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    boxes: list[Box]
    arrows: list[Arrow]
    numbered: bool = False


@dataclass
class _Edge:
    """All steps from one state to another one, drawn as one arrow."""

    source: str
    target: str
    label: str
    out: float = 0
    into: float = 0


def draw(states: Sequence[State], steps: Sequence[Step]) -> Drawing:
    """The drawing of all steps that change the state; the others stay in the table below it.

    Where the names of the steps would make it too wide for the page, the arrows bear the numbers of the table's rows.
    """
    named = _draw(states, _edges(steps, [step.label for step in steps]))
    if named.width <= ROOM:
        return named
    numbers = [str(number) for number, _step in enumerate(steps, start=1)]
    return replace(_draw(states, _edges(steps, numbers)), numbered=True)


def _draw(states: Sequence[State], edges: list[_Edge]) -> Drawing:
    columns = _columns([state.value for state in states], edges)
    depth = {value: number for number, column in enumerate(columns) for value in column}
    labels = {state.value: state.label for state in states}
    heights = _ports(columns, edges)
    lefts, gaps = _lefts(columns, labels, edges, depth)
    boxes = {
        value: Box(labels[value], lefts[depth[value]], top, max(_width(labels[v], STATE_TEXT) + 24 for v in column), height)
        for column in columns
        for value, (top, height) in ((v, heights[v]) for v in column)
    }
    bottom = max(box.y + box.height for box in boxes.values())
    arrows, lanes = _arrows(edges, boxes, depth, gaps, bottom)
    return Drawing(gaps[-1][1] + GAP, bottom + GAP + lanes * TRACK + GAP, list(boxes.values()), arrows)


def _edges(steps: Sequence[Step], names: Sequence[str]) -> list[_Edge]:
    found: dict[tuple[str, str], list[str]] = {}
    for step, name in zip(steps, names, strict=True):
        if not step.stays:
            found.setdefault((step.source.value, step.target.value), []).append(name)
    return [_Edge(source, target, " / ".join(dict.fromkeys(names))) for (source, target), names in found.items()]


def _columns(values: list[str], edges: list[_Edge]) -> list[list[str]]:
    """Breadth first from where no arrow leads to; from the vocabulary's first state when there is no such state."""
    reached: dict[str, int] = {}
    targets = {edge.target for edge in edges}
    start = [value for value in values if value not in targets] or values[:1]
    while start:
        level, depth = start, 0
        while level:
            reached |= dict.fromkeys(level, depth)
            following = dict.fromkeys(e.target for v in level for e in edges if e.source == v)
            level, depth = [value for value in following if value not in reached], depth + 1
        start = [value for value in values if value not in reached][:1]
    return [[v for v in reached if reached[v] == number] for number in range(max(reached.values(), default=-1) + 1)]


def _ports(columns: list[list[str]], edges: list[_Edge]) -> dict[str, tuple[float, float]]:
    """Top and height of each box, and the height of each arrow's two ends; ends on the left lie between those on the right."""
    places: dict[str, tuple[float, float]] = {}
    for column in columns:
        top = float(GAP)
        for value in column:
            outs = [edge for edge in edges if edge.source == value]
            ins = [edge for edge in edges if edge.target == value]
            for number, edge in enumerate(outs):
                edge.out = top + PORT * (number + 0.75)
            for number, edge in enumerate(ins):
                edge.into = top + PORT * (number + 0.5)
            height = PORT * max(len(outs), len(ins), 2)
            places[value] = (top, height)
            top += height + PORT
    return places


def _lefts(
    columns: list[list[str]], labels: dict[str, str], edges: list[_Edge], depth: dict[str, int]
) -> tuple[list[float], list[tuple[float, float]]]:
    """Where each column begins; and for the gap before the first and behind each column, where its tracks begin and end."""
    x, lefts = float(GAP), []
    gaps: list[tuple[float, float]] = []
    for number in range(len(columns) + 1):
        if number:
            x += max(_width(labels[value], STATE_TEXT) for value in columns[number - 1]) + 24
            x += max((_width(edge.label) + GAP for edge in edges if depth[edge.source] == number - 1), default=0)
        tracks = sum(_leaves(edge, depth, number) + _enters(edge, depth, number) for edge in edges)
        gaps.append((x + TRACK, x + TRACK * (tracks + 1)))
        x = gaps[-1][1] + (GAP if number < len(columns) else 0)
        lefts.append(x)
    return lefts[:-1], gaps


def _direct(edge: _Edge, depth: dict[str, int]) -> bool:
    return depth[edge.target] == depth[edge.source] + 1


def _leaves(edge: _Edge, depth: dict[str, int], gap: int) -> bool:
    return depth[edge.source] + 1 == gap


def _enters(edge: _Edge, depth: dict[str, int], gap: int) -> bool:
    return not _direct(edge, depth) and depth[edge.target] == gap


def _arrows(
    edges: list[_Edge], boxes: dict[str, Box], depth: dict[str, int], gaps: list[tuple[float, float]], bottom: float
) -> tuple[list[Arrow], int]:
    tracks = [_count_from(left) for left, _ in gaps]
    arrows, lanes = [], 0
    for edge in edges:
        source, target = boxes[edge.source], boxes[edge.target]
        start = source.x + source.width
        turn = next(tracks[depth[edge.source] + 1])
        path = f"M{start:.1f},{edge.out:.1f} H{turn:.1f}"
        if not _direct(edge, depth):
            lanes += 1
            path += f" V{bottom + GAP + lanes * TRACK:.1f} H{next(tracks[depth[edge.target]]):.1f}"
        path += f" V{edge.into:.1f} H{target.x - 1:.1f}"
        arrows.append(Arrow(edge.label, path, start + GAP / 2, edge.out - 4))
    return arrows, lanes


def _count_from(left: float) -> Iterator[float]:
    while True:
        yield left
        left += TRACK


def _width(text: str, size: float = 1) -> int:
    return ceil(size * sum(WIDE_TEXT if east_asian_width(char) in "WF" else TEXT for char in text))
