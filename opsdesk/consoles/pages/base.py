"""What the consoles' pages share."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of


def actor_with(request: HttpRequest, permission: str) -> Actor:
    """The signed-in actor, if they hold the permission. Raises: PermissionDenied."""
    actor = actor_of(request)
    if not actor.can(permission):
        raise PermissionDenied
    return actor


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> TemplateResponse:
    """A page in the back-office's frame."""
    return TemplateResponse(request, template, admin.site.each_context(request) | context, status=status)
