"""What a duty is, the register of all of them, and the slots of their schedules."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.conf import settings

SHOP_TIME = ZoneInfo(settings.TIME_ZONE)
_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class Duty:
    """A scheduled job.

    `schedule` is a crontab line in Asia/Shanghai. `run` is given the slot and the present moment and returns how many
    things it did; it must be harmless to run twice. With `every_slot` each missed slot is caught up, in order; else
    only the newest one.
    """

    name: str
    schedule: str
    sop: str
    run: Callable[[datetime, datetime], int]
    title: str
    every_slot: bool = False

    def slot_before(self, moment: datetime) -> datetime:
        """The newest slot at or before the moment."""
        local = moment.astimezone(SHOP_TIME)
        if self._at(local.replace(second=0, microsecond=0)):
            return local.replace(second=0, microsecond=0)
        return next(CronSim(self.schedule, local, reverse=True))

    def slots(self, *, after: datetime, until: datetime) -> list[datetime]:
        """All slots later than `after`, up to and including `until`, oldest first."""
        found = []
        for slot in CronSim(self.schedule, after.astimezone(SHOP_TIME)):
            if slot > until:
                break
            found.append(slot)
        return found

    def _at(self, minute: datetime) -> bool:
        return self.slots(after=minute - _MOMENT, until=minute) == [minute]


REGISTER: dict[str, Duty] = {}


def register(duties: Iterable[Duty]) -> None:
    """Make duties known; called by the apps' wiring."""
    for duty in duties:
        REGISTER[duty.name] = duty
