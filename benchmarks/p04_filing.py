"""P4: eight processes file requests on SQLite, against eight that insert the same rows with raw sqlite3.

Filing goes through the action (checks, sealing, ledger), without HTTP. The reference copies the rows of one real
filing, behind the same lock, each commit on its own with ``synchronous=FULL``: it may lose as little in a power cut as
an action, which is synced before it returns. Both run in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
from measuring import record

PROCESSES = 8

_PREPARE = """
from datetime import UTC, datetime
from gongkai.cli.bootstrap import create_database, start_django
create_database()
start_django()
from gongkai.foundation.models import Organ, OrganName
government = Organ.objects.create(code="640302000", kind="government", position=0)
OrganName.objects.create(organ=government, name="示范区人民政府", short_name="示范区")
"""

# Files until told to stop; answers with how many, how long each waited at worst, and what went wrong.
_FILE = """
import json, sys, time
from gongkai.cli.bootstrap import start_django
start_django()
from gongkai.casework.filing import ApplicantGiven, Filing, file_request
from gongkai.foundation.actors import PUBLIC
from datetime import UTC, datetime
from gongkai.foundation.models import Organ
organ = Organ.objects.select_related("parent").get(code="640302000")
applicant = ApplicantGiven(applicant_class="natural", name="申请人甲", id_type="identity-card",
                           id_number="110101199001010015", phone="13800000000", address="示范区示范路 1 号")
filing = Filing(applicant=applicant, description="2020 年农村危房改造补助资金的分配表")
print("ready", flush=True)
seconds = float(sys.stdin.readline())
end, done, worst, wrong = time.monotonic() + seconds, [], 0.0, []
while time.monotonic() < end:
    start = time.perf_counter()
    try:
        done.append(file_request(organ, filing, by=PUBLIC, now=datetime.now(UTC)).serial)
    except Exception as error:
        wrong.append(repr(error)[:200])
    worst = max(worst, time.perf_counter() - start)
print(json.dumps({"done": done, "worst": worst, "wrong": wrong}), flush=True)
"""

# The same rows as one real filing, copied by plain SQL behind the same lock.
_RAW = """
import fcntl, json, sqlite3, sys, time
path, place = sys.argv[1], int(sys.argv[2])
db = sqlite3.connect(path, isolation_level=None, timeout=30)
db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;")
def columns(table):
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
def rows(table, where):
    names = columns(table)
    return names, db.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {where} ORDER BY 1").fetchall()
LAST = "SELECT MAX(serial) FROM casework_case WHERE organ_id = 1 AND year = ?"
case_names, (case,) = rows("casework_case", "id = 1")
parts = [(table, *rows(table, "case_id = 1")) for table in ("casework_sealedtext", "casework_applicant")]
event_names, (event,) = rows("foundation_ledgerevent", "subject = 'case:1'")
key_names, keys = rows("foundation_eventkey", f"event_id = {event[event_names.index('seq')]}")
def insert(table, names, row, **changed):
    values = {name: changed.get(name, value) for name, value in zip(names, row) if name != "id"}
    sql = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' for _ in values)})"
    return db.execute(sql, list(values.values())).lastrowid
lock = open(path.replace(".sqlite3", ".writelock"), "a")
print("ready", flush=True)
seconds = float(sys.stdin.readline())
end, done, worst, wrong = time.monotonic() + seconds, [], 0.0, []
while time.monotonic() < end:
    start = time.perf_counter()
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        db.execute("BEGIN IMMEDIATE")
        (serial,) = db.execute(LAST, (case[case_names.index("year")],)).fetchone()
        (seq,) = db.execute("SELECT seq FROM foundation_ledgerevent ORDER BY seq DESC LIMIT 1").fetchone()
        serial, seq = serial + 1, seq + 1
        number = insert("casework_case", case_names, case, serial=serial, number=f"R{serial}", query_code=f"R{serial}",
                        entered_seq=seq, latest_seq=seq)
        for table, names, found in parts:
            for row in found:
                insert(table, names, row, case_id=number)
        insert("foundation_ledgerevent", event_names, event, seq=seq, subject=f"case:{number}", hash=f"{seq:064d}")
        for row in keys:
            insert("foundation_eventkey", key_names, row, event_id=seq)
        db.execute("COMMIT")
        done.append(serial)
    except Exception as error:
        db.rollback()
        wrong.append(repr(error)[:200])
    finally:
        fcntl.flock(lock, fcntl.LOCK_UN)
    worst = max(worst, time.perf_counter() - start)
print(json.dumps({"done": done, "worst": worst, "wrong": wrong}), flush=True)
"""


def _python(code: str, home: Path, *arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "GONGKAI_HOME": str(home), "DATABASE_URL": ""}
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def together(code: str, home: Path, processes: int, seconds: float) -> list[dict[str, object]]:
    """That many processes at once for that long; what each of them says."""
    path = home / "gongkai.sqlite3"
    running = [_python(code, home, path, place) for place in range(processes)]
    for one in running:
        assert one.stdout is not None and one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write(f"{seconds}\n")
        one.stdin.flush()
    return [json.loads(one.communicate()[0]) for one in running]


def fresh(folder: Path) -> Path:
    """An installation with one district and one filing, whose rows the reference copies."""
    folder.mkdir()
    prepared = _python(_PREPARE, folder)
    prepared.communicate()
    assert prepared.returncode == 0
    together(_FILE, folder, 1, 0.001)
    return folder


def measure(processes: int, seconds: float, runs: int, folder: Path) -> list[str]:
    """Both in turn; returns the lines of the page. Raises AssertionError where something was lost."""
    ours, raw = fresh(folder / "ours"), fresh(folder / "raw")
    rates: dict[str, list[float]] = {"ours": [], "raw": []}
    worst, wrong, serials = 0.0, 0, [1]
    for _ in range(runs):
        for name, home, code in (("ours", ours, _FILE), ("raw", raw, _RAW)):
            said = together(code, home, processes, seconds)
            done = [serial for one in said for serial in one["done"]]  # type: ignore[attr-defined]
            rates[name].append(len(done) / seconds)
            if name == "ours":
                serials += done
                worst = max(worst, *(float(str(one["worst"])) for one in said))
                wrong += sum(len(one["wrong"]) for one in said)  # type: ignore[arg-type]
    assert sorted(serials) == list(range(1, len(serials) + 1)), "a filing was lost or a number left out"
    filed, copied = median(rates["ours"]), median(rates["raw"])
    return [
        f"| {processes} processes, {runs} × {seconds:g} s each, in turn | filings a second |",
        "|---|---|",
        f"| file_request | {filed:.0f} |",
        f"| raw sqlite3, the same rows, lock and durability | {copied:.0f} |",
        "",
        f"Ratio: {filed / copied:.2f} (goal ≥ 0.5). {len(serials) - 1:,} filed, {wrong} refused or locked, "
        f"numbers without a gap; worst wait {worst:.2f} s (goal ≤ 1 s).",
        "Command: `scripts/bench p04`.",
    ]


def main() -> None:
    """Measure and write down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=int, default=1, help="an n-th of the time")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-record", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = measure(PROCESSES, 12 / arguments.share, arguments.runs, Path(folder))
    print("\n".join(lines))
    if not arguments.no_record:
        record("P4 filing", lines, f"{datetime.now(UTC):%Y-%m-%d}")


if __name__ == "__main__":
    main()
