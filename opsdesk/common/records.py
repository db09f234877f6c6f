"""The columns that every business row has, kept by the database so that bulk and raw SQL keep them as well."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Func
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from opsdesk.common.ids import LENGTH, new_id


class CurrentTransactionId(Func):
    """The id of the transaction that is writing."""

    function = "pg_current_xact_id"
    template = "%(function)s()"
    arity = 0


class TransactionIdField(models.Field):  # type: ignore[type-arg]
    """A transaction id. Feeds serve only rows whose transaction cannot be overtaken any more."""

    description = "PostgreSQL xid8"

    def db_type(self, connection: Any) -> str:
        return "xid8"


class PublicIdField(models.CharField):  # type: ignore[type-arg]
    """The id that the outside world sees, such as ``ord_01J...``."""

    def __init__(self, *args: Any, prefix: str = "", **kwargs: Any) -> None:
        self.prefix = prefix
        kwargs |= {"max_length": LENGTH, "unique": True, "editable": False, "verbose_name": _("id")}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "unique", "editable", "verbose_name"):
            kwargs.pop(key, None)
        return name, path, args, kwargs | {"prefix": self.prefix}

    def get_default(self) -> str:
        return new_id(self.prefix)


TOUCH = pgtrigger.Trigger(
    name="touch",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func="NEW.updated_at := now(); NEW.version := OLD.version + 1; NEW.xid := pg_current_xact_id(); RETURN NEW;",
)


class Record(models.Model):
    """A row that people and programs change: when, which version, in which transaction."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(db_default=1, editable=False)
    xid = TransactionIdField(db_default=CurrentTransactionId(), editable=False)

    class Meta:
        abstract = True
        triggers = [TOUCH]
