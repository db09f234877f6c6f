"""Sidebar entries of surveys."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from opsdesk.web.navigation.base import item

SURVEYS: list[dict[str, Any]] = [
    item(_("Satisfaction"), "star_half", "admin:support_survey_changelist", "support.view_survey"),
    item(_("Periodic surveys"), "event_repeat", "admin:support_surveyplan_changelist", "support.view_surveyplan"),
]
