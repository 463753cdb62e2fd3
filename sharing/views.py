"""Pages of the account: sign in, sign out, settings, change the password."""

from typing import cast
from urllib.parse import urlencode

from django.conf import settings as site_settings
from django.contrib import auth, messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from library.permissions import page_grant, requires
from sharing.accounts import account_of, change_password
from sharing.forms import LoginForm, SettingsForm
from sharing.limits import TooManyAttempts, login_attempt


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """`next` leads back to a page of this site only. In public mode it is the door to Django's admin."""
    target = _local_target(request)
    if request.user.is_authenticated or (site_settings.OPTIONS.is_public and not target):
        return redirect(target or "browse")
    form = LoginForm(_sent(request))
    try:
        user = _sign_in(request, form) if form.is_valid() else None
    except TooManyAttempts as refusal:
        form.add_error(None, str(refusal))
        page = _login_page(request, form, status=429)
        page.headers["Retry-After"] = str(refusal.retry_after)
        return page
    if user is None:
        return _login_page(request, form, status=200)
    return _with_language(redirect(target or "browse"), account_of(user).language)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    auth.logout(request)
    return redirect("login")


@requires("sharing.update_settings")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    account = account_of(page_grant(request).user)
    form = SettingsForm(_sent(request), instance=account)
    if not form.is_valid():
        return _settings_page(request, form=form)
    form.save()
    messages.success(request, _("Your settings are saved."))
    return _with_language(redirect("settings"), account.language)


@sensitive_post_parameters()
@requires("sharing.change_password")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    user = cast("User", page_grant(request).user)
    form = PasswordChangeForm(user, request.POST)
    try:
        with login_attempt(request, user.username) as attempt:
            attempt.has_succeeded = form.is_valid() or "old_password" not in form.errors
    except TooManyAttempts as refusal:
        form = PasswordChangeForm(user, {})
        form.add_error(None, str(refusal))
    if not form.is_valid():
        return _settings_page(request, password_form=form)
    change_password(user, form.cleaned_data["new_password1"])
    auth.update_session_auth_hash(request, user)
    messages.success(request, _("Your password is changed; all other sessions have ended."))
    return redirect("settings")


@require_http_methods(["GET", "HEAD", "POST"])
def admin_login(request: HttpRequest) -> HttpResponse:
    """Django's admin is entered by the site's own, limited login page."""
    if request.user.is_authenticated:
        raise PermissionDenied
    target = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('login')}?{urlencode({'next': target})}")


def _sign_in(request: HttpRequest, form: LoginForm) -> User | None:
    name = form.cleaned_data["username"]
    with login_attempt(request, name) as attempt:
        user = auth.authenticate(request, username=name, password=form.cleaned_data["password"])
        attempt.has_succeeded = user is not None
    if user is None:
        form.add_error(None, _("The name or the password is wrong."))
        return None
    auth.login(request, user)
    if not form.cleaned_data["remember"]:
        request.session.set_expiry(0)
    return user


def _login_page(request: HttpRequest, form: LoginForm, *, status: int) -> HttpResponse:
    return render(request, "account/login.html", {"form": form, "next": _local_target(request)}, status=status)


def _settings_page(
    request: HttpRequest, *, form: SettingsForm | None = None, password_form: PasswordChangeForm | None = None
) -> HttpResponse:
    grant = page_grant(request)
    account = account_of(grant.user)
    context = {
        "account": account,
        "form": form or SettingsForm(instance=account),
        "password_form": password_form or PasswordChangeForm(grant.user),
        "may_hide_home": grant.may("places.update_home"),
        "may_change_password": grant.may("sharing.change_password"),
    }
    has_errors = any(given is not None and given.errors for given in (form, password_form))
    return render(request, "account/settings.html", context, status=422 if has_errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    """The form as it was sent; None, so that it is shown without errors, if it was only opened."""
    return request.POST if request.method == "POST" else None


def _local_target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_local = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_local else ""


def _with_language(answer: HttpResponseRedirect, language: str) -> HttpResponseRedirect:
    """The language of the account for the pages to come; without one the browser's counts again."""
    if language:
        answer.set_cookie(
            site_settings.LANGUAGE_COOKIE_NAME, language, max_age=site_settings.SESSION_COOKIE_AGE, samesite="Lax"
        )
    else:
        answer.delete_cookie(site_settings.LANGUAGE_COOKIE_NAME)
    return answer
