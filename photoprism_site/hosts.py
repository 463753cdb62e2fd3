"""Under which names the site answers."""

from ipaddress import ip_address
from typing import Final

from django.conf import settings
from django.http.request import split_domain_port, validate_host

# Names that nobody can register (RFC 2606, 6761, 6762, 8375, and what routers give).
_AT_HOME: Final = (".localhost", ".local", ".lan", ".home", ".internal", ".home.arpa", ".test")


def is_known_host(host: str) -> bool:
    """Whether a request for this host (with or without port) is meant for this site.

    Where nobody signs in, the name is what tells a page of this site from a stranger's: a web page that lets its own
    name lead to this machine (DNS rebinding) could read every photo. So a name that can be registered has to be one
    that SITE_URL or SITE_HOSTS say.
    """
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    return not settings.OPTIONS.is_public or bool(settings.OPTIONS.site_url) or _is_at_home(domain)


def _is_at_home(domain: str) -> bool:
    name = domain.strip("[]").lower()
    try:
        return bool(ip_address(name))
    except ValueError:
        return "." not in name or name.endswith(_AT_HOME)
