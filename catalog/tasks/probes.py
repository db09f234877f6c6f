"""Reading the storefronts: claimed by a service, read without a transaction, recorded by a service."""

from datetime import datetime

from catalog.gateways import storefront
from catalog.rules.quality.page import PageFacts, ProbeFailure
from catalog.services.quality import probing
from opsdesk.common.actors import Actor


def probe_checks(*, now: datetime) -> int:
    """Probe the publications that are due; returns how many differ. SOP: C15"""
    probes = probing.claim_checks(now=now)
    answers = [(probe.run_id, storefront.fetch(probe.target)) for probe in probes]
    return probing.record_probes(answers=answers, now=now)


def probe_accuracy(*, now: datetime) -> int:
    """Probe the live listings whose turn has come; returns how many differ. SOP: C18"""
    probes = probing.claim_accuracy(now=now)
    answers = [(probe.run_id, storefront.fetch(probe.target)) for probe in probes]
    return probing.record_probes(answers=answers, now=now)


def try_storefront(*, storefront_id: int, product_code: str, actor: Actor, now: datetime) -> PageFacts | ProbeFailure:
    """Read one product's page and answer what is read there.

    Raises: Forbidden, NotFound, Invalid (no such live listing).
    SOP: C15
    """
    probe = probing.claim_trial(storefront_id=storefront_id, product_code=product_code, actor=actor, now=now)
    answer = storefront.fetch(probe.target)
    probing.record_probes(answers=[(probe.run_id, answer)], now=now)
    return answer
