"""Django settings, built from the options table of env.py."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
import drf_spectacular_sidecar

from photoprism_site import __version__
from photoprism_site.databases import database_settings
from photoprism_site.env import read_options
from photoprism_site.openapi_settings import spectacular_settings
from photoprism_site.option_rules import WrongOption
from photoprism_site.wiring import (  # noqa: F401 - settings carries the lists
    EVENT_LISTENERS,
    FILE_SECTIONS,
    INDEX_SAVERS,
    INDEX_STAGES,
    PHOTO_PEOPLE,
    PHOTO_SECTIONS,
    SEARCH_FILTERS,
    SEARCH_NAMES,
    SIDECAR_SECTIONS,
)

# Lets Django's generic classes be written as ModelAdmin[Photo] when the code runs, too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
try:
    OPTIONS = read_options()
except WrongOption as wrong:
    raise SystemExit(str(wrong)) from None
VERSION = __version__

STORAGE_PATH = OPTIONS.storage_path
ORIGINALS_PATH = OPTIONS.originals_path
CACHE_PATH = OPTIONS.cache_path
SIDECAR_PATH = OPTIONS.sidecar_path
MODELS_PATH = OPTIONS.models_path

SECRET_KEY = OPTIONS.secret_key
DEBUG = OPTIONS.debug
ALLOWED_HOSTS = OPTIONS.allowed_hosts
CSRF_TRUSTED_ORIGINS = OPTIONS.trusted_origins

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "channels",
    "channels_lite",
    "django_q",
    "photoprism_site.apps.SiteConfig",
    "sharing.apps.SharingConfig",
    "albums.apps.AlbumsConfig",
    "faces.apps.FacesConfig",
    "library.apps.LibraryConfig",
    "places.apps.PlacesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "photoprism_site.edge.EdgeMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sharing.authentication.GrantMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "photoprism_site.urls"
ASGI_APPLICATION = "photoprism_site.asgi.application"
WSGI_APPLICATION = "photoprism_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "photoprism_site.context_processors.site",
            ],
        },
    },
]

DATABASES: dict[str, Any] = database_settings(OPTIONS)
DATABASE_ROUTERS = ["photoprism_site.databases.ChannelRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, Any] = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        "BACKEND": "photoprism_site.channel_layer.SQLiteChannelLayer",
        "CONFIG": {
            "database": "channels",
            "polling_interval": 0.1,
            "auto_trim": True,
            "group_expiry": 3600,
            # The layer's own choice, msgpack, needs one more package.
            "serializer_format": "json",
        },
    }
}
Q_CLUSTER: dict[str, Any] = {
    "name": "photoprism_site",
    "orm": "default",
    # One for indexing, which may take days, one for the videos that somebody waits for, and for text and captions.
    "workers": 2 + OPTIONS.detect_text + bool(OPTIONS.vision_uri),
    # Indexing makes processes of its own, which a daemon may not.
    "daemonize_workers": False,
    "poll": 1,
    # Indexing may take days; what guards it is the lease of its job, not the clock of the queue.
    "timeout": 60 * 60 * 24 * 28,
    "retry": 60 * 60 * 24 * 30,
    "max_attempts": 1,
    "ack_failures": True,
    "catch_up": False,
    "save_limit": 100,
}
if OPTIONS.redis_url:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": OPTIONS.redis_url}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [OPTIONS.redis_url]},
        }
    }
    Q_CLUSTER = {**Q_CLUSTER, "orm": None, "redis": OPTIONS.redis_url}

STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STORAGE_PATH}},
    "staticfiles": {"BACKEND": "photoprism_site.staticfiles.ModuleManifestStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ORIGINALS_PATH},
    },
    "import": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": OPTIONS.import_path},
    },
    "sidecar": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": SIDECAR_PATH},
    },
    "cache": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": CACHE_PATH}},
    "backups": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": OPTIONS.backup_path},
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = STORAGE_PATH / "static"
# Of the two readers of API descriptions in that package one is enough.
_SWAGGER_UI = Path(drf_spectacular_sidecar.__file__).parent / "static/drf_spectacular_sidecar/swagger-ui-dist"
STATICFILES_DIRS = [BASE_DIR / "static", ("swagger-ui", _SWAGGER_UI)]

AUTHENTICATION_BACKENDS = ["sharing.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# token -> Grant | None: whom an address with a media token in it speaks for. Library asks, sharing knows.
PREVIEW_GRANT = "sharing.grants.grant_for_preview_token"
DOWNLOAD_GRANT = "sharing.grants.grant_for_download_token"
LINK_COUNTS = "sharing.links.count_links"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "browse"
SESSION_COOKIE_AGE = OPTIONS.session_maxage
SESSION_COOKIE_NAME = "photoprism_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OPTIONS.is_https
CSRF_COOKIE_NAME = "photoprism_csrf"
CSRF_FAILURE_VIEW = "photoprism_site.views.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.trusted_proxy else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if OPTIONS.is_https else 0
X_FRAME_OPTIONS = "DENY"
# A hosted map is the one thing that is ever asked for from elsewhere, and only if an operator names it.
MAP_HOST = ["{0.scheme}://{0.netloc}".format(urlsplit(OPTIONS.map_style_url))] if OPTIONS.map_style_url else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:", "data:", *MAP_HOST],
        "connect-src": ["'self'", *MAP_HOST],
        "worker-src": ["'self'"],
        "font-src": ["'self'"],
        "manifest-src": ["'self'"],
        "media-src": ["'self'", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "sharing.authentication.TokenAuthentication",
        "sharing.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["library.permissions.Nobody"],
    "DEFAULT_RENDERER_CLASSES": ["photoprism_site.rendering.Utf8JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "photoprism_site.parsing.StorableJSONParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "EXCEPTION_HANDLER": "photoprism_site.rendering.answer_exception",
    "DEFAULT_SCHEMA_CLASS": "photoprism_site.openapi.ApiSchema",
    "UNAUTHENTICATED_USER": None,
    # PhotoPrism's parameter of this name chooses the answer's shape.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = spectacular_settings(OPTIONS.app_name, VERSION)
APPEND_SLASH = False

LANGUAGE_CODE = OPTIONS.default_locale
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True
# A selection of a hundred thousand photos takes half of it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "photoprism_site.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_secrets"]},
    },
    "root": {"handlers": ["console"], "level": OPTIONS.log_level.upper()},
    "loggers": {
        # libvips tells of every thread it ends, the queue of every task it takes.
        "pyvips": {"level": "WARNING"},
        "django-q": {"level": "WARNING"},
        # Its warnings about refused requests would write the tokens in their addresses into the log.
        "django.request": {"level": "ERROR"},
    },
}
