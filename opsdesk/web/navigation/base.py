"""The form of a sidebar entry."""

from typing import Any

from django.urls import reverse_lazy


def may(permission: str) -> Any:
    return lambda request: request.user.has_perm(permission)


def item(title: Any, icon: str, url_name: str, permission: str | None = None) -> dict[str, Any]:
    entry: dict[str, Any] = {"title": title, "icon": icon, "link": reverse_lazy(url_name)}
    return entry | ({"permission": may(permission)} if permission else {})
