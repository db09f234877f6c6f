"""Users, API clients and shops."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from opsdesk.accounts.models import ApiClient, User
from opsdesk.accounts.roles import Role
from opsdesk.audit.queries import history
from opsdesk.common import clock
from opsdesk.consoles.pages.people import ADD, CHANGE
from opsdesk.doors.admin.actor import actor_of
from opsdesk.doors.admin.keyset import KeysetAdmin
from opsdesk.doors.admin.records import ReadOnlyAdmin
from opsdesk.shops.models import Shop
from opsdesk.shops.services import KIND, change_shop, note_opened

admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    keyset = ("username",)
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

    change_form_outer_before_template: Any = "consoles/user_commands.html"
    list_before_template: Any = "consoles/user_list_top.html"

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return ", ".join(str(Role(group.name).label) for group in user.groups.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        return {"may_change": actor_of(request).can(CHANGE)}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context: Any = {"may_add": actor_of(request).can(ADD), **(extra_context or {})}
        return super().changelist_view(request, context)


@admin.register(ApiClient)
class ApiClientAdmin(ReadOnlyAdmin):
    list_display = ("name", "prefix", "scopes", "all_shops", "rate_per_second", "expires_at", "revoked_at", "last_used_at")
    fields = list_display


@admin.register(Shop)
class ShopAdmin(KeysetAdmin):
    keyset = ("code",)
    list_display = ("code", "name", "platform", "currency", "is_open", "short_stock_policy", "auto_confirm", "round_desk")
    fields = list_display

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("code", "currency") if obj else ()

    change_form_outer_after_template: Any = "opsdesk/timeline.html"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The shop's policies are changed by the service, which keeps their history."""
        actor, now = actor_of(request), clock.now()
        if change:
            change_shop(shop_id=obj.pk, settings=form.cleaned_data, actor=actor, now=now)
        else:
            super().save_model(request, obj, form, change)
            note_opened(obj, actor=actor, now=now)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        shop = self.get_object(request, object_id) if object_id else None
        context = {"timeline": history(KIND, shop.code)} if shop else {}
        return super().changeform_view(request, object_id, form_url, context | (extra_context or {}))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
