"""What tests run on: folders of this process, the queue in sync, messages in memory, no outside environment."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# No test is timed: a busy machine is no failure.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# Before Django reads its settings, and for each process of xdist anew. What says which database is used stays.
_KEPT = ("PHOTOPRISM_DATABASE_", "PHOTOPRISM_REDIS_")
_FOLDER = Path(tempfile.mkdtemp(prefix="photoprism-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


def _set_environment() -> None:
    for name in [name for name in os.environ if name.startswith("PHOTOPRISM_") and not name.startswith(_KEPT)]:
        del os.environ[name]
    for name in ("storage", "originals", "import"):
        (_FOLDER / name).mkdir()
        os.environ[f"PHOTOPRISM_{name.upper()}_PATH"] = str(_FOLDER / name)
    (_FOLDER / "env").touch()
    os.environ["PHOTOPRISM_ENV_FILE"] = str(_FOLDER / "env")
    os.environ["DJANGO_SETTINGS_MODULE"] = "photoprism_site.settings"
    if redis := os.environ.get("PHOTOPRISM_REDIS_URL"):
        os.environ["PHOTOPRISM_REDIS_URL"] = f"{redis.rpartition('/')[0]}/{_number_of_process()}"


def _number_of_process() -> int:
    """Of xdist's processes, each of which empties a Redis database of its own after its tests; 0 without them."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw") or -1) + 1


def _set_up_django() -> None:
    """With the settings that only tests have."""
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.Q_CLUSTER["sync"] = True
    django.setup()


_set_environment()
_set_up_django()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Each worker sets itself up as above; with these names set, pytest-django would do it before, and elsewhere."""
    for name in [name for name in os.environ if name.startswith("PHOTOPRISM_") and not name.startswith(_KEPT)]:
        del os.environ[name]
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture(autouse=True)
def _fresh_memory() -> Iterator[None]:
    """What a process remembers for seconds must not reach the next test."""
    from django.core.cache import cache

    from library.search.memory import MEMORY
    from sharing.grants import forget_grants

    yield
    cache.clear()
    forget_grants()
    MEMORY.forget()
