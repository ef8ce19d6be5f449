"""One of several processes that race for one case after another: told which, it tells how it went, line by line."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

NOW = datetime(2021, 7, 1, 2, tzinfo=UTC)


def prepare(code: str, how_many: int) -> list[list[int]]:
    """So many requests, received and not yet registered: each with the event it stands at."""
    from gongkai.casework.filing import file_request
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.models import Organ
    from tests.apps.casework_support import account, filing, letter_needs

    organ = Organ.objects.get(code=code)
    letter_needs(organ)
    account("经办人", organ, "unit_clerk")
    cases = [
        file_request(organ, filing(confirmed=True), by=COMMAND_LINE, now=NOW).case for _ in range(how_many)
    ]
    return [[case.pk, case.latest_seq] for case in cases]


def attempt(turn: dict[str, Any]) -> list[str]:
    """Try to be the one who does the act, from what the case was when everybody looked at it."""
    from gongkai.casework import acts
    from gongkai.casework.models import Case
    from gongkai.casework.refusals import CaseChanged
    from gongkai.foundation.actors import Actor
    from gongkai.foundation.models import Account

    case = Case.objects.get(pk=turn["case"])
    given = {"reason": "申请人来电"}
    if turn["act"] == "register":
        given = {"handler": Account.objects.get(username="经办人").ref, "applicant_class": "natural"}
    who = Actor(ref=f"account:{os.getpid()}", server=True)
    try:
        acts.act(case, turn["act"], given, by=who, now=NOW, based_on=turn["seq"])
    except CaseChanged as changed:
        return ["changed", str(changed)]
    return ["won", turn["act"]]


def say(line: str) -> None:
    """A line to whoever holds the race."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    if sys.argv[1] == "prepare":
        sys.stdout.write(json.dumps(prepare(sys.argv[2], int(sys.argv[3]))))
        return
    say("ready")
    for line in sys.stdin:
        say(json.dumps(attempt(json.loads(line))))


if __name__ == "__main__":
    main()
