"""The audit trail in words."""

from django import template

from opsdesk.audit.labels import label
from opsdesk.doors.words import say

register = template.Library()


@register.filter
def action_label(action: str) -> str:
    """What the action is called in the reader's language."""
    return say(label(action), {})
