"""The forms of categories: which specifications a listing is asked for."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.listing_fields import LinesField
from catalog.admin.vocabulary import FormAdmin, category_choices, whole
from catalog.enums.entry import AttributeKind
from catalog.models import CategoryAttribute
from catalog.rules.completeness import LEAF_LEVEL
from catalog.services.entry.forms import AttributeRules, add_attribute, change_attribute
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm


class AttributeForm(CommandForm):
    category = forms.TypedChoiceField(label=_("Category"), coerce=whole, help_text=_("It holds for those below as well."))
    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("As it stands on the form, such as 容量."))
    kind = forms.ChoiceField(label=_("Kind"), choices=AttributeKind.choices)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False, help_text=_("Of a number, such as ml."))
    choices = LinesField(
        label=_("Choices"), length=60, required=False, help_text=_("Of a choice: what may be chosen, one a line.")
    )
    is_required = forms.BooleanField(label=_("Required"), required=False)
    help_text = forms.CharField(label=_("Help text"), max_length=200, required=False)
    rank = forms.IntegerField(label=_("Order"), min_value=0, max_value=9999, initial=0)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = self.fields["category"]
        assert isinstance(category, forms.ChoiceField)
        category.choices = category_choices(below=LEAF_LEVEL + 1)

    def rules(self) -> AttributeRules:
        """The form as what the service takes."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("category", "name")}
        return AttributeRules(**data | {"kind": AttributeKind(data["kind"])})


@admin.register(CategoryAttribute)
class CategoryAttributeAdmin(FormAdmin):
    """Fields of forms, by category. SOP: C5, C7"""

    form_class, fixed = AttributeForm, ("category", "name")
    list_display = ("name", "category", "kind", "unit", "choices", "is_required", "rank", "is_active")
    list_select_related = ("category",)
    list_filter = ("kind", "is_required", "is_active")
    search_fields = ("name__icontains", "category__code__startswith", "category__name__icontains")
    keyset = ("category_id", "rank", "id")
    fields = ("category", "name", "kind", "unit", "choices", "is_required", "help_text", "rank", "is_active")

    def values(self, row: CategoryAttribute) -> dict[str, Any]:
        return {name: getattr(row, name) for name in self.fields} | {"category": row.category_id}

    def keep(self, row: CategoryAttribute | None, form: AttributeForm, actor: Actor) -> CategoryAttribute:
        if row:
            return change_attribute(attribute_id=row.pk, rules=form.rules(), actor=actor, now=clock.now())
        data = form.cleaned_data
        return add_attribute(category_id=data["category"], name=data["name"], rules=form.rules(), actor=actor, now=clock.now())
