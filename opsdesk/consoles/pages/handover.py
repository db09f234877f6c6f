"""Writing a handover note: the open work of one's desk, a remark where the next shift needs one, and the signature."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opsdesk.accounts.roles import Role
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.consoles.pages.base import actor_with, page
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.words import say
from opsdesk.handover.parameters import HORIZON
from opsdesk.handover.queries import left_open
from opsdesk.handover.rules import GIVE
from opsdesk.handover.services import NAMED, give_shift
from opsdesk.inbox.kinds import REGISTER
from opsdesk.inbox.models import WorkItem
from opsdesk.parameters.queries import value

REMARK = "remark-"


class HandoverForm(CommandForm):
    """What the next shift must know, of all and of each piece of work."""

    remark = forms.CharField(
        label=gettext_lazy("What the next shift must know"), max_length=2000, required=False, widget=forms.Textarea
    )

    def __init__(self, items: list[WorkItem], *args: Any) -> None:
        super().__init__(*args)
        for item in items:
            field = forms.CharField(label=gettext_lazy("Remark"), max_length=300, required=False)
            self.fields[REMARK + item.public_id] = field
            self.prepare(field)

    def remarks(self) -> dict[str, str]:
        """The remarks by the work items' ids."""
        return {name.removeprefix(REMARK): text for name, text in self.cleaned_data.items() if name.startswith(REMARK)}


def handover_new(request: HttpRequest) -> HttpResponse:
    """Hand over the shift of one of one's desks."""
    actor = actor_with(request, GIVE)
    desks = [role for role in Role if role in actor.roles]
    desk = request.GET.get("desk", "")
    desk = desk if desk in desks else (desks[0] if desks else "")
    items = list(left_open(actor, desk, until=clock.now() + value(HORIZON))[: NAMED + 1])
    form = HandoverForm(items[:NAMED], posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            note = give_shift(
                desk=desk, remark=form.cleaned_data["remark"], remarks=form.remarks(), actor=actor, now=clock.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The next shift is asked to take over."))
            return HttpResponseRedirect(reverse("admin:handover_handovernote_change", args=[note.pk]))
    return page(
        request,
        "consoles/handover_new.html",
        status=422 if form.errors else 200,
        title=_("Hand over the shift"),
        desks=[(role.value, role.label) for role in desks],
        desk=desk,
        form=form,
        rows=[_row(item, form, actor) for item in items[:NAMED] if item.kind in REGISTER],
        more=len(items) > NAMED,
        now=clock.now(),
    )


def _row(item: WorkItem, form: HandoverForm, actor: Actor) -> dict[str, Any]:
    kind = REGISTER[item.kind]
    return {
        "item": item,
        "mine": item.owner_id == actor.staff_id,
        "title": say(kind.title, item.params),
        "url": kind.url(item.subject_id),
        "field": form[REMARK + item.public_id],
    }
