"""Tags and service commitments: only those that exist, once each, by their label. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.rules.findings import Finding
from opsdesk.common.text import mark

_UNKNOWN = {
    "tags": ("unknown_tag", mark("There is no tag %(name)s.")),
    "commitments": ("unknown_commitment", mark("There is no service commitment %(name)s.")),
}


@dataclass(frozen=True)
class Labels:
    """What is in use: the label by the code, for tags and for service commitments."""

    tags: Mapping[str, str] = field(default_factory=dict)
    commitments: Mapping[str, str] = field(default_factory=dict)


def by_label(names: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """Codes and labels as labels, once each; a name that is not known stays as it is. SOP: C8, C9"""
    return tuple(dict.fromkeys(known.get(name, name) for name in names))


def label_problems(kind: str, names: Sequence[str], known: Mapping[str, str]) -> Iterator[Finding]:
    """Names that nobody has made; `kind` is tags or commitments.

    SOP: C8, C9
    """
    code, text = _UNKNOWN[kind]
    labels = set(known.values())
    for index, name in enumerate(names):
        if name not in labels:
            yield Finding(code, f"/{kind}/{index}", text, {"name": name})
