"""The WSGI application that the web workers load."""

import gc
import os

# Nothing of what is loaded here is ever thrown away: looking through it for rubbish costs a seventh of the start.
gc.disable()

from django.core.wsgi import get_wsgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
application = get_wsgi_application()

from gongkai.web import warm_up  # noqa: E402  (needs the settings)

warm_up.begin()
gc.freeze()
gc.enable()
