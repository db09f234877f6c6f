"""The tree of categories: exactly three levels."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import Record

LEAF_LEVEL = 3


class Category(Record):
    """A category; products hang on leaves of level 3 only. SOP: C7"""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent"))
    level = models.PositiveSmallIntegerField(_("level"), editable=False)
    target_margin = models.PositiveSmallIntegerField(
        _("target margin (percent)"), null=True, blank=True, help_text=_("Empty: as the category above, else the parameter.")
    )

    class Meta(Record.Meta):
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=LEAF_LEVEL), name="category_three_levels"),
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False), name="category_root_has_no_parent"
            ),
            models.CheckConstraint(condition=Q(target_margin=None) | Q(target_margin__lt=100), name="category_margin_possible"),
        ]

    def __str__(self) -> str:
        return self.name
