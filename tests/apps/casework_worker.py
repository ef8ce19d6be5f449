"""One of several processes at the same cases, for the races: prints what it did as JSON."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

NOW = datetime(2021, 7, 1, 2, tzinfo=UTC)


def _start_together(gate: str) -> None:
    """Wait until every process is ready, so that they really meet."""
    Path(f"{gate}.{os.getpid()}").touch()
    while not Path(gate).exists():
        time.sleep(0.005)


def file_all(gate: str, code: str, keys: int) -> list[str]:
    """File under every key, in an order of one's own; the query codes by key."""
    from gongkai.casework.filing import Idempotency, file_request
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.models import Organ
    from tests.apps.casework_support import filing

    organ = Organ.objects.get(code=code)
    order = list(range(keys))
    random.shuffle(order)
    found = [""] * keys
    _start_together(gate)
    for key in order:
        given = Idempotency("platform:1", f"key-{key}", b"body %d" % key)
        receipt = file_request(organ, filing(confirmed=True), by=COMMAND_LINE, now=NOW, idempotency=given)
        found[key] = f"{receipt.number} {receipt.query_code} {receipt.secret}"
    return found


def race(gate: str, pk: int, based_on: int) -> list[str]:
    """Try to be the one who withdraws the case."""
    from gongkai.casework import acts
    from gongkai.casework.models import Case
    from gongkai.casework.refusals import CaseChanged
    from gongkai.foundation.actors import Actor

    case = Case.objects.get(pk=pk)
    who = Actor(ref=f"account:{os.getpid()}", server=True)
    _start_together(gate)
    try:
        acts.act(case, "withdraw", {"reason": "申请人来电"}, by=who, now=NOW, based_on=based_on)
    except CaseChanged as changed:
        return ["changed", str(changed)]
    return ["won"]


def issue_letters(gate: str, code: str, how_many: int) -> list[str]:
    """File requests and have each withdrawn: a numbered confirmation for each."""
    from gongkai.casework import acts
    from gongkai.casework.filing import file_request
    from gongkai.casework.models import Letter
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.models import Organ
    from tests.apps.casework_support import filing, letter_needs

    organ = Organ.objects.get(code=code)
    letter_needs(organ)
    receipts = [
        file_request(organ, filing(confirmed=True), by=COMMAND_LINE, now=NOW) for _ in range(how_many)
    ]
    _start_together(gate)
    found = []
    for receipt in receipts:
        acts.act(receipt.case, "withdraw", {"reason": "已经找到"}, by=COMMAND_LINE, now=NOW)
        found.append(Letter.objects.get(case=receipt.case).number)
    return found


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    mode, gate, *rest = sys.argv[1:]
    if mode == "race":
        done = race(gate, int(rest[0]), int(rest[1]))
    else:
        done = (file_all if mode == "file" else issue_letters)(gate, rest[0], int(rest[1]))
    sys.stdout.write(json.dumps(done))


if __name__ == "__main__":
    main()
