"""The options table: every PHOTOPRISM_* name, type, default, help; the only reader of the environment.

One field of `Options` is one option: `http_port` is read from PHOTOPRISM_HTTP_PORT in the environment, else from the
file `.env` in the project's folder (or the one that PHOTOPRISM_ENV_FILE names), else it has its default. A secret
may also be given as the name of a file: PHOTOPRISM_ADMIN_PASSWORD_FILE. An empty value is no value.
"""

# ruff: noqa: RUF009 - `_option` makes a field, which is what a dataclass default is for.

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from photoprism_site.database_options import with_database
from photoprism_site.option_rules import (
    Option,
    Rule,
    WrongOption,
    absolute,
    are_networks,
    has_password_size,
    is_locale,
    is_redis_url,
    is_url,
    is_zone,
    read_value,
)

PREFIX = "PHOTOPRISM_"
ENV_FILE = f"{PREFIX}ENV_FILE"
ROOT = Path(__file__).resolve().parent.parent

Value = TypeVar("Value")

_SIGN_IN, _SITE, _STORAGE, _DATABASE = "Sign-in", "Site", "Storage", "Database"
_SERVER, _INDEXING, _THUMBS, _VIDEO, _FEATURES, _INTERFACE, _LOGGING = (
    "Server",
    "Indexing",
    "Thumbnails",
    "Videos",
    "Features",
    "Interface",
    "Logging",
)
_MEGABYTES = 1024 * 1024


def _option(default: Value, text: str, section: str, **more: Any) -> Value:
    rule = Rule(help=text, section=section, **more)
    return field(default=default, repr=not rule.is_secret, metadata={"rule": rule})


def _switch(text: str, section: str, *, is_on: bool = False, **more: Any) -> bool:
    return _option(is_on, text, section, **more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the environment decided; paths are absolute. Made by `load` or `read_options`."""

    auth_mode: Literal["password", "public"] = _option(
        "password",
        "Whether one has to sign in; with `public` everybody who reaches the site is its administrator",
        _SIGN_IN,
        also=("PUBLIC",),
        spellings={
            "true": "public",
            "1": "public",
            "yes": "public",
            "false": "password",
            "0": "password",
            "no": "password",
        },
    )
    admin_user: str = _option(
        "admin",
        "Name of the first administrator",
        _SIGN_IN,
        allowed="a name of up to 64 letters, digits and . _ - @",
        accepts=lambda text: bool(re.fullmatch(r"[\w.@-]{1,64}", text)),
    )
    admin_password: str = _option(
        "",
        "Password of the first administrator; empty: one is made and written to credentials.txt in the storage folder",
        _SIGN_IN,
        is_secret=True,
        allowed="8 to 72 bytes long",
        accepts=has_password_size,
    )
    session_maxage: int = _option(
        1_209_600, "Seconds until one has to sign in again", _SIGN_IN, lowest=60, highest=315_360_000
    )
    session_timeout: int = _option(
        604_800, "Seconds without a request until one has to sign in again", _SIGN_IN, lowest=60, highest=315_360_000
    )
    login_limit: int = _option(
        10,
        "Failed sign-ins of one address within LOGIN_WINDOW after which further ones are refused",
        _SIGN_IN,
        lowest=1,
        highest=10_000,
    )
    login_window: int = _option(300, "Seconds for which a failed sign-in counts", _SIGN_IN, lowest=1, highest=86_400)

    site_url: str = _option(
        "",
        "Address under which people reach the site; links are made from it",
        _SITE,
        default_text="http://localhost:2342/",
        allowed="an address such as https://photos.example.com/",
        accepts=is_url,
    )
    site_hosts: str = _option(
        "", "Further host names of the site, with commas; with SITE_URL set, all others are refused", _SITE
    )
    app_name: str = _option("Photoprism Site", "Name of the application, shown in its pages", _SITE)
    site_title: str = _option("", "Title of the site", _SITE, default_text="APP_NAME")
    site_caption: str = _option("", "Short caption under the title", _SITE)
    site_description: str = _option("", "Description of the site for search engines and previews", _SITE)
    site_author: str = _option("", "Who publishes the site", _SITE)

    storage_path: Path = _option(Path("storage"), "Folder for the database and everything that is made", _STORAGE)
    originals_path: Path = _option(Path("originals"), "Folder of your pictures; indexing never changes them", _STORAGE)
    import_path: Path = _option(Path("import"), "Folder from which pictures are imported", _STORAGE)
    cache_path: Path = _option(Path("cache"), "Folder for thumbnails", _STORAGE, within="storage_path")
    sidecar_path: Path = _option(
        Path("sidecar"), "Folder for made previews and YAML files", _STORAGE, within="storage_path"
    )
    backup_path: Path = _option(Path("backup"), "Folder for backups", _STORAGE, within="storage_path")
    models_path: Path = _option(Path("models"), "Folder of the models that come with the program", _STORAGE)
    temp_path: Path = _option(Path("temp"), "Folder for files in the making", _STORAGE, within="storage_path")
    sidecar_yaml: bool = _switch(
        "Keep what people change in YAML files, from which a new index takes it back", _STORAGE, is_on=True
    )
    readonly: bool = _switch("Refuse what changes or adds originals", _STORAGE)
    originals_limit: int = _option(
        1000, "Largest original in MB that is indexed", _STORAGE, lowest=1, highest=1_000_000
    )
    upload_limit: int = _option(
        1000, "Largest upload in MB, of one request and of one file", _STORAGE, lowest=1, highest=1_000_000
    )
    resolution_limit: int = _option(
        150, "Largest picture in megapixels that is decoded", _STORAGE, lowest=1, highest=900
    )

    database_driver: Literal["sqlite", "mysql", "postgres"] = _option(
        "sqlite",
        "The database; mysql is MariaDB as well",
        _DATABASE,
        spellings={"sqlite3": "sqlite", "mariadb": "mysql", "postgresql": "postgres"},
    )
    database_dsn: str = _option(
        "",
        "All of the database in one text, instead of the options below: `postgres://user:password@host:5432/name`,"
        " `user:password@tcp(host:3306)/name` or the name of a SQLite file",
        _DATABASE,
        is_secret=True,
    )
    database_server: str = _option(
        "", "Host of the database, with `:port` if it is not the usual", _DATABASE, default_text="localhost"
    )
    database_name: str = _option(
        "",
        "Name of the database, or of the SQLite file in the storage folder",
        _DATABASE,
        default_text="photoprism, index.db",
    )
    database_user: str = _option("", "Who signs in to the database", _DATABASE, default_text="photoprism")
    database_password: str = _option("", "Password for the database", _DATABASE, is_secret=True)
    database_timeout: int = _option(
        20, "Seconds to wait for the database or for its lock", _DATABASE, lowest=1, highest=600
    )
    redis_url: str = _option(
        "",
        "Redis for the queue, live messages and the cache, `redis://host:6379/0`; empty: the database does it",
        _DATABASE,
        is_secret=True,
        allowed="an address that starts with redis://, rediss:// or unix://",
        accepts=is_redis_url,
    )

    http_host: str = _option("0.0.0.0", "Address on which the web server listens", _SERVER)  # noqa: S104
    http_port: int = _option(2342, "Port on which the web server listens", _SERVER, lowest=1, highest=65_535)
    trusted_proxy: str = _option(
        "",
        "Networks of the reverse proxy whose forwarding headers are believed, with commas",
        _SERVER,
        allowed="networks such as 172.16.0.0/12, with commas",
        accepts=are_networks,
    )
    accel_redirect: bool = _switch("Let nginx send the files (X-Accel-Redirect, see deploy/nginx.conf)", _SERVER)
    secret_key: str = _option(
        "",
        "Key that signs sessions and tokens; empty: made once and kept in the storage folder",
        _SERVER,
        is_secret=True,
        allowed="at least 32 characters long",
        accepts=lambda text: len(text) >= 32,
    )

    workers: int = _option(
        0,
        "Processes that index at the same time",
        _INDEXING,
        also=("INDEX_WORKERS",),
        lowest=1,
        highest=256,
        default_text="half of the cores",
    )
    index_timeout: int = _option(
        60, "Seconds that one file may take until it is given up", _INDEXING, lowest=1, highest=86_400
    )
    index_memory: int = _option(
        768, "Memory in MB that one indexing process may take", _INDEXING, lowest=256, highest=1_000_000
    )

    stack_uuid: bool = _switch("Stack files with the same unique id", _INDEXING, is_on=True)
    stack_meta: bool = _switch("Stack pictures of one camera at the same place and time", _INDEXING, is_on=True)
    stack_name: bool = _switch("Stack numbered copies such as `IMG_1 (2)` and `IMG_1 copy`", _INDEXING)

    thumb_size: int = _option(
        1920, "Longest side in pixels up to which thumbnails are made while indexing", _THUMBS, lowest=720, highest=7680
    )
    thumb_size_uncached: int = _option(
        7680, "Longest side in pixels of thumbnails made when asked for", _THUMBS, lowest=720, highest=7680
    )
    thumb_uncached: bool = _switch("Make larger or missing thumbnails when asked for", _THUMBS, is_on=True)
    jpeg_quality: int = _option(83, "Quality of the thumbnails", _THUMBS, lowest=25, highest=100)

    disable_ffmpeg: bool = _switch("Never convert videos: they play where the browser can play them", _VIDEO)
    ffmpeg_bin: str = _option(
        "", "Name of the FFmpeg program that converts videos", _VIDEO, default_text="the one installed with the site"
    )
    ffmpeg_encoder: Literal["software", "intel", "nvidia", "vaapi", "v4l2"] = _option(
        "software",
        "What encodes H.264: the processor, or the graphics of Intel (Quick Sync), NVIDIA, VA-API or Video4Linux;"
        " where it fails, the processor does it",
        _VIDEO,
        spellings={
            **dict.fromkeys(("libx264", "cpu", "default", "x264"), "software"),
            **dict.fromkeys(("h264_qsv", "qsv"), "intel"),
            **dict.fromkeys(("h264_nvenc", "nvenc", "cuda"), "nvidia"),
            **dict.fromkeys(("h264_vaapi", "libva"), "vaapi"),
            **dict.fromkeys(("h264_v4l2m2m", "v4l", "video4linux", "v4l2m2m", "raspberrypi", "rp4"), "v4l2"),
        },
    )
    ffmpeg_size: int = _option(4096, "Longest side in pixels of converted videos", _VIDEO, lowest=720, highest=7680)
    ffmpeg_bitrate: int = _option(
        50,
        "Mbit/s above which a video is converted, and which none that was made exceeds",
        _VIDEO,
        lowest=1,
        highest=960,
    )
    video_cache_limit: int = _option(
        20_000,
        "MB that converted videos may take; those not played for longest go first",
        _VIDEO,
        lowest=100,
        highest=100_000_000,
    )

    disable_exiftool: bool = _switch("Never run ExifTool, even if installed", _FEATURES)
    exiftool_bin: str = _option("exiftool", "Name of the ExifTool program", _FEATURES)
    disable_places: bool = _switch("No place names for coordinates", _FEATURES)
    disable_classification: bool = _switch(
        "No labels of what is in the pictures", _FEATURES, also=("DISABLE_TENSORFLOW",)
    )
    detect_nsfw: bool = _switch(
        "Make new photos private in which two models see nudity; needs requirements-nudity.txt", _FEATURES
    )
    upload_nsfw: bool = _switch(
        "Take uploads in which two models see nudity; without it they are refused where DETECT_NSFW is on", _FEATURES
    )
    detect_text: bool = _switch(
        "Read the text in pictures after they are indexed; needs requirements-ocr.txt and about 1 GB of memory",
        _FEATURES,
    )
    vision_uri: str = _option(
        "",
        "Address of a server of your own that speaks Ollama's API and writes captions, to which small versions of the"
        " pictures are sent then; empty: no captions are made",
        _FEATURES,
        allowed="an address such as http://localhost:11434",
        accepts=is_url,
    )
    vision_model: str = _option("gemma3", "The vision model that is asked for captions", _FEATURES)
    vision_prompt: str = _option(
        "Describe this photo in one short, plain sentence. Name what is seen, without any introduction.",
        "What the vision model is asked; in another language it answers in that",
        _FEATURES,
    )
    vision_key: str = _option("", "Key for the vision server, sent as a bearer token", _FEATURES, is_secret=True)
    disable_meaning: bool = _switch(
        "No search by what pictures show: words find names, keywords and titles alone", _FEATURES
    )
    vision_path: str = _option(
        "",
        "Folder of a model for pictures and texts (CLIP, SigLIP) as ONNX, by which free words then find pictures, after"
        " `manage.py embed`",
        _FEATURES,
        default_text="none",
    )
    map_style_url: str = _option(
        "",
        "Address of a MapLibre style on another server, shown instead of the built-in maps: that server then learns"
        " which places are looked at",
        _FEATURES,
        allowed="an address such as https://maps.example.com/style.json",
        accepts=is_url,
    )

    default_locale: str = _option(
        "en", "Language of the interface", _INTERFACE, allowed="a language such as en or pt-br", accepts=is_locale
    )
    default_timezone: str = _option(
        "UTC",
        "Time zone of pictures that say nothing about theirs",
        _INTERFACE,
        allowed="a time zone such as Europe/Berlin",
        accepts=is_zone,
    )
    default_theme: Literal["system", "light", "dark"] = _option(
        "system", "Colours of the interface", _INTERFACE, spellings={"default": "system"}
    )

    log_level: Literal["debug", "info", "warning", "error", "critical"] = _option(
        "info",
        "What is logged",
        _LOGGING,
        spellings={"trace": "debug", "warn": "warning", "fatal": "critical", "panic": "critical"},
    )
    debug: bool = _switch("Django's debug pages; never on a reachable site", _LOGGING)

    @property
    def is_public(self) -> bool:
        return self.auth_mode == "public"

    @property
    def base_url(self) -> str:
        """The site's address with a slash at its end."""
        host = "localhost" if self.http_host in ("0.0.0.0", "::", "127.0.0.1") else self.http_host  # noqa: S104
        host = f"[{host}]" if ":" in host else host
        return (self.site_url or f"http://{host}:{self.http_port}").rstrip("/") + "/"

    @property
    def is_https(self) -> bool:
        return self.site_url.lower().startswith("https://")

    @property
    def allowed_hosts(self) -> list[str]:
        """Host names that requests may be for: any, until SITE_URL says which the site has."""
        if not self.site_url:
            return ["*"]
        named = [host.strip() for host in self.site_hosts.split(",") if host.strip()]
        return [urlsplit(self.site_url).hostname or "", "localhost", "127.0.0.1", "[::1]", *named]

    @property
    def trusted_origins(self) -> list[str]:
        if not self.site_url:
            return []
        parts = urlsplit(self.site_url)
        return [f"{parts.scheme}://{parts.netloc}"]

    @property
    def vision_folder(self) -> Path | None:
        """Where the operator's own model for pictures and texts lies, if there is one."""
        return absolute(ROOT, Path(self.vision_path)) if self.vision_path else None

    @property
    def originals_limit_bytes(self) -> int:
        return self.originals_limit * _MEGABYTES

    @property
    def upload_limit_bytes(self) -> int:
        return self.upload_limit * _MEGABYTES

    @property
    def largest_upload_bytes(self) -> int:
        """Of one file, as one that is not indexed need not be sent."""
        return min(self.upload_limit_bytes, self.originals_limit_bytes)

    @property
    def resolution_limit_pixels(self) -> int:
        return self.resolution_limit * 1_000_000


def _table() -> tuple[Option, ...]:
    kinds = get_type_hints(Options)
    rows = []
    for row in fields(Options):
        kind = kinds[row.name]
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        rule: Rule = row.metadata["rule"]
        if rule.within:
            rule = replace(rule, default_text=f"{rule.within.upper()}/{row.default}")
        rows.append(
            Option(
                name=PREFIX + row.name.upper(),
                field=row.name,
                kind=str if choices else kind,
                choices=choices,
                default=row.default,
                rule=rule,
            )
        )
    return tuple(rows)


OPTIONS = _table()


def read_options() -> Options:
    """The options of this process. Makes the secret key on first use. Raises WrongOption."""
    options = read_given()
    return options if options.secret_key else replace(options, secret_key=_kept_key(options.storage_path))


def read_given() -> Options:
    """The options of this process as they were given; writes nothing. Raises WrongOption."""
    named = os.environ.get(ENV_FILE, "")
    return load(os.environ, env_file=_named_file(named) if named else ROOT / ".env")


def load(environ: Mapping[str, str], *, env_file: Path | None = None, root: Path = ROOT) -> Options:
    """The options that the mapping and the file say; relative paths start at `root`. Raises WrongOption."""
    given = {**_read_env_file(env_file), **{name: value for name, value in environ.items() if value.strip()}}
    values: dict[str, Any] = {}
    for option in OPTIONS:
        text, name = _given(option, given)
        values[option.field] = read_value(option, text, name, root) if text else _default(option, values, root)
    return Options(**with_database(values))


def unknown_names(environ: Mapping[str, str]) -> list[str]:
    """The PHOTOPRISM_* names that no option reads: mistyped, or an option of another program."""
    known = {ENV_FILE}
    for option in OPTIONS:
        names = (option.name, *(PREFIX + also for also in option.rule.also))
        known.update(names, (f"{name}_FILE" for name in names if option.rule.is_secret))
    return sorted(name for name in environ if name.startswith(PREFIX) and name not in known)


def _given(option: Option, given: Mapping[str, str]) -> tuple[str, str]:
    """The text given for an option and the name it was given by; two empty texts if there is none."""
    for name in (option.name, *(PREFIX + also for also in option.rule.also)):
        if text := given.get(name, "").strip():
            return text, name
        if option.rule.is_secret and (file_name := given.get(f"{name}_FILE", "")):
            return _read_secret(f"{name}_FILE", file_name), name
    return "", ""


def _default(option: Option, values: Mapping[str, Any], root: Path) -> object:
    if option.kind is Path:
        return absolute(values.get(option.rule.within, root), option.default)
    if option.field == "workers":
        return max(1, _count_cores() // 2)
    if option.field == "site_title":
        return values["app_name"]
    return option.default


def _count_cores() -> int:
    """The cores that this process may use, which in a container are fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _named_file(name: str) -> Path:
    path = absolute(ROOT, Path(name))
    if not os.access(path, os.R_OK) or path.is_dir():
        raise WrongOption(ENV_FILE, name, "the name of a readable file")
    return path


def _read_env_file(path: Path | None) -> dict[str, str]:
    """The lines `NAME=value` of a file; `#` starts a comment, quotes around a value are removed."""
    if path is None or not path.exists():
        return {}
    lines = (line.strip().removeprefix("export ") for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): _unquoted(value.strip()) for name, _, value in pairs if _unquoted(value.strip())}


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return re.split(r"\s#", text, maxsplit=1)[0].strip()


def _read_secret(name: str, file_name: str) -> str:
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongOption(name, file_name, "the name of a readable file") from None


def _kept_key(storage: Path) -> str:
    """The key in storage/secret_key; two processes that start together come to the same one."""
    path = storage / "secret_key"
    try:
        if not path.exists():
            _write_key(path)
        return path.read_text(encoding="ascii").strip()
    except OSError:
        raise WrongOption(f"{PREFIX}STORAGE_PATH", str(storage), "a folder that can be written") from None


def _write_key(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    made = path.with_name(f"secret_key.{os.getpid()}")
    # Readable by nobody else from its first byte on, and under its name only when whole.
    with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(made, path)
    except FileExistsError:
        made.unlink()
    except OSError:  # a file system without hard links
        made.replace(path)
    else:
        made.unlink()
