"""What is not said to customers, in the browser. SOP: S19"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.lifecycle import Lifecycle, Transition
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from support.admin.sla.pages import allow, answer
from support.enums.knowledge import PhraseKind
from support.models import Phrase
from support.services.knowledge import wording


class ChangeForm(CommandForm):
    """Why it is not said, what is said instead, and whether that holds."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PhraseKind.choices)
    instead = forms.CharField(label=_("Say instead"), max_length=200, required=False)
    active = forms.BooleanField(label=_("In force"), required=False, initial=True)


class NewForm(CommandForm):
    """A phrase, why it is not said, and what is said instead."""

    phrase = forms.CharField(label=_("Phrase"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=PhraseKind.choices)
    instead = forms.CharField(label=_("Say instead"), max_length=200, required=False)


@admin.register(Phrase)
class PhraseAdmin(LifecycleAdmin):
    """SOP: S19"""

    subject_kind = wording.KIND
    subject_argument = "phrase_id"
    lifecycle = Lifecycle(Transition("change", {""}, None, permission=wording.CHANGE, sop="S19"))
    commands = {"change": Command(label=_("Change"), run=wording.change_phrase, form=ChangeForm)}
    list_before_template: Any = "support/knowledge/phrase_list_top.html"
    list_display = ("phrase", "kind", "instead", "active")
    list_filter = ("kind", "active")
    fields = (("phrase", "kind"), ("instead", "active"))

    def get_urls(self) -> list[URLPattern]:
        return [path("new/", self.admin_site.admin_view(self.new_view), name="support_phrase_new"), *super().get_urls()]

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """A phrase has no states."""
        obj.status = ""
        return super().buttons(obj, actor)

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """Add a phrase."""
        allow(request, wording.CHANGE)
        form, label = NewForm(posted(request)), gettext("Add a phrase")

        def run(data: dict[str, Any]) -> object:
            return wording.add_phrase(**data, actor=actor_of(request), now=clock.now())

        back = reverse("admin:support_phrase_changelist")
        return answer(request, self, form=form, run=run, label=label, button=_("Save"), back=back)
