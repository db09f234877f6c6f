"""Users, API clients and shops."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from opsdesk.accounts.models import ApiClient, User
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.shops.models import Shop

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ("username", "first_name", "email", "roles", "is_active", "last_login")
    search_fields = ("username__startswith", "email__startswith")
    fields = (
        "username",
        "first_name",
        "last_name",
        "email",
        "language",
        "roles",
        "all_shops",
        "shops",
        "is_active",
        "last_login",
    )

    @admin.display(description="roles")
    def roles(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())


@admin.register(ApiClient)
class ApiClientAdmin(ReadOnlyAdmin):
    list_display = ("name", "prefix", "scopes", "all_shops", "rate_per_second", "expires_at", "revoked_at", "last_used_at")
    fields = list_display


@admin.register(Shop)
class ShopAdmin(ModelAdmin):
    list_display = ("code", "name", "platform", "currency", "is_open", "short_stock_policy", "auto_confirm", "round_desk")
    fields = list_display

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "currency") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
