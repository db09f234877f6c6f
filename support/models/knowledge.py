"""What agents and the bot answer from, who is there to answer, and how they speak."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opsdesk.common.records import PublicIdField, Record
from support.enums.knowledge import ArticleKind, ArticleState, PhraseKind, PresenceState, ToneState


class Article(Record):
    """One thing that customers ask about. `live` is the version that is answered from; `review_at` when to look at it again.

    Without a shop it holds for all of them. SOP: S7
    """

    public_id = PublicIdField(prefix="kba")
    kind = models.CharField(_("kind"), max_length=10, choices=ArticleKind)
    state = models.CharField(_("state"), max_length=10, choices=ArticleState, default=ArticleState.DRAFT)
    title = models.CharField(_("title"), max_length=120)
    shop = models.ForeignKey("shops.Shop", models.PROTECT, null=True, related_name="+", verbose_name=_("shop"))
    live = models.OneToOneField(
        "support.ArticleVersion", models.PROTECT, null=True, related_name="+", verbose_name=_("version in use")
    )
    review_at = models.DateTimeField(_("look at it again"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("knowledge base")
        default_permissions = ("view",)
        permissions = [
            ("write_article", _("Write articles of the knowledge base")),
            ("publish_article", _("Publish and retire articles of the knowledge base")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(live__isnull=False, review_at__isnull=False),
                name="article_published_is_live",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="article_state"),
            models.Index(fields=["title"], name="article_title", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["review_at"], name="article_review", condition=Q(state="published")),
        ]

    def __str__(self) -> str:
        return self.title


class ArticleVersion(models.Model):
    """What an article said from one day on. Never changed: the next version takes its place.

    `terms` are the words by which it is found, see support.rules.knowledge.retrieval. SOP: S7
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions", verbose_name=_("article"))
    no = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("answer"), max_length=5000)
    questions = ArrayField(models.CharField(max_length=120), default=list, verbose_name=_("how customers ask"))
    terms = ArrayField(models.CharField(max_length=40), default=list)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    written_by = models.CharField(_("written by"), max_length=150)
    written_at = models.DateTimeField(_("written"))
    publisher = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    published_by = models.CharField(_("published by"), max_length=150, blank=True)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        default_permissions = ()
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["article", "no"], name="articleversion_once"),
            models.CheckConstraint(
                condition=Q(publisher=None) | Q(author=None) | ~Q(publisher=F("author")),
                name="articleversion_by_a_second_person",
            ),
        ]
        indexes = [GinIndex(fields=["terms"], name="articleversion_terms")]

    def __str__(self) -> str:
        return str(self.no)


class Phrase(Record):
    """What is not said to customers, and what is said instead. SOP: S19"""

    public_id = PublicIdField(prefix="phr")
    phrase = models.CharField(_("phrase"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=PhraseKind)
    instead = models.CharField(_("say instead"), max_length=200, blank=True)
    active = models.BooleanField(_("in force"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases not for customers")
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return self.phrase


class AgentPresence(Record):
    """Whether an agent is there; `seen_at` is the last sign of life. SOP: S19"""

    public_id = PublicIdField(prefix="pre")
    user = models.OneToOneField("accounts.User", models.PROTECT, related_name="+", verbose_name=_("agent"))
    state = models.CharField(_("state"), max_length=10, choices=PresenceState)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta(Record.Meta):
        verbose_name = _("presence")
        verbose_name_plural = _("presence")
        default_permissions = ("view",)
        permissions = [("set_presence", _("Say whether one is online"))]

    def __str__(self) -> str:
        return str(self.user)


class PresenceSpan(models.Model):
    """A time in which an agent was online or busy. SOP: S19"""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=PresenceState)
    started_at = models.DateTimeField(pgettext_lazy("span", "from"))
    ended_at = models.DateTimeField(pgettext_lazy("span", "to"), null=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="presencespan_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")), name="presencespan_goes_forward"
            ),
        ]
        indexes = [models.Index(fields=["started_at"], name="presencespan_start")]


class ToneScore(Record):
    """A conversation that was picked to hear how an agent speaks; points from 1 to 5. SOP: S19"""

    public_id = PublicIdField(prefix="ton")
    ticket = models.OneToOneField("support.Ticket", models.PROTECT, related_name="tone", verbose_name=_("ticket"))
    agent = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("agent"))
    state = models.CharField(_("state"), max_length=10, choices=ToneState, default=ToneState.OPEN)
    due_at = models.DateTimeField(_("due"))
    politeness = models.PositiveSmallIntegerField(_("politeness"), null=True)
    clarity = models.PositiveSmallIntegerField(_("clarity"), null=True)
    helpfulness = models.PositiveSmallIntegerField(_("helpfulness"), null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    scorer = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    scored_by = models.CharField(_("scored by"), max_length=150, blank=True)
    scored_at = models.DateTimeField(_("scored"), null=True)
    advice = models.CharField(_("what was agreed"), max_length=500, blank=True)
    talked_at = models.DateTimeField(_("talked over"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("tone of a conversation")
        verbose_name_plural = _("tone of conversations")
        default_permissions = ("view",)
        permissions = [("score_tone", _("Score how agents speak"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(politeness=None, clarity=None, helpfulness=None)
                | Q(politeness__range=(1, 5), clarity__range=(1, 5), helpfulness__range=(1, 5)),
                name="tone_points",
            ),
            models.CheckConstraint(condition=Q(scorer=None) | ~Q(scorer=F("agent")), name="tone_by_a_second_person"),
            models.CheckConstraint(
                condition=Q(state="open", scored_at=None) | (~Q(state="open") & Q(scored_at__isnull=False)),
                name="tone_scored_when",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="tone_state"),
            models.Index(fields=["agent", "-id"], name="tone_agent"),
        ]

    def __str__(self) -> str:
        return str(self.ticket)
