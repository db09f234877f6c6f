"""The minute sweep of the clocks, and the second hand of the live ones."""

from datetime import datetime

from support.services.sla import escalation, live, promises, recompute, staffing


def sweep(*, now: datetime) -> int:
    """Take the steps that are due, break promises, tell the digest, refill Redis; last, for it may take a minute, reckon
    anew what a change moves.

    SOP: S3, S4a, S4b, S8, S9
    """
    done = escalation.take_steps(now=now)
    done += promises.break_overdue(now=now)
    done += escalation.tell_digest(now=now)
    done += live.refill(now)
    return done + recompute.recompute_if_changed(now=now)


def ring(now: datetime) -> int:
    """A live clock has come to a step: take it, and wait for the next one. SOP: S3"""
    steps = escalation.take_steps(now=now, live=True)
    live.refill(now)
    return steps


def ask_for_plans(*, now: datetime) -> int:
    """Ask for the staff of coming holidays. SOP: S20"""
    return staffing.ask_for_plans(now=now)
