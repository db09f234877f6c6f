"""What is known of a file on disk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import PublicIdField, Record


class StoredFile(Record):
    """A file under MEDIA_ROOT. `path` is ours; `original_name` is shown, escaped, and never used as a path.

    `purpose` names the rule by which it is handed out, see access.
    """

    public_id = PublicIdField(prefix="fil")
    purpose = models.CharField(max_length=60)
    path = models.CharField(max_length=100, unique=True)
    original_name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("kind"), max_length=100)
    size = models.PositiveBigIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta(Record.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ()

    def __str__(self) -> str:
        return self.original_name
