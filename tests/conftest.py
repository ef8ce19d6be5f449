"""What every test stands on: a home of its own, a clock handed in, a small district."""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

# Before Django reads its settings: no test may touch an installation.
os.environ["GONGKAI_HOME"] = tempfile.mkdtemp(prefix="gongkai-tests-")
for name in ("GONGKAI_FILES", "GONGKAI_KEYS", "GONGKAI_LEDGER_HASH", "GONGKAI_HOSTS"):
    os.environ.pop(name, None)
os.environ.setdefault("DATABASE_URL", "")

import pytest  # noqa: E402

NOW = datetime(2022, 1, 10, 2, 0, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    """No password of a test is kept, and what tests prove does not rest on how slowly one is hashed."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# A worker takes a file at a time (scripts/test). The long ones come first, so that none of them is the last;
# the first needs no demonstration, which the second builds meanwhile.
LONG = (
    "tests/web/test_permission_matrix.py",
    "tests/browser/",
    "tests/cli/test_real_district.py",
    "tests/demonstration/",
    "tests/cli/",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first, the others in their random order."""

    def place(item: pytest.Item) -> int:
        return next((n for n, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG))

    items.sort(key=place)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """A home of its own for each test that meets the database."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        settings = request.getfixturevalue("settings")
        settings.GONGKAI_HOME = tmp_path / "home"
        settings.GONGKAI_FILES = tmp_path / "home" / "files"
        settings.GONGKAI_HOME.mkdir()


@pytest.fixture
def now() -> datetime:
    """The moment at which tests act."""
    return NOW


class District:
    """A small district: government, office, two departments and a township."""

    def __init__(self) -> None:
        from gongkai.foundation import organs
        from gongkai.foundation.actors import COMMAND_LINE
        from gongkai.foundation.organs import NewOrgan

        def found(code: str, kind: str, name: str, short: str, parent: object = None, position: int = 0):  # type: ignore[no-untyped-def]
            new = NewOrgan(code, kind, name, short, parent, position=position, region="ningxia")  # type: ignore[arg-type]
            return organs.found(new, by=COMMAND_LINE, now=NOW)

        self.government = found("999000", "government", "示范区人民政府", "示范区")
        self.office = found("999001", "office", "示范区人民政府办公室", "区政府办公室", self.government, 1)
        self.education = found("999002", "department", "示范区教育局", "区教育局", self.government, 2)
        self.civil = found("999003", "department", "示范区民政局", "区民政局", self.government, 3)
        self.town = found("999004", "township", "示范区东河镇", "东河镇", self.government, 4)

    @property
    def all(self) -> list:  # type: ignore[type-arg]
        """Every organ, in order."""
        return [self.government, self.office, self.education, self.civil, self.town]


@pytest.fixture
def district(db: None) -> District:
    """A small district, empty of records."""
    return District()


def enter(kind: str, organ, **values):  # type: ignore[no-untyped-def]
    """Enter one record through its action."""
    from gongkai.foundation import kinds, records
    from gongkai.foundation.actors import COMMAND_LINE

    return records.enter(kinds.get(kind), organ, values, by=COMMAND_LINE, now=NOW)


def explain_all(filing) -> None:  # type: ignore[no-untyped-def]
    """Explain every warning that stands, as an office would by name."""
    from gongkai.annual_report import filings
    from gongkai.annual_report.compile import compile_report
    from gongkai.foundation.actors import COMMAND_LINE

    report = compile_report(filing.organ, filing.year, reader=COMMAND_LINE, today=date(2022, 1, 10))
    for check in report.unexplained():
        filings.explain(filing, check.id, "情况属实，已核对。", by=COMMAND_LINE, now=NOW)


def seal_and_publish(filing):  # type: ignore[no-untyped-def]
    """Carry a filing to publication through its actions; a unit's is handed in and accepted first."""
    from gongkai.annual_report import filings, sealing
    from gongkai.foundation.actors import COMMAND_LINE

    explain_all(filing)
    if not filing.government:
        filings.submit(filing, by=COMMAND_LINE, now=NOW)
        filings.accept(filing, by=COMMAND_LINE, now=NOW)
    sealing.seal(filing, by=COMMAND_LINE, now=NOW)
    return sealing.publish(filing, by=COMMAND_LINE, now=NOW)


def day(text: str) -> date:
    """A date, short."""
    return date.fromisoformat(text)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The demonstration district as ``gongkai demo`` builds it; for reading alone."""
    from tests.installation import shared_demonstration

    base = tmp_path_factory.getbasetemp()
    base = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    with shared_demonstration(base / "shared") as installation:
        yield installation


@pytest.fixture
def demonstration_copy(demonstration, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A copy of the demonstration that the test may change."""
    from tests.installation import copy_of

    with copy_of(demonstration, tmp_path) as installation:
        yield installation
