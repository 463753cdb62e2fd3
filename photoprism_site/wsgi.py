"""Plain Django for tools that ask for WSGI; `./serve` uses asgi.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "photoprism_site.settings")

application = get_wsgi_application()
