"""The form in which an order is entered."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.doors.admin.forms import CommandForm
from orders.enums.manual import EntryChannel
from orders.enums.orders import PaymentStatus
from orders.rules.intake.draft import DraftAddress, DraftCustomer
from orders.rules.phones import NOT_A_PHONE, e164
from orders.services.manual.entering import Entry, EntryLine

PARTS = ("recipient", "phone", "province", "city", "district", "street", "postal_code")
FIRST_ROWS, MORE_ROWS, MOST_ROWS = 3, 3, 60
MOST_PIECES = 1_000_000
CHANNELS = [choice for choice in EntryChannel.choices if choice[0] != EntryChannel.RESHIP]
PAYMENTS = [choice for choice in PaymentStatus.choices if choice[0] in ("unpaid", "paid", "cod")]


class EntryForm(CommandForm):
    """Everything that is asked on the telephone. The rows of goods are added by their number."""

    key = forms.RegexField(r"^[0-9a-f-]{32,36}$", widget=forms.HiddenInput)
    customer = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    rows = forms.IntegerField(min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)
    shop = forms.ChoiceField(label=_("Shop"))
    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS)
    who = forms.CharField(label=_("Phone or name of the buyer"), max_length=100, required=False)
    pasted = forms.CharField(label=_("Address as it was sent"), max_length=1000, required=False, widget=forms.Textarea)
    recipient = forms.CharField(label=_("Recipient"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    province = forms.CharField(label=_("Province"), max_length=60, required=False)
    city = forms.CharField(label=_("City"), max_length=60, required=False)
    district = forms.CharField(label=_("District"), max_length=60, required=False)
    street = forms.CharField(label=_("Street"), max_length=300, required=False)
    postal_code = forms.CharField(label=_("Postal code"), max_length=12, required=False)
    payment = forms.ChoiceField(label=_("Payment"), choices=PAYMENTS)
    method = forms.CharField(label=_("Payment method"), max_length=40, required=False)
    reference = forms.CharField(label=_("Payment reference"), max_length=100, required=False)
    buyer_note = forms.CharField(label=_("Buyer's note"), max_length=1000, required=False, widget=forms.Textarea)
    seller_note = forms.CharField(label=_("Note for colleagues"), max_length=1000, required=False, widget=forms.Textarea)
    reason = forms.CharField(label=_("Reason for another price"), max_length=500, required=False)

    def __init__(self, *args: Any, shops: list[tuple[str, str]], row_count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shop"].choices = shops  # type: ignore[attr-defined]
        self.row_count = row_count
        for index in range(row_count):
            for name, field in row_fields().items():
                self.fields[f"{name}_{index}"] = field
                self.prepare(field)

    def clean_phone(self) -> str:
        written: str = self.cleaned_data["phone"]
        if e164(written) is None:
            raise forms.ValidationError(now_(NOT_A_PHONE))
        return written

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for index in range(self.row_count):
            sku, pieces = data.get(f"sku_{index}"), data.get(f"quantity_{index}")
            if sku and not pieces and f"quantity_{index}" not in self.errors:
                self.add_error(f"quantity_{index}", now_("How many?"))
            if pieces and not sku and f"sku_{index}" not in self.errors:
                self.add_error(f"sku_{index}", now_("What is ordered?"))
        return data

    def lines(self) -> list[tuple[int, EntryLine]]:
        """The rows that say what is ordered, each with its number."""
        data = self.cleaned_data
        return [
            (index, EntryLine(data[f"sku_{index}"], data[f"quantity_{index}"], data[f"price_{index}"]))
            for index in range(self.row_count)
            if data.get(f"sku_{index}") and data.get(f"quantity_{index}")
        ]

    def entry(self, customer: DraftCustomer | None) -> Entry:
        """What the service takes. A buyer whom the shop does not know is known by the phone from now on."""
        data = self.cleaned_data
        phone = e164(data["phone"]) or ""
        parts = {name: data[name] for name in PARTS} | {"phone": phone}
        if customer is None and phone:
            customer = DraftCustomer(f"tel:{phone}", data["recipient"], phone)
        names = ("shop", "channel", "payment", "method", "reference", "buyer_note", "seller_note", "reason")
        return Entry(
            key=str(data["key"]),
            lines=[line for _, line in self.lines()],
            address=DraftAddress(**parts, phone_written=data["phone"]),
            customer=customer,
            **{name: data[name] for name in names},
        )


def row_fields() -> dict[str, forms.Field]:
    """One row of goods."""
    return {
        "sku": forms.CharField(label=_("SKU, barcode or name"), max_length=120, required=False),
        "quantity": forms.IntegerField(
            label=pgettext_lazy("pieces", "Quantity"), min_value=1, max_value=MOST_PIECES, required=False
        ),
        "price": forms.DecimalField(label=_("Another price"), max_digits=12, decimal_places=2, min_value=0, required=False),
    }


def fresh(shop: str) -> QueryDict:
    """An empty form, with its own number."""
    data = QueryDict(mutable=True)
    data.update({"key": str(uuid.uuid4()), "rows": str(FIRST_ROWS), "shop": shop, "channel": "phone", "payment": "unpaid"})
    return data


def row_count(data: QueryDict) -> int:
    """How many rows of goods the form has."""
    text = data.get("rows", "")
    return min(max(int(text), 1), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < MORE_ROWS else FIRST_ROWS
