"""What a worker imports before its first answer (ADR 16): counted, never timed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from gongkai.foundation import kinds, verification
from gongkai.foundation.deferred import load
from gongkai.web import warm_up
from tests.installation import Installation

# As wsgi.py starts it, without the warm-up; the answer is not closed, for what follows it is not counted.
HOME_PAGE = """
import io, json, os, sys
known = set(sys.modules)
os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.config.settings"
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
from gongkai.web import warm_up
said = []
asked = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
         "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO()}
body = b"".join(application(asked, lambda status, headers: said.append(status)))
print(json.dumps({"status": said, "size": len(body), "modules": sorted(set(sys.modules) - known)}))
"""
# The libraries that every page needs: the framework with its own, the database.
EVERY_PAGE = {
    "gongkai", "django", "asgiref", "sqlparse", "whitenoise", "psycopg", "psycopg_binary", "psycopg_c",
    "typing_extensions",
}  # fmt: skip
# Of an area that brings records, its models and what it declares.
AREAS = (
    "disclosure",
    "casework",
    "remedies",
    "mailbox",
    "registers",
    "crossings",
    "annual_report",
    "archive",
)
OF_AN_AREA = ("apps", "models")
# What else the home page reads.
HOME_READS = {"gongkai.annual_report.editions", "gongkai.annual_report.number_labels"}
OTHERS_PAGES = ("gongkai.web.desk", "gongkai.web.api", "gongkai.cli", "gongkai.demonstration")
CURE = (
    "imported before the home page is answered. Import it inside the function that needs it; in an app's ready() "
    "write kinds.declare(module) and deferred(module, name); in portal/urls.py, Views(module): docs/adr/0016. "
    "Who imports it: GONGKAI_HOME=… python -X importtime -c 'import gongkai.config.wsgi'"
)


def _of_ours(module: str) -> bool:
    """Whether a module of ours belongs before the first answer."""
    parts = module.split(".")
    if module.startswith(OTHERS_PAGES):
        return False
    if len(parts) > 2 and parts[1] in AREAS:
        return parts[2] in OF_AN_AREA or module in HOME_READS
    return True


def test_the_home_page_is_answered_before_the_rest_is_loaded(demonstration: Installation) -> None:
    environment = {**os.environ, **demonstration.environment}
    done = subprocess.run(
        [sys.executable, "-c", HOME_PAGE], capture_output=True, text=True, check=True, env=environment
    )
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["status"] == ["200 OK"] and said["size"] > 5000
    foreign = {
        top
        for top in (module.partition(".")[0] for module in said["modules"])
        if top not in sys.stdlib_module_names and top not in EVERY_PAGE and not top.startswith("_")
    }
    assert not foreign, f"{sorted(foreign)}: {CURE}"
    early = [module for module in said["modules"] if module.startswith("gongkai.") and not _of_ours(module)]
    assert not early, f"{early}: {CURE}"


def _patterns(entries: Any) -> Iterator[URLPattern]:
    for entry in entries:
        if isinstance(entry, URLPattern):
            yield entry
        else:
            yield from _patterns(entry.url_patterns)


def test_every_view_named_in_the_url_map_is_there() -> None:
    """A name written wrong would be found by the first visitor alone."""
    found = 0
    for pattern in _patterns(get_resolver().url_patterns):
        view = pattern.callback
        if not view.__module__.startswith("gongkai.web.portal"):
            continue
        found += 1
        assert callable(getattr(load(view.__module__), view.__name__, None)), (
            f"{view.__module__}.{view.__name__}"
        )
    assert found > 30


def test_everything_declared_can_be_loaded() -> None:
    warm_up.everything()
    assert len(kinds.all_kinds()) > 10
    assert verification._further
    for check in verification._further:
        assert callable(getattr(load(check.__module__), check.__name__, None)), check
