"""Users and their roles, as the system administrator keeps them."""

from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from opsdesk.accounts.models import User
from opsdesk.accounts.roles import Role
from opsdesk.accounts.services import create_user, set_active, set_roles
from opsdesk.common import clock
from opsdesk.common.errors import DomainError
from opsdesk.consoles.pages.base import actor_with, page
from opsdesk.doors.admin.forms import CommandForm, posted
from opsdesk.shops.models import Shop

ADD, CHANGE = "accounts.add_user", "accounts.change_user"


class RolesForm(CommandForm):
    """Which roles somebody has."""

    roles = forms.MultipleChoiceField(label=gettext_lazy("Roles"), choices=Role.choices, required=False)


class ActiveForm(CommandForm):
    """Whether somebody may sign in."""

    active = forms.BooleanField(label=gettext_lazy("May sign in"), required=False)


class NewUserForm(RolesForm):
    """A new member of staff; the first password is to be changed at the first sign-in."""

    username = forms.SlugField(label=gettext_lazy("User name"), max_length=60)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=60, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    password = forms.CharField(label=gettext_lazy("First password"), validators=[validate_password])
    all_shops = forms.BooleanField(label=gettext_lazy("All shops"), required=False)
    shops = forms.MultipleChoiceField(label=gettext_lazy("Shops"), required=False)
    field_order = ("username", "name", "email", "password", "roles", "all_shops", "shops")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        shops = self.fields["shops"]
        assert isinstance(shops, forms.MultipleChoiceField)
        shops.choices = [(shop.code, f"{shop.code} {shop.name}") for shop in Shop.objects.order_by("code")]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("This user name is taken."))
        return username


def user_add(request: HttpRequest) -> HttpResponse:
    """Make a member of staff."""
    actor = actor_with(request, ADD)
    form = NewUserForm(posted(request))
    if request.method == "POST" and form.is_valid():
        user = create_user(**form.cleaned_data, must_change_password=True, actor=actor, now=clock.now())
        messages.success(request, _("%(user)s may sign in.") % {"user": user.username})
        return _to(user)
    return _form(request, form, _("New user"))


def user_roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody exactly these roles; nobody their own."""
    actor = actor_with(request, CHANGE)
    user = get_object_or_404(User, pk=pk)
    form = RolesForm(posted(request), initial={"roles": list(user.groups.values_list("name", flat=True))})
    if request.method == "POST" and form.is_valid():
        try:
            set_roles(user=user, roles=form.cleaned_data["roles"], actor=actor, now=clock.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The roles are in force."))
            return _to(user)
    return _form(request, form, _("Roles of %(user)s") % {"user": user.username})


def user_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close somebody's account; closing ends their sessions at once."""
    actor = actor_with(request, CHANGE)
    user = get_object_or_404(User, pk=pk)
    form = ActiveForm(posted(request), initial={"active": user.is_active})
    if request.method == "POST" and form.is_valid():
        try:
            set_active(user=user, active=form.cleaned_data["active"], actor=actor, now=clock.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return _to(user)
    return _form(request, form, _("Access of %(user)s") % {"user": user.username})


def _to(user: User) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[user.pk]))


def _form(request: HttpRequest, form: CommandForm, title: str) -> HttpResponse:
    return page(request, "consoles/form.html", status=422 if form.errors else 200, title=title, form=form)
