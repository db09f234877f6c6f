"""The knowledge base in the browser: looking answers up, writing, publishing. SOP: S7"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from opsdesk.common import clock
from opsdesk.common.actors import Actor
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.columns import column
from opsdesk.doors.admin.forms import CommandForm, ReasonForm, posted
from opsdesk.doors.admin.records import Command, LifecycleAdmin
from opsdesk.shops.models import Shop
from support.admin.knowledge.panel import answers_view
from support.admin.sla.pages import allow, answer
from support.enums.knowledge import ArticleKind, ArticleState
from support.models import Article
from support.queries.knowledge import articles as queries
from support.rules.knowledge.lifecycle import ARTICLE_LIFECYCLE
from support.services.knowledge import articles
from support.services.knowledge.articles import ArticleText

COLOURS = {ArticleState.DRAFT: "amber", ArticleState.PUBLISHED: "green", ArticleState.RETIRED: "grey"}
LONGEST = 120  # characters of one way to ask


class TextForm(CommandForm):
    """What an article says."""

    title = forms.CharField(label=_("Title"), max_length=120)
    body = forms.CharField(label=pgettext_lazy("article", "Answer"), max_length=5000, widget=forms.Textarea)
    questions = forms.CharField(
        label=_("How customers ask"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("One a line; they are found by these words as well."),
    )

    def clean_questions(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(gettext("A line has 120 characters at most."))
        return lines

    def text(self) -> ArticleText:
        """The text as the service takes it."""
        data = self.cleaned_data
        return ArticleText(data["title"], data["body"], data["questions"])


class NewForm(TextForm):
    """What it is about, and in which shop it holds."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ArticleKind.choices)
    shop_id = forms.TypedChoiceField(label=_("Shop"), coerce=int, empty_value=None, required=False)
    field_order = ("kind", "shop_id", "title", "body", "questions")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shops = [(row.pk, str(row)) for row in Shop.objects.order_by("code") if actor.sees_shop(row.pk)]
        self.fields["shop_id"].choices = [("", _("All shops")), *shops]  # type: ignore[attr-defined]


@admin.register(Article)
class ArticleAdmin(LifecycleAdmin):
    """SOP: S7"""

    subject_kind = articles.KIND
    subject_argument = "article_id"
    state_field = "state"
    lifecycle = ARTICLE_LIFECYCLE
    commands = {
        "publish": Command(label=_("Publish the newest version"), run=articles.publish_article),
        "keep": Command(label=_("It still holds"), run=articles.keep_article),
        "retire": Command(label=_("Retire"), run=articles.retire_article, form=ReasonForm, danger=True),
    }
    list_before_template: Any = "support/knowledge/article_list_top.html"
    change_form_outer_after_template: Any = "support/knowledge/article_versions.html"
    keyset = ("-id",)
    list_display = ("title", "kind", "coloured_state", "shop", "review_at")
    list_select_related = ("shop",)
    list_filter = ("state", "kind", "shop")
    search_fields = ("title__startswith",)
    fields = (("kind", "coloured_state", "shop"), ("title", "review_at"))
    readonly_fields = ("coloured_state",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(pk__in=queries.visible_to(actor_of(request)))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("search/", view(self.search_view), name="support_article_search"),
            path("answers/<int:ticket_id>/", view(answers_view), name="support_article_answers"),
            path("new/", view(self.new_view), name="support_article_new"),
            path("<int:key>/write/", view(self.write_view), name="support_article_write"),
            *super().get_urls(),
        ]

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return super().page_context(request, obj) | {"versions": queries.versions_of(obj)}

    def buttons(self, obj: Any, actor: Actor) -> list[dict[str, Any]]:
        found = super().buttons(obj, actor)
        if actor.can(ARTICLE_LIFECYCLE.transitions["rewrite"].permission):
            url = reverse("admin:support_article_write", args=[obj.pk])
            found.append({"name": "rewrite", "label": _("Write a new version"), "danger": False, "url": url})
        return found

    def search_view(self, request: HttpRequest) -> HttpResponse:
        """Answers to a question, best first."""
        allow(request, "support.view_article")
        actor, question = actor_of(request), request.GET.get("q", "").strip()[:200]
        found = queries.search(question, shop_id=None) if question else []
        context = self.admin_site.each_context(request) | {
            "title": gettext("Look an answer up"),
            "question": question,
            "found": [hit for hit in found if hit.article.shop_id is None or actor.sees_shop(hit.article.shop_id)],
        }
        return TemplateResponse(request, "support/knowledge/search.html", context)

    def new_view(self, request: HttpRequest) -> HttpResponse:
        """Begin an article."""
        allow(request, ARTICLE_LIFECYCLE.transitions["rewrite"].permission)
        actor = actor_of(request)
        form = NewForm(posted(request), actor=actor)

        def run(data: dict[str, Any]) -> object:
            chosen = {"kind": data["kind"], "shop_id": data["shop_id"], "text": form.text()}
            return articles.write_article(**chosen, actor=actor, now=clock.now())

        return self._answer(request, form, run, gettext("Write an article"), reverse("admin:support_article_changelist"))

    def write_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Write the next version; it begins as the last one stands."""
        allow(request, ARTICLE_LIFECYCLE.transitions["rewrite"].permission)
        actor, article = actor_of(request), get_object_or_404(self.get_queryset(request), pk=key)
        last = queries.newest(article.pk)
        initial = {"title": last.title, "body": last.body, "questions": "\n".join(last.questions)}
        form = TextForm(posted(request), initial=initial)

        def run(_data: dict[str, Any]) -> object:
            return articles.rewrite_article(article_id=article.pk, text=form.text(), actor=actor, now=clock.now())

        back = reverse("admin:support_article_change", args=[article.pk])
        return self._answer(request, form, run, gettext("Write a new version"), back)

    def _answer(self, request: HttpRequest, form: CommandForm, run: Any, label: str, back: str) -> HttpResponse:
        return answer(request, self, form=form, run=run, label=label, button=_("Save"), back=back)

    @column(_("state"), colours=COLOURS)
    def coloured_state(self, row: Article) -> tuple[str, str]:
        return row.state, row.get_state_display()
