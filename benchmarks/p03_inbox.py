"""P3: a clerk's inbox with 100,000 cases, eight clients, against Django admin's list of the same table.

The cases are copies of filings made through the action, spread over forty organs, stages and days, written
directly. What is measured is the page, logged in and uncached, over HTTP from our own server; the admin runs on the
same server over the same database.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent))
from p12_startup import free_port, wait_for

from measuring import milliseconds, record

CLIENTS, WORKERS = 8, 2

# A district of forty units, so many cases in every stage, a clerk signed in; answers with the cookie and queries.
_PREPARE = """
import json, sys
from datetime import UTC, date, datetime, timedelta
from gongkai.cli.bootstrap import create_database, start_django
create_database()
start_django()
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from gongkai.casework.filing import ApplicantGiven, Filing, file_request
from gongkai.casework.models import Case
from gongkai.foundation.actors import PUBLIC
from gongkai.foundation.models import Account, Organ, OrganName, RoleHolding
count, now = int(sys.argv[1]), datetime.now(UTC)
organs = []
for place in range(41):
    kind = "government" if place == 0 else "department"
    organ = Organ.objects.create(code=f"640302{place:03d}", kind=kind, position=place, parent=organs[0] if organs else None)
    OrganName.objects.create(organ=organ, name=f"示范区第{place}局", short_name=f"第{place}局")
    organs.append(organ)
clerk = Account(username="clerk", display_name="经办人", opened_at=now)
clerk.set_password("only for this benchmark")
clerk.save()
RoleHolding.objects.create(account=clerk, organ=organs[1], role="unit_clerk", from_on=date(2019, 5, 15))
applicant = ApplicantGiven(applicant_class="natural", name="申请人甲", phone="13800000000",
                           id_type="identity-card", id_number="110101199001010015")
filing = Filing(applicant=applicant, description="2020 年农村危房改造补助资金的分配表")
receipt = file_request(organs[1], filing, by=PUBLIC, now=now)
from gongkai.casework.acts import act
from gongkai.foundation.actors import COMMAND_LINE
case = receipt.case
case = act(case, "confirm", {"confirmed_how": "电话确认，本人接听"}, by=COMMAND_LINE, now=now)
case = act(case, "register", {"handler": clerk.ref, "applicant_class": "natural"}, by=COMMAND_LINE, now=now)
template = Case.objects.get(pk=case.pk)
today = now.date()
rows = []
for number in range(2, count + 1):
    day = today + timedelta(days=number * 7919 % 400 - 300)
    done = day < today - timedelta(days=20) or number % 5
    copied = Case(pk=number)
    for field in Case._meta.concrete_fields:
        if field.name != "id":
            setattr(copied, field.attname, getattr(template, field.attname))
    # Small or large, the clerk's own organ fills a page of the list.
    copied.organ_id = organs[number % min(40, max(1, count // 1000)) + 1].pk
    copied.serial, copied.number, copied.query_code = number, f"N{number}", f"Q{number}"
    copied.handler_id = clerk.pk if number % 400 == 0 else None
    copied.state = "archived" if done else "handling"
    copied.order_key = "9" if done else "1" + day.isoformat()
    copied.due_on = copied.step_on = day
    rows.append(copied)
Case.objects.bulk_create(rows, batch_size=2000)
connection.cursor().execute("ANALYZE")
client = Client()
client.force_login(clerk)
client.get("/desk/inbox/?scope=organ")
with CaptureQueriesContext(connection) as caught:
    answer = client.get("/desk/inbox/?scope=organ")
assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
print(json.dumps({"cookie": client.cookies["sessionid"].value, "queries": len(caught), "bytes": len(answer.content)}))
"""

_ADMIN = """
from gongkai.config.settings import *
INSTALLED_APPS = ["django.contrib.admin", *[a for a in INSTALLED_APPS if not a.startswith("gongkai.web")]]
ROOT_URLCONF = "admin_urls"
SILENCED_SYSTEM_CHECKS = ["admin.E403", "admin.E408", "admin.E409", "admin.E410", "auth.E003"]
MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware", "admin_urls.SignedIn",
              "django.contrib.messages.middleware.MessageMiddleware"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {
    "context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
                           "django.contrib.messages.context_processors.messages"]}}]
"""
_ADMIN_URLS = """
from django.contrib import admin
from django.urls import path
from gongkai.casework.models import Case
from gongkai.foundation.models import Account

class Somebody:
    is_active = is_staff = is_superuser = is_authenticated = True
    pk = id = 1
    is_anonymous = False
    def has_perm(self, *_): return True
    def has_module_perms(self, *_): return True
    def has_usable_password(self): return False
    def get_username(self): return "clerk"
    def get_short_name(self): return "clerk"

class SignedIn:
    def __init__(self, get_response): self.get_response = get_response
    def __call__(self, request):
        # As an admin does: the session is read, and the account.
        request.session.get("_auth_user_id"); Account.objects.filter(pk=1).first()
        request.user = Somebody()
        return self.get_response(request)

@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    list_display = ("number", "organ", "state", "applicant_class", "received_on", "due_on", "due_note", "handler")
    list_filter = ("state", "organ")
    search_fields = ("number",)
    ordering = ("order_key", "id")

urlpatterns = [path("admin/", admin.site.urls)]
"""
_SERVE_ADMIN = (
    "from granian import Granian; from granian.constants import Interfaces; import sys;"
    "Granian('admin_wsgi:application', address='127.0.0.1', port=int(sys.argv[1]),"
    f"interface=Interfaces.WSGI, websockets=False, workers={WORKERS}, blocking_threads=4).serve()"
)
_ADMIN_WSGI = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "admin_settings"
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


def prepare(home: Path, cases: int) -> dict[str, object]:
    """An installation with so many cases."""
    home.mkdir()
    environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-c", _PREPARE, str(cases)], env=environment, capture_output=True, text=True, check=False
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def serving(command: list[str], home: Path, port: int, ready: str, **more: str) -> Iterator[None]:
    """A server over an installation."""
    environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": "", **more}
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}{ready}", child)
        yield
    finally:
        child.terminate()
        child.wait(timeout=30)


def load(port: int, path: str, cookie: str, seconds: float) -> list[float]:
    """The seconds of every answer that eight clients got in that time. Raises AssertionError for a refusal."""
    times: list[float] = []
    wrong: list[int] = []
    end = time.monotonic() + seconds

    def visit() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.monotonic() < end:
            start = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - start)
            if answer.status != 200:
                wrong.append(answer.status)

    clients = [threading.Thread(target=visit) for _ in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert not wrong, wrong[:3]
    return times


def measure(cases: int, seconds: float, runs: int, folder: Path) -> list[str]:
    """Both sizes and the admin, in turn; returns the lines of the page."""
    few = max(cases // 100, 100)
    small, large = prepare(folder / "small", few), prepare(folder / "large", cases)
    assert small["queries"] == large["queries"], (small, large)
    for name, text in (("settings", _ADMIN), ("urls", _ADMIN_URLS), ("wsgi", _ADMIN_WSGI)):
        (folder / f"admin_{name}.py").write_text(text, "utf-8")
    ports = [free_port() for _ in range(3)]
    gongkai = [sys.executable, "-m", "gongkai.cli.main", "serve", "--workers", str(WORKERS), "--port"]
    admin = [sys.executable, "-c", _SERVE_ADMIN, str(ports[2])]
    path = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    inbox, listed = "/desk/inbox/?scope=organ", "/admin/casework/case/"
    with (
        serving([*gongkai, str(ports[0])], folder / "small", ports[0], "/healthz"),
        serving([*gongkai, str(ports[1])], folder / "large", ports[1], "/healthz"),
        serving(
            admin,
            folder / "large",
            ports[2],
            listed,
            PYTHONPATH=path,
            DJANGO_SETTINGS_MODULE="admin_settings",
        ),
    ):
        asked = [(ports[0], inbox, small), (ports[1], inbox, large), (ports[2], listed, large)]
        times: list[list[list[float]]] = [[], [], []]
        for run in range(runs + 1):
            for place, (port, address, made) in enumerate(asked):
                found = load(port, address, str(made["cookie"]), seconds if run else seconds / 4)
                if run:
                    times[place].append(found)
    p50 = [median(median(one) for one in found) for found in times]
    p99 = [median(quantiles(one, n=100)[98] for one in found) for found in times]
    names = [f"inbox, {few:,} cases", f"inbox, {cases:,} cases", f"Django admin's list, {cases:,} cases"]
    queries = [str(small["queries"]), str(large["queries"]), "–"]
    return [
        f"| {CLIENTS} clients, {runs} × {seconds:g} s each, in turn | p50 | p99 | queries |",
        "|---|---|---|---|",
        *(
            f"| {name} | {milliseconds(a)} | {milliseconds(b)} | {q} |"
            for name, a, b, q in zip(names, p50, p99, queries, strict=True)
        ),
        "",
        f"p99 is {p99[1] / p50[1]:.2f} × p50 (goal ≤ 3); the admin takes {p50[2] / p50[1]:.1f} × (goal ≥ 5); "
        f"{cases:,} cases take {p50[1] / p50[0]:.2f} × the time of {few:,} (goal ≤ 1.5), with the same queries.",
        "Command: `scripts/bench p03`.",
    ]  # fmt: skip


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="an n-th of the cases and of the time")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-record", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seconds = max(8 / arguments.share, 0.5)
        lines = measure(100_000 // arguments.share, seconds, arguments.runs, Path(folder))
    print("\n".join(lines))
    if not arguments.no_record:
        record("P3 inbox", lines, f"{datetime.now(UTC):%Y-%m-%d}")


if __name__ == "__main__":
    main()
