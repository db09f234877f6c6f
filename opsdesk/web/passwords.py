"""Choosing one's own password, and the gate that lets nobody past a one-time password."""

from typing import Any

from django.contrib.auth.views import PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from unfold.forms import AdminOwnPasswordChangeForm

from opsdesk.accounts.services import change_own_password
from opsdesk.common import clock
from opsdesk.common.errors import Forbidden
from opsdesk.common.text import mark
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.api.problems import plain_problem
from opsdesk.doors.middleware import GetResponse

OPEN_PAGES = ("admin:password_change", "admin:logout", "admin:jsi18n", "set_language")


class OwnPasswordForm(AdminOwnPasswordChangeForm):
    """Checks the old and the new password; the service writes."""

    request: HttpRequest

    def save(self, commit: bool = True) -> Any:
        password = self.cleaned_data["new_password1"]
        change_own_password(user=self.user, password=password, actor=actor_of(self.request), now=clock.now())
        return self.user


class OwnPasswordView(PasswordChangeView):
    form_class = OwnPasswordForm

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.request = self.request  # type: ignore[attr-defined]
        return form


class OneTimePasswordMiddleware:
    """Whoever signed in with a one-time password chooses their own before anything else."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not getattr(request.user, "must_change_password", False) or request.path in map(reverse, OPEN_PAGES):
            return self.get_response(request)
        if request.path.startswith("/api/"):
            refusal = Forbidden(mark("Choose a password of your own first."), code="password_change_required")
            return plain_problem(request, refusal, 403)
        return redirect("admin:password_change")
