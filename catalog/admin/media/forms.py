"""The forms of images and briefs."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from catalog.admin.listing_fields import LinesField
from catalog.enums.listings import ImageKind
from catalog.enums.media import AssetState, BriefSubject, ImageFormat, ImagePlace
from catalog.enums.pages import BlockKind
from catalog.models import ContentPage
from catalog.queries.media.library import Search
from catalog.queries.media.standards import standards
from catalog.queries.media.usage import writable_listings
from catalog.queries.pages import base_of, blocks_of, writable_pages
from catalog.rules.pages.blocks import Block
from catalog.rules.pages.placing import FIRST, LAST, Spot, spot_from
from catalog.services.media.assets import Upload
from catalog.services.media.briefs import Wish
from catalog.services.media.standards import Demands
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.shops.enums import Platform

ACCEPT = "image/jpeg,image/png,image/webp"
LISTINGS_SHOWN = 200
PAGES_SHOWN = 100
_NONE = ("", "---------")


def _whole(value: str) -> int | None:
    return int(value) if value else None


def _choices(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _standard_choices() -> list[tuple[Any, Any]]:
    return [_NONE, *((row.pk, str(row)) for row in standards())]


def _optional(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=100_000, required=False, **more)


class UploadForm(CommandForm):
    """How the files of one upload are filed, and what place they are checked for."""

    standard = forms.TypedChoiceField(
        label=_("Check for"),
        required=False,
        coerce=_whole,
        empty_value=None,
        help_text=_("Platform and place; without one, an image only has to be sharp."),
    )
    tags = LinesField(label=_("Tags"), length=40, required=False, help_text=_("One a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "standard", _standard_choices())


class DescribeForm(CommandForm):
    title = forms.CharField(label=_("Title"), max_length=120)
    tags = LinesField(label=_("Tags"), length=40, required=False, help_text=_("One a line."))


class PlaceForm(CommandForm):
    """On which listing an image is put, and as what."""

    listing = forms.ChoiceField(label=_("Listing"), help_text=_("Listings that are being written, newest first."))
    kind = forms.ChoiceField(label=_("Kind"), choices=ImageKind.choices)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = writable_listings(actor)[:LISTINGS_SHOWN]
        _choices(self, "listing", [(row.public_id, f"{row} {row.title}") for row in rows])


class PlaceOnPageForm(CommandForm):
    """On which page of a shop an image is put, and where on it."""

    spot = forms.ChoiceField(
        label=_("Page and block"),
        help_text=_("Pages that are being written and live ones, the last written first."),
        error_messages={"invalid_choice": _("The page says something else by now; choose again.")},
    )
    image_alt = forms.CharField(label=_("Image description"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "spot", [_NONE, *(_spots(page) for page in writable_pages(actor)[:PAGES_SHOWN])])

    def clean_spot(self) -> Spot:
        """The choice as what the service takes."""
        return spot_from(self.cleaned_data["spot"])


def _spots(page: ContentPage) -> tuple[str, list[tuple[str, str]]]:
    """A page with the places that it has for an image."""
    base = base_of(page)
    blocks = blocks_of(base) if base else []
    known = [(str(number), _block_label(number, block)) for number, block in enumerate(blocks)]
    places = [(FIRST, gettext("New banner at the top")), *known, (LAST, gettext("New banner at the end"))]
    seen = base.content_hash if base else ""
    head = f"{page.shop.code} · {page.get_kind_display()} · {page.title}"
    return head, [(str(Spot(page.public_id, seen, place)), f"{page.title}: {label}") for place, label in places]


def _block_label(number: int, block: Block) -> str:
    kinds = dict(BlockKind.choices)
    said = block.heading or block.image_alt or block.text or " ".join(block.products)
    return f"{number + 1}. {kinds.get(block.kind, block.kind)}: {said[:40]}"


class SearchForm(CommandForm):
    """What is looked for in the library."""

    text = forms.CharField(label=_("Title or tag"), max_length=60, required=False)
    tag = forms.CharField(label=_("Tag"), max_length=40, required=False)
    place = forms.ChoiceField(label=_("Made for"), choices=[_NONE, *ImagePlace.choices], required=False)
    format = forms.ChoiceField(label=_("Format"), choices=[_NONE, *ImageFormat.choices], required=False)
    min_width = _optional(_("Width from"))
    min_height = _optional(_("Height from"))
    state = forms.ChoiceField(label=_("State"), choices=AssetState.choices, required=False)
    only_unused = forms.BooleanField(label=_("Unused only"), required=False)
    before = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62, required=False)

    def wanted(self) -> Search:
        """The search that the form describes; nothing at all when it cannot be read."""
        if not self.is_valid():
            return Search()
        return Search(**{**self.cleaned_data, "state": self.cleaned_data["state"] or AssetState.ACTIVE})


class BriefForm(CommandForm):
    """What a designer is asked for."""

    title = forms.CharField(label=_("Title"), max_length=120)
    subject = forms.ChoiceField(label=_("For"), choices=BriefSubject.choices)
    product = forms.CharField(label=_("Product code"), max_length=60, required=False)
    reference = forms.CharField(label=_("Page or campaign"), max_length=120, required=False)
    standard_id = forms.TypedChoiceField(label=_("Platform and place"), coerce=int, help_text=_("They tell the size."))
    text = forms.CharField(label=_("What is wanted"), max_length=4000, widget=forms.Textarea)
    due_by = forms.DateTimeField(label=_("Due"), widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}))
    links = LinesField(label=_("Reference links"), length=500, required=False, help_text=_("One a line."))
    samples = LinesField(
        label=_("Reference images"), length=32, required=False, help_text=_("Ids of images in the library, one a line.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "standard_id", _standard_choices())

    def clean_links(self) -> tuple[str, ...]:
        """Links that a browser opens as pages, and nothing else."""
        found: tuple[str, ...] = self.cleaned_data["links"]
        for link in found:
            forms.URLField(assume_scheme="https").clean(link)
            if not link.startswith(("https://", "http://")):
                raise forms.ValidationError(_("A link begins with https:// or http://."))
        return found

    def wish(self) -> Wish:
        """The form as what the service takes."""
        return Wish(**self.cleaned_data | {"subject": BriefSubject(self.cleaned_data["subject"])})


class DeliverForm(CommandForm):
    """A new file, or an image that is in the library already."""

    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT, "class": "od-input"})
    )
    asset = forms.CharField(
        label=_("Or an image of the library"), max_length=32, required=False, help_text=_("Its id: img_...")
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False, widget=forms.Textarea)

    def upload(self, title: str, limit: int) -> Upload | None:
        """The file as the service takes it; no more of it is read than shows that it is too large."""
        file = self.cleaned_data["file"]
        return Upload(file.name, file.read(limit + 1), title=title) if file else None


class CommentForm(CommandForm):
    text = forms.CharField(label=_("Comment"), max_length=1000, widget=forms.Textarea)


class StandardForm(CommandForm):
    """What one place on one platform demands."""

    platform = forms.ChoiceField(label=_("Platform"), choices=Platform.choices)
    place = forms.ChoiceField(label=_("Place"), choices=ImagePlace.choices)
    min_width = forms.IntegerField(label=_("Least width"), min_value=1, max_value=100_000)
    max_width = _optional(_("Greatest width"))
    min_height = forms.IntegerField(label=_("Least height"), min_value=1, max_value=100_000)
    max_height = _optional(_("Greatest height"))
    aspect_width = _optional(_("Ratio: width"))
    aspect_height = _optional(_("Ratio: height"))
    max_kilobytes = _optional(_("Largest file (KB)"))
    formats = forms.MultipleChoiceField(label=_("Formats"), choices=ImageFormat.choices)
    white_border = forms.IntegerField(
        label=_("White border (percent)"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=_("Empty: as the parameter says, for main images."),
    )
    min_sharpness = forms.IntegerField(
        label=_("Least sharpness"), min_value=0, max_value=10_000, required=False, help_text=_("Empty: as the parameter says.")
    )

    def demands(self) -> Demands:
        """The form as what the service takes."""
        return Demands(**{name: value for name, value in self.cleaned_data.items() if name not in ("platform", "place")})
