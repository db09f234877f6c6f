"""The handbook: its index, its pages, and the page of the screen from which it is opened. SOP: G3"""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from opsdesk.accounts.roles import Role
from opsdesk.consoles.pages.base import page
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.records import LifecycleAdmin
from opsdesk.handbook import charts, pages, sentences
from opsdesk.handbook.drawing import draw
from opsdesk.handbook.pages import Page
from opsdesk.parameters.definitions import REGISTER

AREAS = {
    "C": gettext_lazy("Products and stock"),
    "O": gettext_lazy("Orders"),
    "S": gettext_lazy("Customer service"),
    "P": gettext_lazy("Promotions"),
    "A": gettext_lazy("Analysis"),
    "G": gettext_lazy("Organisation"),
}


def index(request: HttpRequest) -> HttpResponse:
    """All pages by area, found by id, title or text and by the owner's role."""
    actor_of(request)
    words, role = request.GET.get("q", "").strip().lower(), request.GET.get("role", "")
    found = [
        row(entry)
        for entry in pages.pages().values()
        if words in entry.raw() and (not role or entry.structure.owner.value == role)
    ]
    areas = [(title, [entry for entry in found if entry["id"].startswith(letter)]) for letter, title in AREAS.items()]
    owners = {entry.structure.owner for entry in pages.pages().values()}
    return page(
        request,
        "consoles/handbook_index.html",
        title=_("Handbook"),
        areas=[area for area in areas if area[1]],
        roles=[(owner.value, owner.label) for owner in Role if owner in owners],
        role=role,
        words=request.GET.get("q", ""),
    )


def here(request: HttpRequest) -> HttpResponse:
    """The page of the screen that is named; a choice when several are about it, the index when none is."""
    actor_of(request)
    found = _about(request.GET.get("screen", ""))
    if len(found) == 1:
        return HttpResponseRedirect(reverse("admin:handbook_page", args=[found[0].id]))
    if not found:
        return HttpResponseRedirect(reverse("admin:handbook"))
    areas = [(_("About the screen you came from"), [row(entry) for entry in found])]
    return page(request, "consoles/handbook_index.html", title=_("Handbook"), areas=areas, choice=True)


def one(request: HttpRequest, page_id: str) -> HttpResponse:
    """One page in the reader's language."""
    actor_of(request)
    book = pages.pages()
    if page_id not in book:
        raise Http404
    entry, ids = book[page_id], list(book)
    place = ids.index(page_id)
    words, screen = entry.said(get_language() or ""), _screen(request, entry)
    return page(
        request,
        "consoles/handbook_page.html",
        title=words.title,
        subtitle=page_id,
        id=page_id,
        words=_written(entry, screen["html"]),
        owner=entry.structure.owner.label,
        parameters=[(REGISTER[code].title, sentences.measure(code)) for code in entry.structure.parameters],
        clause=pages.clauses().get(page_id),
        chart=_chart(entry.structure.lifecycle),
        screen=screen,
        previous=row(book[ids[place - 1]]) if place else None,
        following=row(book[ids[place + 1]]) if place + 1 < len(ids) else None,
    )


def _about(screen: str) -> list[Page]:
    """The pages about a screen; for a command's form those about its object, then those about its list."""
    owner = _admin_of(screen)
    stem = f"admin:{owner.opts.app_label}_{owner.opts.model_name}" if owner else screen
    for name in (screen, f"{stem}_change", f"{stem}_changelist"):
        if found := pages.on_screen(name):
            return found
    return []


def row(entry: Page) -> dict[str, Any]:
    """A page as an entry of a list."""
    words = entry.said(get_language() or "")
    written = sentences.written(words.purpose, format_html("{}", words.title))
    return {"id": entry.id, "title": words.title, "purpose": written, "owner": entry.structure.owner.label}


def _written(entry: Page, link: SafeString) -> dict[str, Any]:
    words = entry.said(get_language() or "")

    def all_of(texts: list[str]) -> list[SafeString]:
        return [sentences.written(text, link) for text in texts]

    return {
        "purpose": sentences.written(words.purpose, link),
        "steps": all_of(words.steps),
        "standard": all_of(words.standard),
        "cautions": all_of(words.cautions),
        "faq": [all_of([faq.question, faq.answer]) for faq in words.faq],
    }


def _screen(request: HttpRequest, entry: Page) -> dict[str, Any]:
    """The first screen that needs no argument: its title, its address for those who may open it, and both as HTML."""
    for name in entry.structure.screens:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        title, permitted = _title_and_leave(request, name, url)
        html = format_html('<a href="{}">{}</a>', url, title) if permitted else format_html("<strong>{}</strong>", title)
        return {"title": title, "url": url if permitted else "", "html": html}
    title = _list_title(entry.structure.screens[0]) or entry.said(get_language() or "").title
    return {"title": title, "url": "", "html": format_html("<strong>{}</strong>", title)}


def _title_and_leave(request: HttpRequest, name: str, url: str) -> tuple[str, bool]:
    """What the sidebar calls the screen and whether it lets the reader in; else what the model says."""
    for group in admin.site.each_context(request)["sidebar_navigation"]:
        for item in group["items"]:
            if str(item.get("link")) == url:
                return str(item["title"]), bool(item.get("has_permission", True))
    owner = _admin_of(name)
    return _list_title(name) or name, bool(owner and owner.has_view_permission(request))


def _list_title(name: str) -> str:
    owner = _admin_of(name)
    return capfirst(str(owner.opts.verbose_name_plural)) if owner else ""


def _admin_of(name: str) -> Any:
    """The model's pages to which an address belongs by its name."""
    local = name.partition(":")[2]
    for model, owner in admin.site._registry.items():
        if local.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return owner
    return None


def _chart(name: str) -> dict[str, Any] | None:
    if name not in charts.REGISTER:
        return None
    chart = charts.REGISTER[name]
    steps = charts.steps_of(chart, _buttons(chart.lifecycle))
    return {"steps": steps, "drawing": draw(charts.states_of(chart), steps)}


def _buttons(lifecycle: Any) -> Mapping[str, Any]:
    """What the back-office writes on the buttons of a lifecycle's steps."""
    found: dict[str, Any] = {}
    for owner in admin.site._registry.values():
        if isinstance(owner, LifecycleAdmin) and getattr(owner, "lifecycle", None) is lifecycle:
            found |= {name: command.label for name, command in owner.commands.items()}
    return found
