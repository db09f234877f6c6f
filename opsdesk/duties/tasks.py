"""What beat wakes: one duty at its slot, and the minute tick that starts whatever has not run."""

from celery import shared_task

from opsdesk.common import clock
from opsdesk.duties import alarms, services


@shared_task(name="duties.run")
def run(name: str, **_: object) -> int | None:
    """Run the newest slot of one duty."""
    now = clock.now()
    duty = services.get(name)
    return services.run_slot(duty=duty, slot=duty.slot_before(now), now=now)


@shared_task(name="duties.tick")
def tick(**_: object) -> int:
    """Start every due slot that has no run yet."""
    return services.tick(now=clock.now())


@shared_task(name="duties.ring")
def ring(name: str, **_: object) -> int:
    """An alarm's moment has come."""
    return alarms.ring(name, clock.now())
