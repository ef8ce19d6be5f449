"""Clerks whose process is killed in the midst of an act: a line is said when an act was acknowledged, not before."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import UTC, datetime

NOW = datetime(2021, 7, 1, 2, tzinfo=UTC)
# Seconds that a process lives at most: from before its first filing to well into its letters.
LONGEST = 0.4


def say(line: str) -> None:
    """A whole line or nothing, past every buffer that dies with the process."""
    os.write(1, f"{line}\n".encode())


def work(code: str) -> None:
    """File a request and withdraw it, which makes a numbered letter, over and over."""
    from gongkai.casework import acts
    from gongkai.casework.filing import file_request
    from gongkai.foundation.actors import COMMAND_LINE
    from gongkai.foundation.models import Organ
    from tests.apps.casework_support import filing

    organ = Organ.objects.get(code=code)
    while True:
        receipt = file_request(organ, filing(confirmed=True), by=COMMAND_LINE, now=NOW)
        say(f"filed {receipt.number}")
        acts.act(receipt.case, "withdraw", {"reason": "已经找到"}, by=COMMAND_LINE, now=NOW)
        say(f"withdrawn {receipt.number}")


def prepare(code: str) -> None:
    """What letters need of an organ."""
    from django.db import connections

    from gongkai.foundation.models import Organ
    from tests.apps.casework_support import letter_needs

    letter_needs(Organ.objects.get(code=code))
    connections.close_all()


def main() -> None:
    """``code kills seed``: so many processes one after another, each killed at some moment."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    django.setup()
    code, kills, chance = sys.argv[1], int(sys.argv[2]), random.Random(int(sys.argv[3]))
    prepare(code)
    for _ in range(kills):
        child = os.fork()
        if not child:
            work(code)
        time.sleep(chance.uniform(0.01, LONGEST))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
