"""The invariant page: green or red, with what breaks it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from opsdesk.common import clock
from opsdesk.consoles.pages.base import actor_with, page
from opsdesk.invariants.definitions import REGISTER
from opsdesk.invariants.models import InvariantRun
from opsdesk.invariants.queries import newest
from opsdesk.invariants.services import PERMISSION, check_all

VIEW = "invariants.view_invariantrun"


def invariant_page(request: HttpRequest) -> HttpResponse:
    """What was found by the last checks; a POST checks now."""
    actor = actor_with(request, PERMISSION if request.method == "POST" else VIEW)
    if request.method == "POST":
        run = check_all(actor=actor, now=clock.now())
        said = _("%(count)s invariants do not hold.") % {"count": run.broken} if run.broken else _("All books agree.")
        (messages.error if run.broken else messages.success)(request, said)
        return HttpResponseRedirect(reverse("admin:invariants"))
    runs = newest()
    return page(
        request,
        "consoles/invariants.html",
        title=_("Invariants"),
        runs=runs,
        rows=_rows(runs[0] if runs else None),
        may_check=actor.can(PERMISSION),
    )


def _rows(run: InvariantRun | None) -> list[dict[str, Any]]:
    found = {result["code"]: result for result in run.results} if run else {}
    return [{"invariant": invariant, "result": found.get(code)} for code, invariant in REGISTER.items()]
