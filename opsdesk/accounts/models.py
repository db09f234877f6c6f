"""Users and API clients."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from opsdesk.common.records import Record
from opsdesk.shops.models import Shop


class User(AbstractUser):
    """A member of staff. What they may do follows from their roles (groups), where from their shops."""

    shops = models.ManyToManyField(Shop, verbose_name=_("shops"), blank=True, related_name="+")
    all_shops = models.BooleanField(_("all shops"), default=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    must_change_password = models.BooleanField(_("must change the password"), default=False)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]


class ApiClient(Record):
    """A program that calls the REST API with a key of its own. The key's secret is stored as a hash only."""

    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("key prefix"), max_length=16, unique=True, editable=False)
    secret_hash = models.CharField(max_length=64, editable=False)
    scopes = ArrayField(models.CharField(max_length=40), verbose_name=_("scopes"), default=list)
    shop_ids = ArrayField(models.BigIntegerField(), default=list)
    all_shops = models.BooleanField(_("all shops"), default=False)
    allowed_networks = ArrayField(models.CharField(max_length=50), verbose_name=_("allowed networks"), default=list, blank=True)
    rate_per_second = models.PositiveIntegerField(_("requests per second"), default=100)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("API client")
        verbose_name_plural = _("API clients")

    def __str__(self) -> str:
        return self.name
