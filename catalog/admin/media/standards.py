"""What places demand of images: a list that supervisors write."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from catalog.admin.media.forms import StandardForm
from catalog.admin.vocabulary import FormAdmin
from catalog.enums.media import ImageFormat
from catalog.models import ImageStandard
from catalog.services.media import standards
from opsdesk.common import clock
from opsdesk.common.actors import Actor


@admin.register(ImageStandard)
class ImageStandardAdmin(FormAdmin):
    """One row a platform and place. SOP: C6"""

    form_class, fixed = StandardForm, ("platform", "place")
    list_display = ("platform", "place", "sizes", "ratio", "max_kilobytes", "taken", "white_border", "min_sharpness")
    list_filter = ("platform", "place")
    fields = list_display

    @admin.display(description=_("Size in pixels"))
    def sizes(self, obj: ImageStandard) -> str:
        return size_text(obj)

    @admin.display(description=_("Ratio"))
    def ratio(self, obj: ImageStandard) -> str:
        return f"{obj.aspect_width}:{obj.aspect_height}" if obj.aspect_width else "-"

    @admin.display(description=_("formats"))
    def taken(self, obj: ImageStandard) -> str:
        return ", ".join(str(ImageFormat(one).label) for one in obj.formats)

    def values(self, row: ImageStandard) -> dict[str, Any]:
        return {name: getattr(row, name) for name in StandardForm.base_fields}

    def keep(self, row: ImageStandard | None, form: StandardForm, actor: Actor) -> ImageStandard:
        if row:
            return standards.change_standard(standard_id=row.pk, demands=form.demands(), actor=actor, now=clock.now())
        data = form.cleaned_data
        return standards.add_standard(
            platform=data["platform"], place=data["place"], demands=form.demands(), actor=actor, now=clock.now()
        )


def size_text(standard: ImageStandard) -> str:
    """The sizes that a standard allows, such as “800-5000 x 800-5000”."""
    sides = ((standard.min_width, standard.max_width), (standard.min_height, standard.max_height))
    return " x ".join(f"{least}-{most}" if most else f"≥ {least}" for least, most in sides)
