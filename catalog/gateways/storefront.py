"""Reading a product's page in a shop's storefront."""

import time

from catalog.enums.quality import PageFormat, ProbeOutcome
from catalog.gateways import web
from catalog.gateways.page_reading import Unreadable, read_html, read_json
from catalog.rules.quality.page import PageFacts, ProbeFailure, Target

MAX_BYTES = 3 * 1024 * 1024
_READERS = {PageFormat.JSON: read_json, PageFormat.HTML: read_html}


def fetch(target: Target) -> PageFacts | ProbeFailure:
    """What the page says, or why it could not be read; never raises, and takes little longer than the target's seconds.

    SOP: C15, C18
    """
    started = time.monotonic()
    try:
        body = web.get(target.address, seconds=target.seconds, limit=MAX_BYTES)
        seconds = time.monotonic() - started
        return _READERS[PageFormat(target.page_format)](body, target.parts, seconds=seconds)
    except web.Failed as failure:
        return ProbeFailure(failure.reason, failure.detail, failure.size, time.monotonic() - started)
    except (Unreadable, RecursionError) as failure:
        return ProbeFailure(ProbeOutcome.UNREADABLE, str(failure), seconds=time.monotonic() - started)
