"""The JSON that apps start with key by key: /config, /settings and /session; names in lower case, as PhotoPrism's."""

from typing import Any, NotRequired, TypedDict

from faces.shapes import PersonJson


class GearChoice(TypedDict):
    """A camera or a lens of the photos that the account sees."""

    ID: int
    Slug: str
    Name: str
    Make: str
    Model: str


class CountryChoice(TypedDict):
    ID: str
    Slug: str
    Name: str


class LabelChoice(TypedDict):
    UID: str
    Slug: str
    Name: str


class AlbumChoice(TypedDict):
    UID: str
    Slug: str
    Type: str
    Title: str
    Favorite: bool


class Vocabulary(TypedDict):
    """What there is to choose from among the photos that the account sees."""

    years: list[int]
    cameras: list[GearChoice]
    lenses: list[GearChoice]
    countries: list[CountryChoice]
    categories: list[LabelChoice]
    people: list[PersonJson]


class CountsJson(TypedDict):
    """How much of each kind the account sees."""

    all: int
    photos: int
    live: int
    videos: int
    favorites: int
    review: int
    archived: int
    private: int
    hidden: int
    cameras: int
    lenses: int
    countries: int
    places: int
    labels: int
    labelMaxPhotos: int
    people: int
    files: int
    albums: int
    private_albums: int
    folders: int
    private_folders: int
    moments: int
    private_moments: int
    months: int
    private_months: int
    states: int
    private_states: int


class SizeJson(TypedDict):
    size: str
    w: int
    h: int


class UiJson(TypedDict):
    theme: str
    language: str
    timeZone: str


class StackJson(TypedDict):
    uuid: bool
    meta: bool
    name: bool


class DownloadJson(TypedDict):
    name: str
    disabled: bool
    originals: bool
    mediaRaw: bool
    mediaSidecar: bool


class SettingsJson(TypedDict):
    """`features` says what the account may use of what there is; some apps read the theme beside `ui`."""

    ui: UiJson
    theme: str
    features: dict[str, bool]
    download: DownloadJson
    stack: StackJson


class ConfigJson(TypedDict):
    mode: str
    name: str
    about: str
    edition: str
    version: str
    flags: str
    baseUri: str
    staticUri: str
    apiUri: str
    contentUri: str
    videoUri: str
    loginUri: str
    siteUrl: str
    siteDomain: str
    siteAuthor: str
    siteTitle: str
    siteCaption: str
    siteDescription: str
    appName: str
    appIcon: str
    debug: bool
    readonly: bool
    public: bool
    authMode: str
    passwordLength: int
    previewToken: str
    downloadToken: str
    disable: dict[str, bool]
    count: CountsJson
    years: list[int]
    cameras: list[GearChoice]
    lenses: list[GearChoice]
    countries: list[CountryChoice]
    categories: list[LabelChoice]
    people: list[PersonJson]
    albums: list[AlbumChoice]
    albumCategories: list[str]
    thumbs: list[SizeJson]
    settings: SettingsJson
    acl: dict[str, dict[str, bool]]


class SessionData(TypedDict):
    """What a share link's visitor was given."""

    tokens: list[str]
    shares: NotRequired[list[str]]


class SessionJson(TypedDict):
    """`id` is the secret itself where it is told, at the sign-in; later it is that of the session."""

    status: str
    id: str
    session_id: str
    provider: str
    scope: str
    user: dict[str, Any]
    data: SessionData
    config: ConfigJson
    access_token: NotRequired[str]
    token_type: NotRequired[str]
    expires_in: NotRequired[int]


class SessionEnded(TypedDict):
    status: str
    id: str


class StatusJson(TypedDict):
    status: str
