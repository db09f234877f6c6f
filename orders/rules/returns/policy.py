"""Which version of the return policy holds for an article."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar


class Version(Protocol):
    """A version of the policy; it holds for a category and all below it, or for everything when there is none."""

    @property
    def category_id(self) -> int | None:
        """The category, None for all goods."""


V = TypeVar("V", bound=Version)


def applicable(newest: Mapping[int | None, V], chain: Sequence[int | None]) -> V | None:
    """The version for an article whose categories are `chain`, its own first: the nearest wins, then the general one.

    `newest` holds for each category the version that is in force.
    SOP: O20
    """
    return next((newest[key] for key in (*chain, None) if key in newest), None)
