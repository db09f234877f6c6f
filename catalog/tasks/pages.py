"""Measuring how fast store pages load."""

from datetime import datetime

from catalog.gateways.page_speed import load
from catalog.services.pages import looking

BATCH = 20


def measure_pages(slot: datetime, now: datetime) -> int:
    """Load every live page that was not measured lately and keep what it took; returns how many. SOP: C25"""
    pages = looking.to_measure(now=now, limit=BATCH)
    for page_id, address in pages:
        took = load(address)
        looking.record_measurement(
            page_id=page_id, size=took.size, requests=took.requests, time=took.time, failure=took.failure, now=now
        )
    return len(pages)
