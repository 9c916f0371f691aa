"""What administrators keep: municipalities and their people. The rest has pages of its own."""

from allauth.account.decorators import secure_admin_login
from allauth.mfa.admin import AuthenticatorAdmin as SecondFactors
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest

from trajecten import accounts
from trajecten.forms.administration import MunicipalityForm, UserForm
from trajecten.models import Municipality, StaffRole, Team, User

# Signing in goes one way for everybody, with a second factor for who has to have one.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


def _is_superuser(request: HttpRequest) -> bool:
    """Administering goes over all municipalities, so there is nothing in it for who may do only a part."""
    return request.user.is_active and request.user.is_superuser


admin.site.has_permission = _is_superuser  # type: ignore[method-assign]


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    form = MunicipalityForm
    list_display = ["name", "code", "is_participating"]
    list_filter = ["is_participating"]
    search_fields = ["name", "code"]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    form = UserForm
    list_display = ["email", "name", "is_adviser", "is_staff", "is_active"]
    search_fields = ["email", "name"]

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Who is added here signs in with a code sent to this address, so it needs no second proof."""
        super().save_model(request, obj, form, change)
        accounts.set_address(user=obj)


@admin.register(StaffRole)
class StaffRoleAdmin(admin.ModelAdmin):
    list_display = ["user", "municipality", "role"]
    list_select_related = ["user", "municipality"]
    autocomplete_fields = ["user", "municipality"]


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ["name", "municipality"]
    list_select_related = ["municipality"]
    filter_horizontal = ["members"]


admin.site.unregister(Authenticator)


@admin.register(Authenticator)
class AuthenticatorAdmin(SecondFactors):
    """Administrators take away the second factor that somebody lost. Its secret, with which one could sign in
    as them, is not shown, and a factor can't be made or changed here."""

    fields = ["user", "type", "created_at", "last_used_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Authenticator | None = None) -> bool:
        return False
