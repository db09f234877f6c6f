"""Vocabulary of imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("Being checked")
    PREVIEWED = "previewed", _("Checked")
    APPLYING = "applying", _("Being written")
    APPLIED = "applied", _("Written")
    FAILED = "failed", _("Failed")


class Policy(models.TextChoices):
    """Whether one refused row keeps all of them out."""

    ALL = "all", _("All or nothing")
    GOOD_ROWS = "good_rows", _("Only the good rows")


class Outcome(models.TextChoices):
    """What a row does, or did, to the shop's data."""

    CREATED = "created", _("New")
    UPDATED = "updated", _("Changed")
    EXISTING = "existing", _("Unchanged")
    REFUSED = "refused", _("Refused")
