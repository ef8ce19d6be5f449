"""P6: a district's year compiled, with trace and checks, out of ten million records of many districts.

The generator writes rows directly (SQLite), so that ten million take minutes; what is measured is the
program's own ``compile_report`` and ``trace``.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))
from measuring import milliseconds, record

# One district's year: 4,000 publications, 500 statistics, 500 others; 2,000 of them are ten million.
PUBLICATIONS, STATISTICS, OTHERS = 4000, 500, 500
YEARS = range(2006, 2026)
DISTRICTS = 100
UNITS = 40
MEASURED = 2021
CHANNELS = ("portal", "wechat", "weibo", "short_video")
CLASSES = ("document", "interpretation", "budget", "welfare", "project", "key_other", "bulletin")
ITEMS = ("licence", "penalty", "coercion", "fee")
OUTCOMES = [f"r{i}" for i in range(3, 24)]
APPLICANTS = ("natural", "enterprise", "research", "welfare", "legal", "other")


class Writer:
    """Writes rows of one database with their keys counted here."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.keys: dict[str, int] = {}
        self.rows = 0

    def write(self, table: str, columns: str, rows: Iterator[tuple[object, ...]]) -> None:
        marks = ", ".join("?" for _ in columns.split(","))
        self.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    def key(self, table: str) -> int:
        self.keys[table] = self.keys.get(table, 0) + 1
        return self.keys[table]


def make_database(path: Path, districts: int, years: list[int], share: int) -> int:
    """A database of that many districts and years; returns how many records it holds."""
    environment = {**os.environ, "GONGKAI_HOME": str(path), "DATABASE_URL": ""}
    path.mkdir()
    subprocess.run([sys.executable, "-c", _CREATE], env=environment, check=True)
    with closing(sqlite3.connect(path / "gongkai.sqlite3")) as connection:
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF;")
        writer = Writer(connection)
        records = 0
        for number in range(districts):
            organs = _organs(writer, number)
            for year in years:
                records += _year(writer, organs, year, share)
            connection.commit()
        connection.executescript("ANALYZE;")
    return records


_CREATE = """
from gongkai.cli.bootstrap import create_database
create_database()
"""


def _organs(writer: Writer, number: int) -> list[int]:
    found, parent = [], None
    for place in range(UNITS + 2):
        key = writer.key("organ")
        kind = "government" if place == 0 else "office" if place == 1 else "department"
        code = f"{100000 + number}{place:03d}"
        writer.write(
            "foundation_organ",
            "id, code, kind, parent_id, position, disclosure_office, region, address, postcode, phone, fax, email, website",
            iter([(key, code, kind, parent, place, "", "", "", "", "", "", "", "")]),
        )
        writer.write(
            "foundation_organname",
            "id, organ_id, name, short_name",
            iter([(key, key, f"第{number}区第{place}局", f"第{place}局")]),
        )
        parent = parent or key
        found.append(key)
    return found


def _year(writer: Writer, organs: list[int], year: int, share: int) -> int:
    random = Random(f"{organs[0]} {year}")
    first = date(year, 1, 1)
    units = organs[1:]

    def day() -> str:
        return (first + timedelta(days=random.randint(0, 364))).isoformat()

    publications, statistics, others = PUBLICATIONS // share, STATISTICS // share, OTHERS // share
    _publications(writer, random, units, publications, day)
    _statistics(writer, random, units, statistics, year)
    _others(writer, random, units, others, year, day)
    return publications + statistics + others


def _publications(writer, random, units, count, day) -> None:  # type: ignore[no-untyped-def]
    information, rows = [], []
    for place in range(count):
        if place % 4 == 0:
            key, organ, name = writer.key("information"), random.choice(units), random.choice(CLASSES)
            information.append((key, organ, f"信息{key}", name, day(), "", 1, 1))
        rows.append((writer.key("publication"), organ, key, CHANNELS[place % 4], name, day(), "", 1, 1))
    writer.write(
        "disclosure_information",
        "id, organ_id, title, information_class, formed_on, summary, entered_seq, latest_seq",
        iter(information),
    )
    writer.write(
        "disclosure_publication",
        "id, organ_id, information_id, channel, information_class, published_on, url, entered_seq, latest_seq",
        iter(rows),
    )


def _statistics(writer, random, units, count, year) -> None:  # type: ignore[no-untyped-def]
    places = [(unit, month, item) for unit in units for month in range(1, 13) for item in ITEMS]
    rows = [
        (writer.key("statistic"), unit, year, month, item, random.randint(0, 90), 1, 1)
        for unit, month, item in places[:count]
    ]
    writer.write(
        "registers_statistic", "id, organ_id, year, month, item, amount, entered_seq, latest_seq", iter(rows)
    )


def _others(writer, random, units, count, year, day) -> None:  # type: ignore[no-untyped-def]
    requests, letters, normatives = [], [], []
    for place in range(count):
        organ = random.choice(units)
        if place % 25 == 0:
            key = writer.key("normative")
            normatives.append((key, organ, f"办法{key}", f"〔{year}〕{key}号", "norm", day(), 1, 1))
        elif place % 2:
            received = date.fromisoformat(day())
            closed = received + timedelta(days=random.randint(1, 28))
            values = (
                received.isoformat(),
                random.choice(APPLICANTS),
                random.choice(OUTCOMES),
                closed.isoformat(),
            )
            requests.append((writer.key("request"), organ, *values, "online", "", 1, 1))
        else:
            letters.append(
                (writer.key("letter"), organ, day(), random.choice(("mailbox", "complaint")), "", 1, 1)
            )
    writer.write(
        "disclosure_normativedocument",
        "id, organ_id, title, document_number, rank, made_on, entered_seq, latest_seq",
        iter(normatives),
    )
    writer.write(
        "casework_informationrequest",
        "id, organ_id, received_on, applicant_class, outcome, closed_on, channel, subject, entered_seq, latest_seq",
        iter(requests),
    )
    writer.write(
        "mailbox_letter",
        "id, organ_id, received_on, category, subject, entered_seq, latest_seq",
        iter(letters),
    )


# Compiles in a process that opened the database before; answers each line with the seconds it took.
_MEASURE = """
import sys, time
from gongkai.cli.bootstrap import start_django
start_django()
from gongkai.annual_report.compile import compile_report
from gongkai.annual_report.output import as_json, trace
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.models import Organ
code, year = sys.argv[1], int(sys.argv[2])
for line in sys.stdin:
    start = time.perf_counter()
    report = compile_report(Organ.objects.get(code=code), year, reader=COMMAND_LINE)
    as_json(report)
    leaves = sum(len(trace(report.tables, name)) for name, cell in report.tables.cells.items() if cell.value)
    print(time.perf_counter() - start, leaves, len(report.checks), flush=True)
"""


class Compiler:
    """A process over one database that compiles when told to."""

    def __init__(self, home: Path, code: str, year: int) -> None:
        environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": ""}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _MEASURE, code, str(year)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __call__(self) -> tuple[float, int, int]:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        seconds, leaves, checks = self.process.stdout.readline().split()
        return float(seconds), int(leaves), int(checks)

    def close(self) -> None:
        self.process.communicate()


def _demonstration(home: Path) -> Path:
    environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "gongkai.cli.main", "demo", "--no-serve"]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return home


def measure(share: int, runs: int, folder: Path, seed_home: Path | None) -> list[str]:
    """Build both databases and the demonstration, compile interleaved; returns the lines of the page."""
    whole = make_database(folder / "whole", DISTRICTS, list(YEARS), share)
    alone = make_database(folder / "alone", 1, [MEASURED], share)
    size = (folder / "whole" / "gongkai.sqlite3").stat().st_size
    seed_home = seed_home or _demonstration(folder / "seed")
    compilers = {
        "ten million": Compiler(folder / "whole", "100000000", MEASURED),
        "that year alone": Compiler(folder / "alone", "100000000", MEASURED),
        "the seed's district": Compiler(seed_home, "640302000", MEASURED),
    }
    times: dict[str, list[float]] = {name: [] for name in compilers}
    leaves: dict[str, int] = {}
    for _ in range(runs + 1):
        for name, compile_ in compilers.items():
            seconds, leaves[name], _checks = compile_()
            times[name].append(seconds)
    for compile_ in compilers.values():
        compile_.close()
    # The first run of each opened the database and read the code.
    medians = {name: sorted(found[1:])[len(found[1:]) // 2] for name, found in times.items()}
    records = {"ten million": whole, "that year alone": alone, "the seed's district": None}
    lines = [
        "| database | records | records traced | compile, trace, checks | first run |",
        "|---|---|---|---|---|",
    ]
    for name, seconds in medians.items():
        count = f"{records[name]:,}" if records[name] else "the demonstration"
        lines.append(
            f"| {name} | {count} | {leaves[name]:,} | {milliseconds(seconds)} | {milliseconds(times[name][0])} |"
        )
    ratio = medians["ten million"] / medians["that year alone"]
    seed = medians["the seed's district"]
    return [
        *lines,
        "",
        f"Ratio: {ratio:.2f} (goal ≤ 2). The seed's district: {seed:.2f} s (goal ≤ 1 s).",
        f"SQLite, {size / 1e9:.2f} GB. Command: `scripts/bench p06`.",
    ]


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="an n-th of the records")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-record", action="store_true")
    parser.add_argument("--seed-home", type=Path, help="a demonstration that is there already")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(arguments.share, arguments.runs, Path(folder), arguments.seed_home)
    print("\n".join(lines))
    if not arguments.no_record:
        record("P6 compile", lines, f"{datetime.now(UTC):%Y-%m-%d}")


if __name__ == "__main__":
    main()
