"""The page on which an order is entered: everything stands on it, and every button of it keeps what was written. SOP: O1"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError, NotFound
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.words import say
from opsdesk.shops.queries import visible_to
from orders.admin.manual import goods
from orders.admin.manual.forms import MORE_ROWS, MOST_ROWS, PARTS, EntryForm, fresh, row_count
from orders.models import Customer, Order
from orders.queries import visible_to as orders_visible_to
from orders.queries.manual.buyers import Buyer, find_buyers
from orders.rules import masking
from orders.rules.intake.draft import DraftCustomer
from orders.rules.manual import pasted
from orders.services.manual.entering import PERMISSION, enter_order
from orders.services.reveal import reveal_customer


@dataclass
class Screen:
    """What the page shows beside its form."""

    data: QueryDict
    actor: Actor
    buyers: list[Buyer] | None = None
    unclear: tuple[str, ...] = ()
    refusals: list[str] = field(default_factory=list)


def entry_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Shows the form, does what its buttons say, and takes the order in."""
    actor = actor_of(request)
    if not actor.can(PERMISSION):
        raise PermissionDenied
    shops = [(shop.code, f"{shop.code} {shop.name}") for shop in visible_to(actor).filter(is_open=True).order_by("code")]
    data = request.POST.copy() if request.method == "POST" else fresh(shops[0][0] if shops else "")
    screen = Screen(data, actor)
    step, _, argument = data.get("step", "").partition(":")
    form: EntryForm | None = None
    if request.method == "POST" and step == "enter":
        form = _form(data, shops, bound=True)
        if form.is_valid() and (order := _enter(form, screen)):
            messages.success(request, gettext("Order %(number)s is entered.") % {"number": order.number})
            return HttpResponseRedirect(reverse("admin:orders_order_change", args=[order.pk]))
    elif request.method == "POST" and step in STEPS:
        STEPS[step](screen, argument)
    rows = goods.look(screen.data, row_count(screen.data), actor=actor, now=clock.now(), choose=request.method == "POST")
    form = form or _form(screen.data, shops, bound=False)
    context = site.each_context(request) | _context(screen, form, rows) | {"title": gettext("Enter an order")}
    refused = bool(form.errors or screen.refusals)
    return TemplateResponse(request, "orders/manual/entry.html", context, status=422 if refused else 200)


def _form(data: QueryDict, shops: list[tuple[str, str]], *, bound: bool) -> EntryForm:
    rows = row_count(data)
    if bound:
        return EntryForm(data, shops=shops, row_count=rows)
    return EntryForm(initial=data.dict(), shops=shops, row_count=rows)


def _enter(form: EntryForm, screen: Screen) -> Order | None:
    """The order, or None with the reasons in the form."""
    places = [index for index, _ in form.lines()]
    try:
        with transaction.atomic():
            entry = form.entry(_customer(screen))
            return enter_order(entry=entry, actor=screen.actor, now=clock.now())
    except DomainError as refusal:
        if not refusal.issues:
            screen.refusals.append(say(refusal.message_id, refusal.params))
        for issue in refusal.issues:
            parts = issue.pointer.strip("/").split("/")
            name = parts[0]
            if name == "lines" and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) < len(places):
                name = f"{'quantity' if parts[-1] == 'quantity' else 'sku'}_{places[int(parts[1])]}"
            form.add_error(name if name in form.fields else None, say(issue.message, issue.params))
    return None


def _customer(screen: Screen) -> DraftCustomer | None:
    known = _known(screen)
    return DraftCustomer(known.external_id, known.name, known.phone, known.email) if known else None


def _known(screen: Screen) -> Customer | None:
    """The buyer who was chosen, if the shop is still the buyer's."""
    rows = Customer.objects.filter(public_id=screen.data.get("customer", "")[:40], shop__code=screen.data.get("shop", ""))
    return rows.filter(shop__in=visible_to(screen.actor)).first()


def _find_buyer(screen: Screen, argument: str) -> None:
    who, shop = screen.data.get("who", "")[:100], screen.data.get("shop", "")
    screen.buyers = find_buyers(who, shop=shop, actor=screen.actor)


def _use(screen: Screen, argument: str) -> None:
    """Take the buyer and the address of an earlier order; that somebody looked is recorded."""
    key = int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 19 else 0
    order = orders_visible_to(screen.actor).filter(pk=key, shop__code=screen.data.get("shop", "")).select_related("customer")
    found = order.first()
    if found is None:
        screen.refusals.append(say(NotFound.message, {}))
        return
    try:
        with transaction.atomic():
            address = reveal_customer(order_id=found.pk, actor=screen.actor, now=clock.now())
    except DomainError as refusal:
        screen.refusals.append(say(refusal.message_id, refusal.params))
        return
    screen.data["customer"] = found.customer.public_id if found.customer else ""
    for part in PARTS:
        screen.data[part] = getattr(address, part)


def _forget(screen: Screen, argument: str) -> None:
    screen.data["customer"] = ""


def _read_address(screen: Screen, argument: str) -> None:
    found = pasted.read(screen.data.get("pasted", "")[:1000])
    screen.unclear = found.unclear
    for part in PARTS:
        screen.data[part] = getattr(found.address, "phone_written" if part == "phone" else part)


def _more_rows(screen: Screen, argument: str) -> None:
    screen.data["rows"] = str(min(row_count(screen.data) + MORE_ROWS, MOST_ROWS))


def _pick(screen: Screen, argument: str) -> None:
    """Put a SKU that was found into its row."""
    row, _, code = argument.partition(":")
    if row.isascii() and row.isdigit() and len(row) < MORE_ROWS:
        screen.data[f"sku_{row}"] = code


STEPS: dict[str, Callable[[Screen, str], None]] = {
    "find": _find_buyer,
    "use": _use,
    "forget": _forget,
    "read": _read_address,
    "more": _more_rows,
    "pick": _pick,
}


def _context(screen: Screen, form: EntryForm, rows: list[goods.Row]) -> dict[str, Any]:
    lines = [(row, [form[f"{name}_{index}"] for name in ("sku", "quantity", "price")]) for index, row in enumerate(rows)]
    known = [row.amount for row in rows if row.amount is not None]
    return {
        "form": form,
        "lines": lines,
        "total": sum(known) if known else None,
        "buyers": None if screen.buyers is None else [(buyer, _orders(buyer)) for buyer in screen.buyers],
        "chosen": _known(screen),
        "unclear": [form[name].label for name in screen.unclear],
        "refusals": screen.refusals,
        "address": [form[name] for name in PARTS],
        "paying": [form[name] for name in ("payment", "method", "reference")],
        "notes": [form[name] for name in ("buyer_note", "seller_note", "reason")],
        "hidden": [form[name] for name in ("key", "customer", "rows")],
        "may_add": len(rows) < MOST_ROWS,
    }


def _orders(buyer: Buyer) -> list[tuple[Order, str]]:
    found = []
    for order in buyer.orders:
        place = getattr(order, "address", None)
        text = (
            f"{masking.mask_name(place.recipient)} {masking.mask_phone(place.phone)} "
            + masking.mask_address(province=place.province, city=place.city, district=place.district, street=place.street)
            if place
            else ""
        )
        found.append((order, text))
    return found
