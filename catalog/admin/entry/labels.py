"""Tags and service commitments."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.vocabulary import FormAdmin
from catalog.models import Commitment, Tag
from catalog.services.entry import labels
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm

_FIXED = _("It cannot be changed later: listings are approved with it.")


class TagForm(CommandForm):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_FIXED)
    label = forms.CharField(label=_("Label"), max_length=40, help_text=_FIXED)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


class CommitmentForm(CommandForm):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_FIXED)
    label = forms.CharField(label=_("Label"), max_length=60, help_text=_FIXED)
    text = forms.CharField(label=_("Text shown to customers"), max_length=300, widget=forms.Textarea)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)


@admin.register(Tag)
class TagAdmin(FormAdmin):
    """Tags that search and recommendation read. SOP: C8"""

    form_class, fixed = TagForm, ("code", "label")
    list_display = ("label", "code", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("code__startswith", "label__icontains")
    keyset = ("id",)
    fields = list_display

    def values(self, row: Tag) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("code", "label", "is_active")}

    def keep(self, row: Tag | None, form: CommandForm, actor: Actor) -> Tag:
        data = form.cleaned_data
        if row:
            return labels.change_tag(tag_id=row.pk, is_active=data["is_active"], actor=actor, now=clock.now())
        return labels.add_tag(code=data["code"], label=data["label"], actor=actor, now=clock.now())


@admin.register(Commitment)
class CommitmentAdmin(FormAdmin):
    """Services that listings promise. SOP: C9"""

    form_class, fixed = CommitmentForm, ("code", "label")
    list_display = ("label", "code", "text", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code__startswith", "label__icontains")
    keyset = ("id",)
    fields = list_display

    def values(self, row: Commitment) -> dict[str, Any]:
        return {name: getattr(row, name) for name in ("code", "label", "text", "is_active")}

    def keep(self, row: Commitment | None, form: CommandForm, actor: Actor) -> Commitment:
        data = form.cleaned_data
        if row:
            return labels.change_commitment(
                commitment_id=row.pk, text=data["text"], is_active=data["is_active"], actor=actor, now=clock.now()
            )
        return labels.add_commitment(code=data["code"], label=data["label"], text=data["text"], actor=actor, now=clock.now())
