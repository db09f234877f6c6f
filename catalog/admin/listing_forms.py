"""The prescribed form of a listing, with its tables of SKUs and images, and the forms of its commands. SOP: C5"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from catalog.admin.entry.category_fields import fields_of, initial_of, spec_from, strays_in
from catalog.admin.listing_fields import LinesField, PairsField
from catalog.enums.listings import ChangeKind, DelistReason, ImageKind
from catalog.queries.entry.forms import leaf_paths
from catalog.rules.content import ImageContent, ListingContent, SkuContent
from catalog.rules.entry.attributes import Attribute
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.forms import CommandForm
from opsdesk.doors.words import say

GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Product"), ("code", "title", "core_keyword", "category", "supplier", "brand", "model_no")),
    (_("Specification"), ("spec",)),
    (_("Description"), ("selling_points", "use_scenarios", "usage", "precautions", "detail")),
    (_("Shops and service"), ("shops", "tags", "commitments")),
    (_("Update"), ("change_kinds", "change_reason")),
)
_LABELS = {"spec": _("Specification"), "skus": _("SKUs"), "images": _("Images"), "shops": _("Shops")}


def _amount(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=12, decimal_places=2, required=False)


def _lines(label: Any, length: int, help_text: Any = "") -> LinesField:
    return LinesField(label=label, length=length, required=False, help_text=help_text)


@dataclass(frozen=True)
class Offered:
    """What may be chosen: shops, tags and commitments in use, and the fields that the chosen category asks for."""

    shops: Sequence[str]
    tags: Sequence[str]
    commitments: Sequence[str]
    form: Sequence[Attribute] = ()
    suppliers: Sequence[str] = ()


class ListingForm(CommandForm):
    """What a listing says. Nothing but the code is required to save: what is missing is shown beside its field."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = forms.CharField(label=_("Product code"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=120, required=False, help_text=_("It contains the core keyword."))
    core_keyword = forms.CharField(label=_("Core keyword"), max_length=60, required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    supplier = forms.ChoiceField(label=_("Supplier"), required=False, help_text=_("Empty: self-collected."))
    brand = forms.CharField(label=_("Brand"), max_length=60, required=False)
    model_no = forms.CharField(label=_("Model"), max_length=60, required=False)
    spec = PairsField(label=_("Further specification"), length=500, required=False, help_text=_("One “name: value” a line."))
    selling_points = _lines(_("Selling points"), 200, _("One a line."))
    use_scenarios = _lines(_("Use scenarios"), 200, _("One a line."))
    usage = forms.CharField(label=_("Usage"), max_length=2000, required=False, widget=forms.Textarea)
    precautions = forms.CharField(label=_("Precautions"), max_length=2000, required=False, widget=forms.Textarea)
    detail = forms.CharField(label=_("Detail text"), max_length=20_000, required=False, widget=forms.Textarea)
    shops = forms.MultipleChoiceField(label=_("Shops"), required=False)
    tags = forms.MultipleChoiceField(label=_("Tags"), required=False, help_text=_("Search and recommendation go by them."))
    commitments = forms.MultipleChoiceField(label=_("Service commitments"), required=False)
    change_kinds = forms.MultipleChoiceField(
        label=_("What the update changes"),
        choices=ChangeKind.choices,
        required=False,
        help_text=_("Asked of every revision of goods that were on sale before."),
    )
    change_reason = forms.CharField(label=_("Why"), max_length=500, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, offered: Offered, fixed_code: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form, spec = offered.form, dict(self.initial.get("spec") or {})
        self.initial = {**self.initial, **initial_of(self.form, spec)}
        for name, field in fields_of(self.form, spec).items():
            self.fields[name] = field
            self.prepare(field)
        self._choose("tags", _with(offered.tags, self.initial.get("tags")))
        self._choose("commitments", _with(offered.commitments, self.initial.get("commitments")))
        self._choose("category", [("", "---------"), *leaf_paths()])
        named = self.initial.get("supplier")
        self._choose("supplier", [("", "---------"), *_with(offered.suppliers, [named] if named else None)])
        self._choose("shops", [(code, code) for code in offered.shops])
        if fixed_code:
            self.fields["code"].disabled = True

    def content(self, skus: Iterable[SkuContent], images: Iterable[ImageContent]) -> ListingContent:
        """The form as what the service takes."""
        lists, aside = ("shops", "tags", "commitments"), ("version", "code", "spec", "change_kinds", "change_reason")
        data = self.cleaned_data
        named: dict[str, Any] = {name: data[name] for name in ListingForm.base_fields if name not in (*lists, *aside)}
        spec = spec_from(data, self.form, strays_in(self.data, self.form))
        named |= {name: tuple(data[name]) for name in lists}
        texts = ListingContent(**named, spec=spec)
        return replace(texts, skus=tuple(skus), images=tuple(images))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class SkuForm(CommandForm):
    """One row of the table of SKUs; a row without a code is empty."""

    sku = forms.CharField(label=_("SKU"), max_length=60, required=False)
    options = PairsField(label=_("Options"), length=60, separator="; ", required=False, widget=forms.TextInput)
    barcode = forms.CharField(label=_("Barcode"), max_length=14, required=False, validators=[RegexValidator("^[0-9]*$")])
    cost = _amount(_("Cost"))
    price = _amount(_("Price"))
    discount_price = _amount(_("Discount price"))
    member_price = _amount(_("Member price"))
    competitor_price = _amount(_("Competitor price"))
    alert_threshold = forms.IntegerField(label=_("Alert threshold"), min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        if not self.errors and not data.get("sku") and any(value not in (None, "", {}) for value in data.values()):
            self.add_error("sku", _("A row with prices needs its SKU."))
        return data

    def to_content(self) -> SkuContent | None:
        return SkuContent(**self.cleaned_data) if self.cleaned_data.get("sku") else None


class ImageForm(CommandForm):
    """One row of the table of images; a row without an address is empty."""

    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    kind = forms.ChoiceField(label=_("Kind"), choices=ImageKind.choices, required=False)
    width = forms.IntegerField(label=_("Width"), min_value=1, max_value=100_000, required=False)
    height = forms.IntegerField(label=_("Height"), min_value=1, max_value=100_000, required=False)

    def to_content(self) -> ImageContent | None:
        data = self.cleaned_data
        return ImageContent(data["url"], data["kind"], data["width"], data["height"]) if data.get("url") else None


SkuRows = forms.formset_factory(SkuForm, extra=2, max_num=200, absolute_max=210)
ImageRows = forms.formset_factory(ImageForm, extra=2, max_num=30, absolute_max=40)


class SubmitForm(CommandForm):
    """Asks nothing; a refusal names each field that is wrong."""

    def refuse(self, error: DomainError) -> None:
        for issue in error.issues:
            self.add_error(None, f"{field_label(issue.pointer)}: {say(issue.message, issue.params)}")
        if not error.issues:
            super().refuse(error)


class DelistForm(CommandForm):
    reason = forms.ChoiceField(label=_("Reason"), choices=DelistReason.choices)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea)


class ScheduleForm(CommandForm):
    publish_at = forms.DateTimeField(
        label=_("Publish at"), widget=widgets.UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"})
    )


_YES_NO = ((True, _("Yes")), (False, _("No")))


def _yes_no(label: Any) -> forms.TypedChoiceField:
    choices = (("", "---------"), *_YES_NO)
    return forms.TypedChoiceField(label=label, choices=choices, coerce=lambda text: text == "True")


class CheckForm(CommandForm):
    """What somebody saw in the shop. SOP: C15"""

    category_ok = _yes_no(_("Is the category right?"))
    price_ok = _yes_no(_("Do the prices display right?"))
    evidence = forms.CharField(
        label=_("What did you see?"), max_length=2000, widget=forms.Textarea, help_text=_("Page address, prices, time.")
    )


def _with(names: Sequence[str], chosen: Iterable[str] | None) -> list[tuple[str, str]]:
    """The names in use, and those that the listing has though they are not."""
    return [(name, name) for name in dict.fromkeys([*names, *(chosen or ())])]


def field_label(pointer: str) -> str:
    """What the form calls the field that a pointer points to, such as “SKUs 1, Price”."""
    parts = pointer.lstrip("/").split("/")
    if parts[0] == "spec" and len(parts) > 1:
        return "/".join(parts[1:]).replace("~1", "/").replace("~0", "~")
    field = ListingForm.base_fields.get(parts[0])
    label = str(field.label) if field else str(_LABELS.get(parts[0], parts[0]))
    if parts[0] in ("skus", "images") and len(parts) > 1:
        label = f"{label} {int(parts[1]) + 1}"
        if len(parts) > 2 and parts[2] in SkuForm.base_fields:
            label = f"{label}, {SkuForm.base_fields[parts[2]].label}"
    return label
