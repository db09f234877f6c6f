"""What buyers search for: the figures by day, and the top terms with their change."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSingleDateWidget

from catalog.admin.selection.frame import AddingAdmin, choose
from catalog.models import SearchTermCount
from catalog.parameters.selection import TERM_PERIOD
from catalog.queries.selection.market import top_terms
from catalog.services.selection import terms
from catalog.services.selection.terms import TermCount
from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.common.errors import DomainError
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.doors.api.problems import status_of
from opsdesk.doors.words import say
from opsdesk.duties.definitions import SHOP_TIME
from opsdesk.parameters.queries import value
from opsdesk.shops.queries import visible_to

MOST = 2_000_000_000  # what a column of whole numbers holds


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST)


class TermForm(CommandForm):
    """The figures of one term on one day."""

    shop = forms.ChoiceField(label=_("Shop"))
    day = forms.DateField(label=_("Day"), widget=UnfoldAdminSingleDateWidget)
    term = forms.CharField(label=_("Search term"), max_length=120)
    searches = _count(_("Searches"))
    results = _count(_("Results"))
    clicks = _count(_("Clicks"))

    def refuse(self, error: DomainError) -> None:
        """The service names the row first; there is only one."""
        for issue in error.issues:
            field = issue.pointer.split("/")[-1]
            self.add_error(field if field in self.fields else None, say(issue.message, issue.params))
        if not error.issues:
            super().refuse(error)


@admin.register(SearchTermCount)
class SearchTermCountAdmin(AddingAdmin):
    """The figures by day, newest first, and the screen of the top terms. SOP: C1"""

    shop_field = "shop"
    form_class, add_permission, add_title = TermForm, "catalog.add_searchtermcount", _("Search term of a day")
    list_display = ("day", "shop", "term", "searches", "results", "clicks")
    list_select_related = ("shop",)
    list_filter = ("shop",)
    search_fields = ("term__startswith",)
    keyset = ("-day", "-id")
    fields = list_display

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("top/", wrap(self.top_view), name="catalog_searchterm_top"), *super().get_urls()]

    def make_form(self, request: HttpRequest, row: Any) -> CommandForm:
        form = TermForm(posted(request))
        choose(form, "shop", [(shop.code, shop.name) for shop in visible_to(actor_of(request))])
        return form

    def keep(self, row: None, form: TermForm, actor: Actor) -> SearchTermCount:
        count = TermCount(**form.cleaned_data)
        return terms.record_term(count=count, actor=actor, now=clock.now())

    def page_of(self, row: Any) -> str:
        return self.changelist()

    def top_view(self, request: HttpRequest) -> HttpResponse:
        """The terms searched most with their change, those without results, and the click that proposes one."""
        actor, status = actor_of(request), 200
        if not actor.can("catalog.view_searchtermcount"):
            raise PermissionDenied
        if request.method == "POST":
            try:
                line = terms.propose_term(term=request.POST.get("term", ""), actor=actor, now=clock.now())
            except DomainError as refusal:
                messages.error(request, say(refusal.message_id, refusal.params))
                status = status_of(refusal)
            else:
                messages.success(request, gettext("On the selection list: %(line)s") % {"line": line})
                return HttpResponseRedirect(reverse("admin:catalog_selectionline_edit", args=[line.pk]))
        return TemplateResponse(request, "catalog/selection/top_terms.html", self._top(request, actor), status=status)

    def _top(self, request: HttpRequest, actor: Actor) -> dict[str, Any]:
        shops = list(visible_to(actor))
        chosen = request.GET.get("shop", "")
        until, period = _day(request), value(TERM_PERIOD)
        only_empty = "empty" in request.GET
        found = top_terms(
            shop_ids=[shop.pk for shop in shops if chosen in ("", shop.code)], until=until, period=period, only_empty=only_empty
        )
        return self.admin_site.each_context(request) | {
            "title": _("Top search terms"),
            "found": found,
            "shops": shops,
            "chosen": chosen,
            "until": until,
            "days": period.days,
            "only_empty": only_empty,
            "may_propose": actor.can("catalog.change_selectionlist"),
            "may_add": actor.can(self.add_permission),
            "opts": self.opts,
        }


def _day(request: HttpRequest) -> date:
    """The day that the address names, else today; what is no day is said to be none."""
    text = request.GET.get("until", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        if text:
            messages.error(request, gettext("“%(text)s” is no day; these are the days until today.") % {"text": text[:40]})
        return clock.now().astimezone(SHOP_TIME).date()
