"""The rules of delisting by category. SOP: C20"""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.vocabulary import FormAdmin
from catalog.enums.delisting import SCANNED, DelistMode
from catalog.models import Category, DelistPolicy
from catalog.services.delisting.proposals import set_policy
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm


class PolicyForm(CommandForm):
    category = forms.TypedChoiceField(label=_("Category"), coerce=int)
    reason = forms.ChoiceField(label=_("Reason"), choices=[(one.value, one.label) for one in SCANNED])
    mode = forms.ChoiceField(label=_("What happens"), choices=DelistMode.choices, initial=DelistMode.ASK)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        rows = Category.objects.order_by("level", "name")
        field.choices = [("", "---------"), *((row.pk, f"{row.name} ({row.code})") for row in rows)]


@admin.register(DelistPolicy)
class DelistPolicyAdmin(FormAdmin):
    """What happens to goods of a category, and below it, for a reason."""

    form_class, fixed = PolicyForm, ("category", "reason")
    list_display = ("category", "reason", "mode")
    list_select_related = ("category",)
    list_filter = ("reason", "mode")
    fields = list_display

    def values(self, row: DelistPolicy) -> dict[str, Any]:
        return {"category": row.category_id, "reason": row.reason, "mode": row.mode}

    def keep(self, row: DelistPolicy | None, form: PolicyForm, actor: Actor) -> DelistPolicy:
        data = form.cleaned_data
        return set_policy(category_id=data["category"], reason=data["reason"], mode=data["mode"], actor=actor, now=clock.now())
