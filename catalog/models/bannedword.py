"""Words that a listing must not use."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.enums.listings import Severity, WordKind
from opsdesk.common.records import Record


class BannedWord(Record):
    """A word and the longer phrases in which it is harmless; without category it holds everywhere. SOP: C13"""

    word = models.CharField(_("word"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=WordKind, default=WordKind.BANNED)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.ERROR)
    category = models.ForeignKey(
        "catalog.Category", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("only in category")
    )
    allow_phrases = ArrayField(
        models.CharField(max_length=60),
        verbose_name=_("allowed phrases"),
        default=list,
        blank=True,
        help_text=_("Longer phrases in which the word is harmless, separated by commas."),
    )
    may_override = models.BooleanField(_("a supervisor may override it"), default=False)
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta(Record.Meta):
        verbose_name = _("banned word")
        verbose_name_plural = _("banned words")
        default_permissions = ("add", "change", "view")

    def __str__(self) -> str:
        return self.word
