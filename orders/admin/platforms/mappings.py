"""What merchant codes mean, in the browser. SOP: O2"""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from orders.models import SkuMapping
from orders.rules.platforms.problems import MAPPING_STEPS
from orders.services.platforms import mapping


class SkuForm(CommandForm):
    """Another SKU for a merchant code. SOP: O2"""

    sku = forms.CharField(label=_("SKU"), max_length=60, help_text=_("Orders that came in before stay as they are."))


@admin.register(SkuMapping)
class SkuMappingAdmin(LifecycleAdmin):
    """SOP: O2"""

    subject_kind = mapping.KIND
    shop_field = "shop"
    subject_argument = "mapping_id"
    lifecycle = MAPPING_STEPS
    commands = {"remap": Command(label=_("Choose another SKU"), run=mapping.remap, form=SkuForm)}
    list_before_template: Any = "orders/platforms/mappings_top.html"
    keyset = ("-id",)
    list_display = ("code", "shop", "sku", "mapped_at", "mapped_by")
    list_select_related = ("shop", "sku")
    list_filter = ("shop",)
    search_fields = ("code__startswith",)
    fields = (("code", "shop"), "sku", ("mapped_at", "mapped_by"))

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        """A mapping has no states."""
        obj.status = ""
        return super().buttons(obj, actor)
