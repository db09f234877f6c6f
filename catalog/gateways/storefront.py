"""Reading a product's page in a shop's storefront."""

import time
from concurrent.futures import Future
from threading import Thread

from catalog.enums.quality import PageFormat, ProbeOutcome
from catalog.gateways import web
from catalog.gateways.page_reading import Unreadable, read_html, read_json
from catalog.rules.quality.page import PageFacts, ProbeFailure, Target

MAX_BYTES = 3 * 1024 * 1024
_GRACE = 1.0  # seconds beyond the target's own, before it is given up
_READERS = {PageFormat.JSON: read_json, PageFormat.HTML: read_html}


def fetch(target: Target) -> PageFacts | ProbeFailure:
    """What the page says, or why it could not be read; never raises, and takes little longer than the target's seconds.

    SOP: C15, C18
    """
    started = time.monotonic()
    answer: Future[PageFacts | ProbeFailure] = Future()
    # a peer that sends its head byte by byte is cut off by the waiting, not by the socket's time-out
    Thread(target=_deliver, args=(target, started, answer), daemon=True).start()
    try:
        return answer.result(target.seconds + _GRACE)
    except TimeoutError:
        return ProbeFailure(ProbeOutcome.TIMEOUT, seconds=time.monotonic() - started)


def _deliver(target: Target, started: float, answer: "Future[PageFacts | ProbeFailure]") -> None:
    try:
        answer.set_result(_read(target, started))
    except Exception as failure:
        answer.set_exception(failure)


def _read(target: Target, started: float) -> PageFacts | ProbeFailure:
    try:
        body = web.get(target.address, deadline=started + target.seconds, limit=MAX_BYTES)
        seconds = time.monotonic() - started
        return _READERS[PageFormat(target.page_format)](body, target.parts, seconds=seconds)
    except web.Failed as failure:
        return ProbeFailure(failure.reason, failure.detail, failure.size, time.monotonic() - started)
    except (Unreadable, RecursionError) as failure:
        return ProbeFailure(ProbeOutcome.UNREADABLE, str(failure), seconds=time.monotonic() - started)
