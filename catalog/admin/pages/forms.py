"""The forms of store pages."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from catalog.enums.pages import BlockKind, PageAspect, PageKind, PageReason
from catalog.rules.pages.blocks import Block
from catalog.services.pages.looking import BEST, WORST, Remark, Scores
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.reviews.enums import ReviewState
from opsdesk.reviews.services import Verdict

VERDICTS = {"approve": ReviewState.APPROVED, "return": ReviewState.RETURNED, "reject": ReviewState.REJECTED}


class AddressForm(CommandForm):
    """Where customers see a page."""

    address = forms.URLField(
        label=_("Address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where customers see it; its load speed is measured there."),
    )


class PageForm(AddressForm):
    """A new page of a shop."""

    field_order = ("shop_code", "kind", "slug", "title", "address")
    shop_code = forms.ChoiceField(label=_("Shop"))
    kind = forms.ChoiceField(label=_("Kind"), choices=PageKind.choices)
    slug = forms.SlugField(label=_("Name in the address"), max_length=60, help_text=_("Letters, digits and hyphens."))
    title = forms.CharField(label=_("Title"), max_length=120)

    def __init__(self, *args: Any, shops: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shop_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, code) for code in shops]


class VersionForm(CommandForm):
    """What a version of a page is called; `version` is what the writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=120)


class BlockForm(CommandForm):
    """One block of a page; a row without content is empty. Blocks stand in the order of `position`."""

    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=BlockKind.choices, required=False)
    heading = forms.CharField(label=_("Heading"), max_length=120, required=False)
    text = forms.CharField(label=_("Text"), max_length=5000, required=False, widget=forms.Textarea)
    image = forms.CharField(label=_("Image"), max_length=500, required=False)
    image_alt = forms.CharField(label=_("Image description"), max_length=200, required=False)
    link = forms.CharField(label=_("Link"), max_length=500, required=False)
    products = forms.CharField(label=_("Product codes"), max_length=2000, required=False)

    def to_block(self) -> Block | None:
        """The block, or None when the row is empty."""
        data = self.cleaned_data
        codes = tuple(dict.fromkeys(code for code in data.get("products", "").replace(",", " ").split() if code))
        texts = {name: data.get(name, "") for name in ("heading", "text", "image", "image_alt", "link")}
        if not codes and not any(texts.values()):
            return None
        return Block(kind=data.get("kind") or BlockKind.TEXT, products=codes, **texts)


BlockRows = forms.formset_factory(BlockForm, extra=2, max_num=50, absolute_max=60)


class SwapForm(CommandForm):
    swap_at = forms.DateTimeField(
        label=_("Goes live at"), widget=widgets.UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
    )


class PageVerdictForm(CommandForm):
    """The decision on exactly the content that was shown."""

    seen_hash = forms.CharField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[(name, name) for name in VERDICTS], widget=forms.HiddenInput)
    reasons = forms.MultipleChoiceField(label=_("Reasons"), choices=PageReason.choices, required=False)
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea)

    def given(self) -> Verdict:
        """The form as what the service takes."""
        data = self.cleaned_data
        return Verdict(VERDICTS[data["verdict"]], data["seen_hash"], data["reasons"], data["note"])


def _score(label: Any) -> forms.TypedChoiceField:
    choices = [("", "---------"), *((number, str(number)) for number in range(WORST, BEST + 1))]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int)


def _remark(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, required=False, widget=forms.Textarea)


class LookForm(CommandForm):
    """The designer's marks, and what is to be put right. SOP: C25"""

    layout = _score(_("Layout, 1 (bad) to 5 (good)"))
    layout_remark = _remark(_("Layout: what is to be put right"))
    colours = _score(_("Colours, 1 to 5"))
    colours_remark = _remark(_("Colours: what is to be put right"))
    speed = _score(_("Load speed, 1 to 5"))
    speed_remark = _remark(_("Load speed: what is to be put right"))
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        """The marks and remarks as what the service takes."""
        data = super().clean()
        if self.errors:
            return data
        scores = Scores(*(data[name] for name in PageAspect.values))
        texts = [(name, data[f"{name}_remark"].strip()) for name in PageAspect.values]
        remarks = [Remark(name, text) for name, text in texts if text]
        return {"scores": scores, "remarks": remarks, "note": data["note"]}


class DoneForm(CommandForm):
    done_note = forms.CharField(label=_("What was done"), max_length=500, widget=forms.Textarea)
