"""The WSGI application that the web workers load."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
application = get_wsgi_application()

from gongkai.web import warm_up  # noqa: E402  (needs the settings)

warm_up.begin()
