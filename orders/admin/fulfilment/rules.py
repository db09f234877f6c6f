"""The warehouse's rules in the browser: which warehouse, which gift, what is enclosed. SOP: O8, O10"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from opsdesk.audit.queries import history
from opsdesk.common import clock
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.keyset import KeysetAdmin
from orders.models import AllocationRule, Carrier, GiftRule, PackingRule
from orders.services.fulfilment import rulebook


class RulePage(KeysetAdmin):
    """A rule that the supervisor writes; the service saves it, and every change stands below it."""

    kind: ClassVar[str]
    change_form_outer_after_template: Any = "opsdesk/timeline.html"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rule goes out of use; what it once decided still names it."""
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        rulebook.save_rule(rule=obj, actor=actor_of(request), now=clock.now())

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        obj = self.get_object(request, object_id) if object_id else None
        context = {"timeline": history(self.kind, obj.public_id), "open_work": []} if obj else {}
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))


class AllocationRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """Carriers are named by their codes, and have to be known."""

    class Meta:
        model = AllocationRule
        fields = ("name", "priority", "warehouse", "shop", "provinces", "carriers", "is_active")
        widgets: ClassVar[dict[str, Any]] = {
            "provinces": UnfoldAdminTextInputWidget,
            "carriers": UnfoldAdminTextInputWidget,
        }

    def clean_carriers(self) -> list[str]:
        """Codes of carriers. Raises: ValidationError, for one that there is not."""
        codes = [code.strip().lower() for code in self.cleaned_data["carriers"] if code.strip()]
        known = set(Carrier.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(_("There is no carrier %(code)s.") % {"code": ", ".join(unknown)})
        return codes

    def clean_provinces(self) -> list[str]:
        """The names without blanks around them."""
        return [name.strip() for name in self.cleaned_data["provinces"] if name.strip()]


@admin.register(AllocationRule)
class AllocationRuleAdmin(RulePage):
    kind = rulebook.ALLOCATION
    form = AllocationRuleForm
    keyset = ("priority", "id")
    list_display = ("name", "priority", "warehouse", "shop", "provinces_served", "carriers_used", "is_active")
    list_select_related = ("warehouse", "shop")
    list_filter = ("is_active", "warehouse", "shop")
    fields = ("name", ("priority", "is_active"), ("warehouse", "shop"), "provinces", "carriers")

    @admin.display(description=_("provinces served"))
    def provinces_served(self, rule: AllocationRule) -> str:
        return ", ".join(rule.provinces) or str(_("all"))

    @admin.display(description=_("carriers"))
    def carriers_used(self, rule: AllocationRule) -> str:
        return ", ".join(rule.carriers) or str(_("any"))


class GiftRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A gift has a condition, and its time a length."""

    class Meta:
        model = GiftRule
        fields = ("name", "shop", "is_active", "spend_from", "sku", "gift", "quantity", "valid_from", "valid_until")

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError."""
        given = super().clean() or {}
        if not self.errors and given.get("spend_from") is None and given.get("sku") is None:
            raise forms.ValidationError(_("Say for how much money or for which SKU."))
        return given


class PackingRuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule is about a SKU or about a category, not both."""

    class Meta:
        model = PackingRule
        fields = ("sku", "category", "manual", "warranty", "fragile", "no_bending")

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError."""
        given = super().clean() or {}
        if not self.errors and (given.get("sku") is None) == (given.get("category") is None):
            raise forms.ValidationError(_("Name a SKU or a category."))
        return given


@admin.register(GiftRule)
class GiftRuleAdmin(RulePage):
    kind = rulebook.GIFT
    form = GiftRuleForm
    list_display = ("name", "shop", "spend_from", "sku", "gift", "quantity", "valid_from", "valid_until", "is_active")
    list_select_related = ("shop", "sku", "gift")
    list_filter = ("is_active", "shop")
    raw_id_fields = ("sku", "gift")
    fields = (("name", "is_active"), "shop", ("spend_from", "sku"), ("gift", "quantity"), "valid_from", "valid_until")


@admin.register(PackingRule)
class PackingRuleAdmin(RulePage):
    kind = rulebook.PACKING
    form = PackingRuleForm
    list_display = ("about", "manual", "warranty", "fragile", "no_bending")
    list_select_related = ("sku", "category")
    list_filter = ("manual", "warranty", "fragile", "no_bending")
    raw_id_fields = ("sku",)
    fields = (("sku", "category"), ("manual", "warranty"), ("fragile", "no_bending"))

    @admin.display(description=_("SKU or category"))
    def about(self, rule: PackingRule) -> str:
        return str(rule)
