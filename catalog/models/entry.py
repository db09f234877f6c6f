"""What listings are written by: the form of each category, tags, service commitments, patterns of claims; and waivers."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.enums.entry import AttributeKind, TagKind
from catalog.enums.listings import Severity, WordKind
from opsdesk.common.records import PublicIdField, Record

_ADD_CHANGE_VIEW = ("add", "change", "view")


class CategoryAttribute(Record):
    """One field of a category's prescribed form; it holds for the categories below as well. SOP: C5, C7"""

    category = models.ForeignKey("catalog.Category", models.PROTECT, related_name="attributes", verbose_name=_("category"))
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=AttributeKind, default=AttributeKind.TEXT)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    choices = ArrayField(models.CharField(max_length=60), verbose_name=_("choices"), default=list, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    help_text = models.CharField(_("help text"), max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(pgettext_lazy("rank", "order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("field of a category's form")
        verbose_name_plural = _("forms of categories")
        default_permissions = _ADD_CHANGE_VIEW
        indexes = [models.Index(fields=["category", "rank", "id"], name="attribute_place")]
        constraints = [
            models.UniqueConstraint(fields=["category", "name"], name="attribute_once_a_category"),
            models.CheckConstraint(
                condition=~models.Q(kind=AttributeKind.CHOICE) | models.Q(choices__len__gt=0), name="attribute_has_choices"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(Record):
    """A tag that search and recommendation read. Code and label never change: listings were approved with them. SOP: C8"""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=TagKind, default=TagKind.OWN)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        default_permissions = _ADD_CHANGE_VIEW

    def __str__(self) -> str:
        return self.label


class Commitment(Record):
    """A service that is promised to customers, with the text that they read. Code and label never change. SOP: C9"""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=60, unique=True)
    text = models.CharField(_("text shown to customers"), max_length=300)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("service commitment")
        verbose_name_plural = _("service commitments")
        default_permissions = _ADD_CHANGE_VIEW

    def __str__(self) -> str:
        return self.label


class ClaimPattern(Record):
    """A manner of claiming that a listing must not use, with wildcards; without category it holds everywhere. SOP: C13"""

    pattern = models.CharField(_("pattern"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=WordKind, default=WordKind.FALSE_CLAIM)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.WARNING)
    category = models.ForeignKey(
        "catalog.Category", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in category")
    )
    allow_phrases = ArrayField(models.CharField(max_length=60), verbose_name=_("allowed phrases"), default=list, blank=True)
    may_override = models.BooleanField(_("a supervisor may override it"), default=False)
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("pattern of claims")
        verbose_name_plural = _("patterns of claims")
        default_permissions = _ADD_CHANGE_VIEW

    def __str__(self) -> str:
        return self.pattern


class FindingWaiver(models.Model):
    """Somebody took responsibility for one finding in exactly one content of a revision. SOP: C13"""

    public_id = PublicIdField(prefix="wav")
    revision = models.ForeignKey("catalog.ListingRevision", models.PROTECT, related_name="waivers", verbose_name=_("listing"))
    content_hash = models.CharField(max_length=64)
    code = models.CharField(_("code"), max_length=40)
    pointer = models.CharField(_("field"), max_length=200, blank=True)
    detail = models.CharField(max_length=600, blank=True)
    reason = models.CharField(_("reason"), max_length=500)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("waived by"))
    waived_at = models.DateTimeField(_("waived"))

    class Meta:
        verbose_name = _("waived finding")
        verbose_name_plural = _("waived findings")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "content_hash", "code", "pointer", "detail"], name="finding_waived_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.pointer}"
