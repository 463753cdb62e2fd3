"""What goes wrong in a page without anybody looking: its console, its errors, its requests to other hosts."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

_WATCHED: dict[BrowserContext, "Watched"] = {}


class Watched:
    """Listens to all pages of a context until `end`, which answers what went wrong unexpectedly."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.host = context, urlsplit(url).netloc
        self.wrong: list[str] = []
        self.expected: list[str] = []
        _WATCHED[context] = self
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        context.on("request", self._see)

    def end(self) -> list[str]:
        del _WATCHED[self.context]
        return [text for text in self.wrong if not any(part in text for part in self.expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        """What breaks the content security policy is told here, too."""
        # Without a graphics card the browser itself complains of how slow drawing is.
        if message.type in {"error", "warning"} and "GL Driver Message" not in message.text:
            self.wrong.append(message.text)

    def _see(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.host:
            self.wrong.append(f"A request to another host: {request.url}")


def expect_wrong(page: Page, *parts: str) -> None:
    """Messages with one of these parts are provoked by the test."""
    _WATCHED[page.context].expected.extend(parts)
