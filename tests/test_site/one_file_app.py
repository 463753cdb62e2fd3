"""An ASGI app that hands out one file, named by BIG_FILE, with the delivery of the library and nothing else."""

import os
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import re_path

settings.configure(
    SECRET_KEY="x" * 50, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, OPTIONS=SimpleNamespace(accel_redirect=False)
)


async def answer(request: HttpRequest) -> HttpResponseBase:
    from library.delivery import serve_file

    return await serve_file(request, Path(os.environ["BIG_FILE"]), content_type="video/mp4")


urlpatterns = [re_path("", answer)]
application = get_asgi_application()
