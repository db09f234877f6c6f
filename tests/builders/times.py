"""The moment at which most tests happen: a Thursday morning in Shanghai."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 6, 11, 8, 59, 30, tzinfo=SHANGHAI)


def at(hour: int, minute: int = 0, day: int = 11) -> datetime:
    """A time in June 2026, Shanghai."""
    return datetime(2026, 6, day, hour, minute, tzinfo=SHANGHAI)
