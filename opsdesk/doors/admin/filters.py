"""Filters of lists whose choices are known beforehand: asking the table for its values would read all of it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest


def choice_filter(heading: Any, column: str, offered: Callable[[], Iterable[tuple[str, Any]]]) -> type[admin.SimpleListFilter]:
    """A filter on a column without choices of its own; `offered` gives values and labels when the list is opened."""

    class ChoiceFilter(admin.SimpleListFilter):
        title = heading
        parameter_name = column

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
            return list(offered())

        def queryset(self, request: HttpRequest, queryset: Any) -> Any:
            chosen = [value for value, _ in offered() if value == self.value()]
            return queryset.filter(**{column: chosen[0]}) if chosen else queryset

    return ChoiceFilter
