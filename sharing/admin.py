"""Accounts, tokens and failed sign-ins for operators; the actions call the functions of accounts.py."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.http import HttpRequest

from library.importing.names import safe_folder
from sharing import accounts
from sharing.forms import SettingsForm
from sharing.models import AccessToken, Account, FailedLogin


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg] # generic in the stubs only
    """Ends sessions and media addresses as every change of a password does."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without a password nobody could sign in; to that end accounts are deactivated.
        self.fields.pop("usable_password", None)

    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002 - Django's signature
        accounts.change_password(self.user, self.cleaned_data["password1"])
        user: User = self.user
        return user


class PersonForm(UserChangeForm):  # type: ignore[type-arg] # generic in the stubs only
    def clean_username(self) -> str:
        """Names differ by more than their case."""
        name = accounts.clean_name(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Another account has this name.")
        return name


class NewPersonForm(AdminUserCreationForm):  # type: ignore[type-arg] # generic in the stubs only
    def clean_username(self) -> str:
        return accounts.clean_name(super().clean_username() or "")


class AccountForm(SettingsForm):
    class Meta(SettingsForm.Meta):
        fields = ["role", "upload_path", *SettingsForm.Meta.fields]
        help_texts = {"upload_path": "Folder below the originals for what the account uploads; empty: the originals."}

    def has_changed(self) -> bool:
        """A new person gets an account also where nobody changed what the form proposes."""
        return self.instance.pk is None or super().has_changed()

    def clean_upload_path(self) -> str:
        return safe_folder(self.cleaned_data["upload_path"])

    def clean_role(self) -> str:
        """The last administrator keeps the role."""
        role: str = self.cleaned_data["role"]
        if self.instance.pk and role != Account.objects.get(pk=self.instance.pk).role:
            _or_invalid(lambda: accounts.refuse_demotion(self.instance, role))
        return role


class AccountInline(admin.StackedInline):  # type: ignore[type-arg] # generic in the stubs only
    model = Account
    form = AccountForm
    can_delete = False
    min_num = 1


class PersonAdmin(UserAdmin):  # type: ignore[type-arg] # generic in the stubs only
    inlines = [AccountInline]
    form = PersonForm
    add_form = NewPersonForm
    change_password_form = NewPasswordForm
    list_display = ["username", "role", "email", "is_active", "last_login"]
    list_filter = ["is_active", "account__role"]
    list_select_related = ["account"]
    search_fields = ["username", "email", "account__display_name"]
    readonly_fields = ["is_active", "last_login", "date_joined"]
    fieldsets = [(None, {"fields": ["username", "password", "email", "is_active", "last_login", "date_joined"]})]
    filter_horizontal = ()
    actions = ["sign_out", "deactivate", "activate"]

    @admin.display(ordering="account__role")
    def role(self, user: User) -> str:
        return accounts.account_of(user).get_role_display()

    @admin.action(description="Sign out everywhere")
    def sign_out(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._for_each(request, users, accounts.end_sessions)

    @admin.action(description="Deactivate")
    def deactivate(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._for_each(request, users, accounts.deactivate)

    @admin.action(description="Activate")
    def activate(self, request: HttpRequest, users: QuerySet[User]) -> None:
        self._for_each(request, users, accounts.activate)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self._for_each(request, [obj], accounts.remove_account)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self._for_each(request, queryset, accounts.remove_account)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """The role decides who may enter Django's admin."""
        super().save_related(request, form, formsets, change)
        account = Account.objects.select_related("user").get(user=form.instance)
        accounts.change_role(account, account.role)

    def _for_each(self, request: HttpRequest, users: Any, act: Callable[[User], None]) -> None:
        for user in users:
            try:
                act(user)
            except accounts.AccountProblem as problem:
                self.message_user(request, str(problem), messages.ERROR)
            else:
                self.message_user(request, f"{user.username}: done.", messages.SUCCESS)


class AccessTokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic in the stubs only
    """Tokens can be taken back here, not made or changed."""

    list_display = ["uid", "kind", "user", "name", "scope", "address", "last_active_at", "expires_at"]
    list_filter = ["kind"]
    list_select_related = ["user"]
    search_fields = ["user__username", "name", "address"]
    fields = readonly_fields = (
        "uid",
        "kind",
        "user",
        "name",
        "scope",
        "address",
        "user_agent",
        "created_at",
        "last_active_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class FailedLoginAdmin(admin.ModelAdmin):  # type: ignore[type-arg] # generic in the stubs only
    """Removing rows lets an address or a name try again."""

    list_display = ["key", "created_at"]
    search_fields = ["key"]
    readonly_fields = ["key", "created_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def _or_invalid(check: Callable[[], None]) -> None:
    try:
        check()
    except accounts.AccountProblem as problem:
        raise forms.ValidationError(str(problem)) from None


admin.site.unregister(User)
admin.site.unregister(Group)
admin.site.register(User, PersonAdmin)
admin.site.register(AccessToken, AccessTokenAdmin)
admin.site.register(FailedLogin, FailedLoginAdmin)
