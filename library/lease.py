"""The library's lease: index, import and purge take turns, across processes and machines."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from django.db import InterfaceError, OperationalError, connections, transaction
from django.utils import timezone

from library.models.job import Lease

LIFETIME = timedelta(seconds=60)
RENEW_EVERY = 15.0  # seconds
_BUSY = {"library": "The library is being indexed already."}


class LibraryBusy(Exception):
    """Another run writes the library now."""


@contextmanager
def library_lease(name: str = "library") -> Iterator[None]:
    """Holds the lease and renews it from a thread; a holder that died loses it after a minute."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
    take(name, holder)
    stop = threading.Event()
    thread = threading.Thread(target=_keep, args=(name, holder, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        Lease.objects.filter(name=name, holder=holder).update(holder="", expires_at=timezone.now())


def take(name: str, holder: str) -> None:
    """Raises LibraryBusy while somebody alive holds it."""
    now = timezone.now()
    with transaction.atomic():
        Lease.objects.bulk_create([Lease(name=name, expires_at=now)], ignore_conflicts=True)
        lease = Lease.objects.select_for_update().get(name=name)
        if _is_alive(lease):
            raise LibraryBusy(_BUSY.get(name, "Another process is at it already."))
        lease.holder, lease.expires_at = holder, now + LIFETIME
        lease.save(update_fields=["holder", "expires_at"])


def is_held(name: str = "library") -> bool:
    """Whether somebody alive holds the lease."""
    lease = Lease.objects.filter(name=name).first()
    return lease is not None and _is_alive(lease)


def _is_alive(lease: Lease) -> bool:
    return bool(lease.holder) and lease.expires_at > timezone.now() and not _has_died(lease.holder)


def _keep(name: str, holder: str, stop: threading.Event) -> None:
    while not stop.wait(RENEW_EVERY):
        try:
            Lease.objects.filter(name=name, holder=holder).update(expires_at=timezone.now() + LIFETIME)
        except (OperationalError, InterfaceError):
            # The database is busy or restarts: it lasts for a few rounds without.
            connections.close_all()
    connections.close_all()


def _has_died(holder: str) -> bool:
    """A holder on this machine whose process is gone need not be waited for."""
    host, pid, _ = holder.split(":")
    if host != socket.gethostname():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
