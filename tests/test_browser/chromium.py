"""The browser of this machine and how it is started; who is signed in without using the login page."""

import shutil
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

PATIENCE = 20.0  # seconds
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def sign_in(url: str, name: str, password: str) -> list[dict[str, Any]]:
    """Sends the login form and answers with the cookies, as a browser context takes them."""
    jar = CookieJar()
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(jar))
    browser.open(f"{url}/library/login", timeout=PATIENCE).close()
    token = next(cookie.value for cookie in jar if cookie.name == "photoprism_csrf")
    form = {"username": name, "password": password, "csrfmiddlewaretoken": token}
    browser.open(f"{url}/library/login", urlencode(form).encode(), timeout=PATIENCE).close()
    cookies = [{"name": cookie.name, "value": cookie.value, "url": url} for cookie in jar]
    assert any(cookie["name"] == "photoprism_session" for cookie in cookies), f"{name} could not sign in."
    return cookies
