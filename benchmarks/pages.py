"""What is timed: addresses, and what they are called."""

from dataclasses import dataclass, field
from datetime import timedelta

from opsdesk.common import clock

RECENT, LONG_AGO = "10 minutes", "1 year"  # the copies are as many seconds old as their number


@dataclass(frozen=True)
class Page:
    """One page: in the browser, or with the key of an API client; with `form` it is posted."""

    url: str
    key: str = ""
    form: dict[str, str] = field(default_factory=dict)


def words(query: dict[str, str]) -> str:
    """What a query is called in the table."""
    return " ".join(f"{name.partition('__')[0]}={text}" for name, text in query.items())


def moment(ago: str) -> str:
    """Ten minutes or a year ago."""
    return (clock.now() - (timedelta(minutes=10) if ago == RECENT else timedelta(days=365))).isoformat()
