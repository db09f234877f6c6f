"""Running duties as the schedule does."""

from datetime import datetime

from django.core.management import call_command


def run(name: str, at: datetime) -> None:
    """Run a duty as if the clock stood at `at`."""
    call_command("run_duty", name, "--at", at.isoformat())
