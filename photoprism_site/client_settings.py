"""GET and POST /api/v1/settings: what an account has chosen, and what it may use."""

from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from library.access import Grant
from library.documented import documented
from library.meta.timezones import zone
from library.permissions import api_grant, may
from photoprism_site.client_shapes import SettingsJson, UiJson
from sharing.accounts import account_of
from sharing.models import Account
from sharing.models.account import Theme
from sharing.serializers import settings_json, visitor_json

# PhotoPrism's names for what an interface offers: the permission that it needs here; None is what there is none of.
_FEATURES: Final[dict[str, str | None]] = {
    "account": "sharing.change_password",
    "albums": "albums.search_album",
    "archive": "library.archive_photo",
    "batchEdit": None,
    "calendar": None,
    "delete": None,
    "download": "library.download_photo",
    "edit": "library.update_photo",
    "estimates": None,
    "favorites": "library.react_to_photo",
    "files": None,
    "folders": None,
    "import": None,
    "labels": "library.search_label",
    "library": "library.manage_index",
    "logs": "library.view_errors",
    "moments": None,
    "people": "faces.search_subject",
    "places": "library.search_photo",
    "private": "library.view_private",
    "ratings": "library.update_photo",
    "reactions": "library.react_to_photo",
    "review": "library.update_photo",
    "search": "library.search_photo",
    "services": None,
    "settings": "sharing.update_settings",
    "share": "sharing.add_link",
    "upload": "library.upload_photo",
    "videos": "library.search_photo",
}

# What PhotoPrism calls the theme of the device, and a zone that is not chosen.
_DEFAULT_THEME: Final = "default"
_NO_ZONE: Final = "Local"


class _Ui(serializers.Serializer[None]):
    theme = serializers.CharField(max_length=32, required=False, allow_blank=True)
    language = serializers.CharField(max_length=16, required=False, allow_blank=True)
    timeZone = serializers.CharField(max_length=64, required=False, allow_blank=True)  # noqa: N815 - PhotoPrism's name

    def validate_theme(self, value: str) -> str:
        theme = Theme.SYSTEM.value if value in ("", _DEFAULT_THEME) else value
        if theme not in Theme.values:
            raise serializers.ValidationError(_("There is no theme “%s”.") % value)
        return theme

    def validate_language(self, value: str) -> str:
        code = value.replace("_", "-").lower()
        if code and code not in dict(settings.LANGUAGES):
            raise serializers.ValidationError(_("There is no language “%s”.") % value)
        return code

    def validate_timeZone(self, value: str) -> str:  # noqa: N802 - the framework's name
        name = "" if value == _NO_ZONE else value
        if name and zone(name) is None:
            raise serializers.ValidationError(_("This is no time zone."))
        return name


class _Chosen(serializers.Serializer[None]):
    """What of PhotoPrism's settings is kept here; what else is sent is passed over."""

    ui = _Ui(required=False)


class Settings(APIView):
    def get_permissions(self) -> list[BasePermission]:
        return [may("sharing.update_settings" if self.request.method == "POST" else "sharing.view_config")()]

    @documented(gives=SettingsJson)
    def get(self, request: Request) -> Response:
        """What the account has chosen, and what it may use."""
        return Response(settings_of(api_grant(request)))

    @documented(gives=SettingsJson, takes=_Chosen)
    def post(self, request: Request) -> Response:
        """Keeps theme, language and time zone of the account, and answers all settings as they are then.

        What is set for the whole site, `stack` and `features`, is not changed by this.
        """
        given = _Chosen(data=request.data)
        given.is_valid(raise_exception=True)
        grant = api_grant(request)
        if grant.user is not None:
            _keep(account_of(grant.user), given.validated_data.get("ui", {}))
        return Response(settings_of(grant))


def settings_of(grant: Grant) -> SettingsJson:
    """PhotoPrism's `settings` object. Some apps read the theme beside `ui` instead of in it."""
    chosen = settings_json(account_of(grant.user)) if grant.user else visitor_json()["Settings"]
    options = settings.OPTIONS
    # Who has chosen no language has that of the browser; apps need one to fall back on.
    ui: UiJson = {
        "theme": chosen["ui"]["theme"],
        "language": chosen["ui"]["language"] or settings.LANGUAGE_CODE,
        "timeZone": chosen["ui"]["timeZone"],
    }
    may_download = grant.may("library.download_photo")
    return {
        "ui": ui,
        "theme": ui["theme"],
        "features": {
            name: bool(needed) and grant.may(needed or "") and not (name == "upload" and settings.OPTIONS.readonly)
            for name, needed in _FEATURES.items()
        },
        "download": {
            "name": "file",
            "disabled": not may_download,
            "originals": may_download,
            "mediaRaw": may_download,
            "mediaSidecar": False,
        },
        "stack": {"uuid": options.stack_uuid, "meta": options.stack_meta, "name": options.stack_name},
    }


def _keep(account: Account, chosen: dict[str, Any]) -> None:
    """An app that sends back the language it fell back on has chosen none."""
    wanted = {"theme": chosen.get("theme"), "time_zone": chosen.get("timeZone"), "language": chosen.get("language")}
    if not account.language and wanted["language"] == settings.LANGUAGE_CODE.lower():
        wanted["language"] = None
    changed = {name: value for name, value in wanted.items() if value not in (None, getattr(account, name))}
    for name, value in changed.items():
        setattr(account, name, value)
    if changed:
        account.save(update_fields=[*changed, "updated_at"])
