"""The map from requirements to code: each id of the SOP, the rule that cites it, its doors, its tests, proven or not.

    sop_map.py               every id, one a line
    sop_map.py O14 C12       these ids; fails when one of them is not proven

An id is proven by two collected tests through the same door (REST, browser, schedule): one that has the effect,
``sop("O14")``, and one that is refused, ``sop("O14", refused=True)``; neither skipped nor expected to fail.
"""

import contextlib
import io
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TREES = ("opsdesk", "catalog", "orders", "support", "promotions", "analytics")
DOORS = {
    "api": "REST",
    "admin": "browser",
    "consoles": "browser",
    "web": "browser",
    "browser": "browser",
    "tasks": "schedule",
    "management": "schedule",
    "journeys": "journey",
}
IDS_OF_A_TEST = 2
_CITATION = re.compile(r"SOP: ((?:[A-Z]\d+[ab]?(?:, | and )?)+)|\bsop=\"([A-Z]\d+[ab]?)\"")
_ID = re.compile(r"[A-Z]\d+[ab]?")


@dataclass(frozen=True)
class Proof:
    """A collected test that is marked with an id."""

    id: str
    refused: bool
    door: str
    test: str
    nodeid: str


def clauses() -> dict[str, dict[str, str]]:
    """Every requirement by its id."""
    with (ROOT / "opsdesk" / "handbook" / "clauses.toml").open("rb") as source:
        return tomllib.load(source)


def citations() -> Iterator[tuple[str, str]]:
    """(id, path:line) of every citation in the code; rules come first."""
    paths = [path for tree in TREES for path in (ROOT / tree).rglob("*.py")]
    for path in sorted(paths, key=lambda path: ("rules" not in path.parts and path.name != "rules.py", path)):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            for match in _CITATION.finditer(line):
                for id_ in _ID.findall(match[1] or match[2]):
                    yield id_, f"{path.relative_to(ROOT)}:{number}"


def door_of(path: Path) -> str:
    """The door that a test goes through, by the place it stands in; empty for tests of the inside."""
    return next((DOORS[part] for part in path.parts if part in DOORS), "")


class Collector:
    """A pytest plugin that keeps the marked tests."""

    def __init__(self) -> None:
        self.proofs: list[Proof] = []
        self.overloaded: list[str] = []

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            ids = {mark.args[0] for mark in item.iter_markers("sop")}
            if len(ids) > IDS_OF_A_TEST:
                self.overloaded.append(item.nodeid)
            if any(item.get_closest_marker(name) for name in ("skip", "skipif", "xfail")):
                continue
            place, name = door_of(item.path.relative_to(ROOT)), getattr(item, "originalname", "") or item.name
            for mark in item.iter_markers("sop"):
                refused = bool(mark.kwargs.get("refused", False))
                self.proofs.append(Proof(mark.args[0], refused, place, name, item.nodeid))


def collect() -> Collector:
    """The marked tests of the suite; nothing is run."""
    collector, said = Collector(), io.StringIO()
    with contextlib.redirect_stdout(said):
        code = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", str(ROOT / "tests")], [collector])
    if code != pytest.ExitCode.OK:
        sys.exit(f"the suite cannot be collected:\n{said.getvalue()}")
    return collector


def is_proven(proofs: list[Proof]) -> bool:
    """True when one door has both, the effect and the refusal."""
    doors: dict[str, set[bool]] = defaultdict(set)
    for proof in proofs:
        doors[proof.door].add(proof.refused)
    return any(kinds == {True, False} for door, kinds in doors.items() if door)


def main(wanted: list[str]) -> int:
    known = clauses()
    if unknown := set(wanted) - known.keys():
        sys.exit(f"no such id: {', '.join(sorted(unknown))}")
    collector = collect()
    proofs: dict[str, list[Proof]] = defaultdict(list)
    for proof in collector.proofs:
        proofs[proof.id].append(proof)
    rules: dict[str, str] = {}
    for id_, place in citations():
        rules.setdefault(id_, place)
    for id_ in wanted or known:
        doors = ",".join(sorted({proof.door for proof in proofs[id_] if proof.door})) or "-"
        tests = " ".join(sorted({proof.test for proof in proofs[id_]})) or "-"
        verdict = "proven" if is_proven(proofs[id_]) else "not proven"
        print(f"{id_}\t{rules.get(id_, '-')}\t{doors}\t{tests}\t{verdict}")
    failed = [id_ for id_ in wanted if not is_proven(proofs[id_])]
    if failed or collector.overloaded:
        print(*(f"not proven: {id_}" for id_ in failed), file=sys.stderr, sep="\n")
        print(*(f"more than {IDS_OF_A_TEST} ids: {test}" for test in collector.overloaded), file=sys.stderr, sep="\n")
        return 1
    proven = sum(is_proven(proofs[id_]) for id_ in known)
    if not wanted:
        print(f"{proven} of {len(known)} proven")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
