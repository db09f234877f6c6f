"""The forms of categories as lists: what may be chosen, and what may stand above a column of a table."""

from catalog.models import Category, CategoryAttribute
from catalog.rules.completeness import LEAF_LEVEL
from catalog.rules.entry.attributes import pointer_of


def leaf_paths() -> list[tuple[str, str]]:
    """Code and path of the categories that products may hang on, by path. SOP: C7"""
    leaves = Category.objects.filter(level=LEAF_LEVEL).select_related("parent__parent")
    paths = ((leaf.code, f"{leaf.parent.parent} / {leaf.parent} / {leaf}") for leaf in leaves if leaf.parent)
    return sorted(paths, key=lambda choice: choice[1])


def attribute_columns() -> dict[str, str]:
    """The name of every specification that some category asks for, and the column of a table that gives it. SOP: C5"""
    names = CategoryAttribute.objects.filter(is_active=True).values_list("name", flat=True)
    return {name: column_of(name) for name in sorted(set(names))}


def column_of(name: str) -> str:
    """The field of the column of a specification: its pointer without the first slash."""
    return pointer_of(name).lstrip("/")
