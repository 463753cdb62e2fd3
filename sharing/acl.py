"""Pure: who may do what, one table of resource x role, and the permissions that follow from it.

The resources, actions and levels are PhotoPrism's (those of its free edition for admin, guest, visitor and client);
the roles user and viewer, which it sells, follow its published matrix: a user does all but administration, a viewer
reads without what is private.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ADMIN: Final = "admin"
USER: Final = "user"
VIEWER: Final = "viewer"
GUEST: Final = "guest"
VISITOR: Final = "visitor"
CLIENT: Final = "client"

Actions = frozenset[str]


def _actions(text: str, *more: Actions) -> Actions:
    return frozenset(text.split()).union(*more)


READ: Final = _actions("view search download access_all access_library access_private access_own access_shared")
WRITE: Final = _actions(
    "upload create update share delete rate react manage manage_own"
    " access_all access_library access_private access_own access_shared"
)
FULL: Final = _actions("full_access subscribe", READ, WRITE)
VIEW_OWN: Final = _actions("view access_own")
VIEW_ALL: Final = _actions("view access_all")
CHANGE_OWN: Final = _actions("view update access_own")
SHARED_VIEW: Final = _actions("access_shared view download")
SHARED_SEARCH: Final = _actions("search", SHARED_VIEW)
SHARED_REACT: Final = _actions("react", SHARED_SEARCH)
LIBRARY_VIEW: Final = _actions("access_library access_own access_shared view search download")
LIBRARY_REACT: Final = _actions("react", LIBRARY_VIEW)
LIBRARY_EDIT: Final = _actions("access_private upload create update share delete rate react", LIBRARY_VIEW)
OWN_SESSION: Final = _actions("view create update delete access_own")
NOTHING: Final = _actions("")

_PICTURES: Final[Mapping[str, Actions]] = {
    ADMIN: FULL, USER: LIBRARY_EDIT, VIEWER: LIBRARY_REACT, GUEST: SHARED_REACT, VISITOR: SHARED_VIEW, CLIENT: FULL,
}  # fmt: skip
_COLLECTIONS: Final[Mapping[str, Actions]] = {
    ADMIN: FULL, USER: LIBRARY_EDIT, VIEWER: LIBRARY_VIEW, GUEST: SHARED_SEARCH, VISITOR: SHARED_SEARCH, CLIENT: FULL,
}  # fmt: skip
_DESCRIPTIONS: Final[Mapping[str, Actions]] = {ADMIN: FULL, USER: LIBRARY_EDIT, VIEWER: LIBRARY_VIEW, CLIENT: FULL}
_OWN: Final[Mapping[str, Actions]] = {ADMIN: FULL, USER: CHANGE_OWN, VIEWER: CHANGE_OWN, GUEST: CHANGE_OWN}
_ADMINISTRATION: Final[Mapping[str, Actions]] = {ADMIN: FULL, CLIENT: FULL}

RULES: Final[Mapping[str, Mapping[str, Actions]]] = {
    "photos": _PICTURES,
    "videos": _PICTURES,
    "albums": _PICTURES,
    "folders": _COLLECTIONS,
    "moments": _COLLECTIONS,
    "calendar": _COLLECTIONS,
    "places": {**_PICTURES, GUEST: SHARED_REACT, VISITOR: SHARED_VIEW},
    "favorites": {**_DESCRIPTIONS, VIEWER: LIBRARY_REACT},
    "labels": _DESCRIPTIONS,
    "people": _DESCRIPTIONS,
    "files": _ADMINISTRATION,
    "logs": _ADMINISTRATION,
    "webdav": {ADMIN: FULL, USER: FULL, CLIENT: FULL},
    "shares": {ADMIN: FULL, USER: LIBRARY_EDIT, CLIENT: FULL},
    "services": _ADMINISTRATION,
    "feedback": _ADMINISTRATION,
    "config": {**dict.fromkeys((USER, VIEWER, GUEST, VISITOR, CLIENT), VIEW_OWN), ADMIN: FULL},
    "settings": {**_OWN, VISITOR: VIEW_OWN, CLIENT: CHANGE_OWN},
    "password": _OWN,
    "users": {**_OWN, CLIENT: VIEW_OWN},
    "sessions": {**dict.fromkeys((USER, VIEWER, GUEST, VISITOR, CLIENT), OWN_SESSION), ADMIN: FULL},
    "metrics": {ADMIN: FULL, CLIENT: VIEW_ALL},
}
_OTHER_RESOURCES: Final[Mapping[str, Actions]] = {ADMIN: FULL}


@dataclass(frozen=True, slots=True)
class Need:
    """What a permission stands for: an action on a resource."""

    resource: str
    action: str
    help: str


PERMISSIONS: Final[Mapping[str, Need]] = {
    "library.search_photo": Need("photos", "search", "browse the timeline, search, see photos and their details"),
    "library.view_photo": Need("photos", "view", "see a photo one was given, without searching"),
    "library.view_private": Need("photos", "access_private", "see private photos: admin all, others their own"),
    "library.export_photo": Need("photos", "access_all", "read all that is noted of a photo, as YAML"),
    "library.download_photo": Need("photos", "download", "download originals, one or many as a zip"),
    "library.react_to_photo": Need("photos", "react", "mark photos as one's favourites"),
    "library.update_photo": Need("photos", "update", "edit titles, dates and places; make private; approve"),
    "library.archive_photo": Need("photos", "delete", "move photos into the archive and back"),
    "library.delete_photo": Need("photos", "delete", "delete archived photos for good"),
    "library.upload_photo": Need("photos", "upload", "add pictures by upload"),
    "library.manage_index": Need("files", "manage", "start and cancel indexing; see its file names"),
    "library.browse_folders": Need("files", "search", "see the folders of originals and the files in them"),
    "library.view_errors": Need("logs", "view", "see what indexing could not use, and why"),
    "places.view_map": Need("places", "search", "see the map and the names of places"),
    "places.update_home": Need("places", "update", "hide one's home from those who are no members"),
    "library.search_label": Need("labels", "search", "list labels"),
    "library.update_label": Need("labels", "update", "rename, merge and hide labels"),
    "albums.search_album": Need("albums", "search", "list albums"),
    "albums.view_album": Need("albums", "view", "see an album one was given, without searching"),
    "albums.update_album": Need("albums", "update", "make and change albums"),
    "faces.search_subject": Need("people", "search", "list people"),
    "faces.update_subject": Need("people", "update", "name people and faces"),
    "sharing.add_link": Need("shares", "share", "share by link"),
    "sharing.view_config": Need("config", "view", "read what the apps need to start"),
    "sharing.update_settings": Need("settings", "update", "change one's own theme, language and time zone"),
    "sharing.change_password": Need("password", "update", "change one's own password"),
    "sharing.manage_accounts": Need("users", "manage", "make, change and remove accounts"),
}

# PhotoPrism's names for a set of actions in a token's scope.
_ACTION_SCOPES: Final = {"read": READ, "write": WRITE}


def allows(resource: str, role: str, action: str) -> bool:
    """Whether the table gives the role this action; an unknown resource belongs to administrators."""
    return action in RULES.get(resource, _OTHER_RESOURCES).get(role, NOTHING)


def permissions_of(role: str, scope: str = "*") -> frozenset[str]:
    """The permissions of a role, narrowed to a token's scope: resources, "read" or "write", in any mix.

    `permissions_of("admin", "photos read")` holds what reads photos; an empty scope holds nothing.
    """
    return frozenset(
        name
        for name, need in PERMISSIONS.items()
        if allows(need.resource, role, need.action) and _is_within(need, scope)
    )


def grants_of(role: str) -> dict[str, dict[str, bool]]:
    """Resource -> action -> true, the form in which apps are told what they may do."""
    return {resource: dict.fromkeys(sorted(rules.get(role, NOTHING)), True) for resource, rules in RULES.items()}


def _is_within(need: Need, scope: str) -> bool:
    words = frozenset(scope.replace(",", " ").lower().split())
    if "*" in words:
        return True
    resources = words - _ACTION_SCOPES.keys()
    actions = NOTHING.union(*(_ACTION_SCOPES[word] for word in words & _ACTION_SCOPES.keys()))
    return (need.resource in resources or (not resources and bool(actions))) and (not actions or need.action in actions)
