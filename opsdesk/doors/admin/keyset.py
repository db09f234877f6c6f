"""Lists that cost the same on every page: fixed indexed order, no counting, no skipping."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.views.main import ORDER_VAR
from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from unfold.admin import ModelAdmin
from unfold.views import ChangeList

from opsdesk.common.narrowing import FEW, any_of, first_with

AFTER, BEFORE = "after", "before"
LONGEST = 500  # characters of a cursor


class WrongCursor(ValueError):
    """What stands in the address is no place of this list."""


@dataclass(frozen=True)
class Keyset:
    """The order of a list: columns of which the last is unique, all in one direction."""

    columns: tuple[str, ...]
    descending: bool

    @classmethod
    def of(cls, declared: Sequence[str]) -> "Keyset":
        """From the names as an admin declares them, such as ("-id",) or ("name", "id")."""
        down = {name.startswith("-") for name in declared}
        if len(down) != 1:
            raise ValueError(f"One direction for all columns, please: {declared}")
        return cls(tuple(name.lstrip("-") for name in declared), down == {True})

    def ordering(self, *, backwards: bool = False) -> list[str]:
        """The columns as order_by takes them."""
        return [f"-{name}" if self.descending != backwards else name for name in self.columns]

    def place(self, row: Model) -> str:
        """The cursor of a row."""
        fields = (row._meta.get_field(name) for name in self.columns)
        return json.dumps([field.value_to_string(row) for field in fields], ensure_ascii=False)  # type: ignore[union-attr]

    def values(self, cursor: str, model: type[Model]) -> list[Any]:
        """What a cursor says. Raises: WrongCursor."""
        try:
            cursor.encode()
            texts = json.loads(cursor) if len(cursor) <= LONGEST else None
        except (ValueError, RecursionError):
            raise WrongCursor from None
        if not isinstance(texts, list) or len(texts) != len(self.columns):
            raise WrongCursor
        return [_value(model, name, text) for name, text in zip(self.columns, texts, strict=True)]

    def beyond(self, rows: QuerySet[Any], values: Sequence[Any], *, backwards: bool) -> QuerySet[Any]:
        """Only the rows that follow the place, or with `backwards` those before it."""
        return rows.filter(_beyond(self.columns, values, "lt" if self.descending != backwards else "gt"))


def _beyond(columns: Sequence[str], values: Sequence[Any], sign: str) -> Q:
    """The comparison of whole rows, so written that an index on the columns serves it."""
    first = Q(**{f"{columns[0]}__{sign}": values[0]})
    if len(columns) == 1:
        return first
    return Q(**{f"{columns[0]}__{sign}e": values[0]}) & (first | _beyond(columns[1:], values[1:], sign))


def _value(model: type[Model], name: str, text: Any) -> Any:
    field = model._meta.get_field(name)
    field = getattr(field, "output_field", field) if field.generated else field  # type: ignore[union-attr]
    if not isinstance(text, str) or "\x00" in text:
        raise WrongCursor
    try:
        text.encode()
        value = field.to_python(text)  # type: ignore[union-attr]
    except (ValidationError, ValueError, OverflowError):
        raise WrongCursor from None
    if value is None or (isinstance(field, DateTimeField) and value.tzinfo is None):
        raise WrongCursor
    return value


_OTHERS = ("__icontains", "__exact")
_MANY = "keyset_search_cut"  # set on a request whose search fits more rows than are shown


@dataclass(frozen=True)
class Pager:
    """The links below a list; stands where the frame expects a paginator."""

    previous: str
    following: str
    first: str
    descending: bool
    template_name: ClassVar[str] = "opsdesk/pager.html"


class KeysetChangeList(ChangeList):
    """A page is what follows, or comes before, the row that the address names; no total is known."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        for name in (AFTER, BEFORE, ORDER_VAR):  # they are no filters, and no link but the pager's keeps them
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        if getattr(request, _MANY, False):
            text = gettext("More than %(few)s rows begin with “%(term)s”; these are the first of them. Type more of it.")
            messages.warning(request, text % {"few": FEW, "term": self.query})
        return rows

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        return [*self.keyset.ordering()]

    @property
    def keyset(self) -> Keyset:
        assert isinstance(self.model_admin, KeysetAdmin)
        return Keyset.of(self.model_admin.keyset)

    def get_results(self, request: HttpRequest) -> None:
        backwards = BEFORE in request.GET
        rows, cut = self._beyond(request, backwards=backwards)
        ordering = self.keyset.ordering(backwards=cut and backwards)
        found = list(rows.order_by(*ordering)[: self.list_per_page + 1])
        more, found = len(found) > self.list_per_page, found[: self.list_per_page]
        if cut and backwards:
            found.reverse()
        newer, older = (more, True) if cut and backwards else (cut, more)
        self._show(found, newer=newer, older=older, cut=cut)

    def _beyond(self, request: HttpRequest, *, backwards: bool) -> tuple[QuerySet[Any], bool]:
        """The rows from the place in the address on; all of them where it names none."""
        cursor = request.GET.get(BEFORE if backwards else AFTER)
        if cursor is None:
            return self.queryset, False
        try:
            values = self.keyset.values(cursor, self.model)
        except WrongCursor:
            messages.error(request, gettext("The address names no place in this list; here is its beginning."))
            return self.queryset, False
        return self.keyset.beyond(self.queryset, values, backwards=backwards), True

    def _show(self, found: list[Any], *, newer: bool, older: bool, cut: bool) -> None:
        link, place = self.get_query_string, self.keyset.place
        self.paginator = Pager(
            link({BEFORE: place(found[0])}) if found and newer else "",
            link({AFTER: place(found[-1])}) if found and older else "",
            link() if cut else "",
            self.keyset.descending,
        )
        self.result_list = found
        self.result_count = self.full_result_count = len(found)
        self.show_full_result_count, self.show_admin_actions = False, True
        self.show_all = self.can_show_all = self.multi_page = False


class KeysetAdmin(ModelAdmin):
    """A list in the order of `keyset`: ("-id",), or columns with an index, the last of them unique, all in one direction."""

    keyset: ClassVar[tuple[str, ...]] = ("-id",)
    list_per_page = 50
    sortable_by: ClassVar[Any] = ()
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return KeysetChangeList

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return self.keyset

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> tuple[QuerySet[Any], bool]:
        """Whatever a search field finds by its own index; of a beginning that fits very many rows the first of them.

        The whole text is one term, for numbers and codes are what is searched for.
        """
        term, fields = search_term.strip(), self.get_search_fields(request)
        if not term or not fields:
            return queryset, False
        others = [self.model._base_manager.filter(**{name: term}) for name in fields if name.endswith(_OTHERS)]
        condition, cut = any_of(*others) if others else Q(), False
        for path in [name.removesuffix("__startswith") for name in fields if not name.endswith(_OTHERS)]:
            keys, more = first_with(queryset, path, term)
            condition, cut = condition | Q(pk__in=keys), cut or more
        setattr(request, _MANY, cut)
        return queryset.filter(condition), False
