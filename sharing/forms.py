"""The forms of the sign-in and settings pages."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from sharing.accounts import NAME_LENGTH
from sharing.models import Account
from sharing.models.account import Theme

PASSWORD_LENGTH = 256


class LoginForm(forms.Form):
    """Fields `username`, `password`, `remember`."""

    username = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    remember = forms.BooleanField(label=_("Keep me signed in on this device"), required=False)


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg] # generic in the stubs only
    """Fields `display_name`, `theme`, `language`, `time_zone`; empty = as the browser or the library has it."""

    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = Account
        fields = ["display_name", "theme", "language", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("As the browser")), *_languages()]  # type: ignore[attr-defined]
        self.fields["time_zone"].choices = [("", _("As the library")), *_time_zones()]  # type: ignore[attr-defined]


@cache
def _languages() -> list[tuple[str, str]]:
    """Each under its own name, so that everybody finds theirs."""
    return sorted(((code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES), key=_by_name)


@cache
def _time_zones() -> list[tuple[str, str]]:
    places = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right")))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in sorted(places))]


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
