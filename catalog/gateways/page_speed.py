"""Loading a page of a shop as a browser would: the page, its styles, scripts and images."""

from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from catalog.gateways import web

ANSWER_WITHIN = 10  # seconds, for each request
GIVE_UP_AFTER = 60  # seconds, for the whole page
MOST_BYTES = 50_000_000  # a page that is heavier is far beyond any limit; there is no use in loading on
MOST_REQUESTS = 300
_PARTS = (("img", "src"), ("script", "src"), ("link", "href"), ("source", "src"), ("video", "poster"))


@dataclass(frozen=True)
class Loaded:
    """What loading took; `failure` is a code when the page itself could not be loaded."""

    size: int = 0
    requests: int = 0
    time: timedelta | None = None
    failure: str = ""


def load(address: str) -> Loaded:
    """Load the page and all its parts, one after the other."""
    started = monotonic()
    try:
        body = _fetch(address)
    except web.Failed as failure:
        return Loaded(failure=" ".join(filter(None, [failure.reason, failure.detail]))[:40])
    size, count = len(body), 1
    for part in _parts(body, address):
        if monotonic() - started > GIVE_UP_AFTER or size > MOST_BYTES or count >= MOST_REQUESTS:
            break
        count += 1
        size += _weigh(part)
    return Loaded(size, count, timedelta(seconds=monotonic() - started))


def _fetch(address: str) -> bytes:
    return web.get(address, seconds=ANSWER_WITHIN, limit=MOST_BYTES)


def _weigh(address: str) -> int:
    """The bytes of a part; one that cannot be loaded weighs nothing, but was asked for."""
    try:
        return len(_fetch(address))
    except web.Failed:
        return 0


def _parts(body: bytes, address: str) -> list[str]:
    """The addresses of styles, scripts and images, each once, in the page's order."""
    page = BeautifulSoup(body, "html.parser")
    found = []
    for tag in page.find_all([name for name, _ in _PARTS]):
        if tag.name == "link" and not {"stylesheet", "icon"} & set(tag.get("rel") or ()):
            continue
        for name, attribute in _PARTS:
            if tag.name == name and (link := tag.get(attribute)):
                found.append(urljoin(address, str(link)))
    return [link for link in dict.fromkeys(found) if urlsplit(link).scheme in ("http", "https")]
