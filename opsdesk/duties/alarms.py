"""Alarms of seconds: a set of due moments in Redis, and a task that is woken at each of them.

Redis only wakes: what is due is always a row in the database, so an empty or unreachable Redis makes an alarm late,
until the next sweep, and never wrong.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import redis
from celery import current_app
from django.conf import settings

MOMENT = timedelta(milliseconds=1)
PATIENCE = 0.25  # seconds; whoever sets an alarm has a customer waiting
REGISTER: dict[str, Callable[[datetime], int]] = {}
_log = logging.getLogger(__name__)


def register(alarms: Mapping[str, Callable[[datetime], int]]) -> None:
    """Say what an alarm does when it rings; called by the apps' wiring."""
    REGISTER.update(alarms)


def set_alarms(name: str, moments: Mapping[str, datetime]) -> int:
    """Note when each member is due and wake a worker just after each new moment; returns how many are new or moved."""
    if not moments:
        return 0
    scores = {member: _milliseconds(moment) for member, moment in moments.items()}
    try:
        known = _redis().zmscore(_key(name), list(scores))
        fresh = [member for member, score in zip(scores, known, strict=True) if score != scores[member]]
        if fresh:
            _redis().zadd(_key(name), {member: scores[member] for member in fresh})
        for moment in {scores[member] for member in fresh}:
            eta = datetime.fromtimestamp(moment / 1000, UTC) + MOMENT
            current_app.send_task("duties.ring", (name,), eta=eta, retry=False)
    except Exception as failure:  # a broker that does not answer has many names for it
        _log.warning("alarm %s was not set: %s", name, type(failure).__name__)
        return 0
    return len(fresh)


def drop_alarms(name: str, members: list[str]) -> None:
    """Forget members; a task that is woken for them finds nothing."""
    if not members:
        return
    try:
        _redis().zrem(_key(name), *members)
    except redis.RedisError as failure:
        _log.warning("alarm %s was not dropped: %s", name, type(failure).__name__)


def due_members(name: str, now: datetime) -> list[str]:
    """The members whose moment has passed; none when Redis does not answer."""
    try:
        found = _redis().zrangebyscore(_key(name), "-inf", f"({_milliseconds(now)}")
    except redis.RedisError as failure:
        _log.warning("alarm %s was not read: %s", name, type(failure).__name__)
        return []
    return [str(member) for member in found]


def ring(name: str, now: datetime) -> int:
    """What the alarm does now; returns how many things it did."""
    return REGISTER[name](now)


@lru_cache(maxsize=1)
def _redis() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, decode_responses=True, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE
    )


def _key(name: str) -> str:
    return f"alarms:{name}"


def _milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
