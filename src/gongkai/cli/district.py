"""Beginning a real district (建立真实的区), in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gongkai.foundation import accounts, organs
from gongkai.foundation.actors import COMMAND_LINE
from gongkai.foundation.intake.errors import FileRefused
from gongkai.foundation.locks import write_transaction
from gongkai.foundation.models import Organ
from gongkai.foundation.organ_table import OrganTableRefused, read_organs


class BeginningRefused(Exception):
    """A district that cannot begin so; the message says what to mend. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What was begun: how many organs, and the operator's first password, shown once."""

    organs: int
    username: str
    password: str


def begin_district(
    *, name: str, region: str, area_code: str, organs_file: Path | None, now: datetime
) -> Begun:
    """Enter government, office, units and the operator. Raises BeginningRefused."""
    try:
        with write_transaction():
            government = _government(name, region, area_code, now)
            count = 2
            if organs_file is not None:
                count += read_organs(organs_file, government=government, by=COMMAND_LINE, now=now)
            password = accounts.paper_password()
            operator = accounts.open_account(
                username="operator",
                display_name="运行维护人员",
                password=password,
                must_change=True,
                by=COMMAND_LINE,
                now=now,
            )
            accounts.give_role(operator, role="operator", organ=government, by=COMMAND_LINE, now=now)
    except (FileRefused, OrganTableRefused, organs.OrganRefused) as error:
        raise BeginningRefused(f"{error}\n没有写入任何机关；改好后再运行一次。") from error
    return Begun(count, "operator", password)


def _government(name: str, region: str, area_code: str, now: datetime) -> Organ:
    title = name if name.endswith("人民政府") else f"{name}人民政府"
    government = organs.found(
        organs.NewOrgan(
            code=f"{area_code}000",
            kind="government",
            name=title,
            short_name=name.removesuffix("人民政府"),
            region=region,
            disclosure_office=f"{title}办公室",
        ),
        by=COMMAND_LINE,
        now=now,
    )
    organs.found(
        organs.NewOrgan(
            code=f"{area_code}001",
            kind="office",
            name=f"{title}办公室",
            short_name="区政府办公室" if title.endswith("区人民政府") else "政府办公室",
            parent=government,
            position=1,
            disclosure_office=f"{title}办公室",
        ),
        by=COMMAND_LINE,
        now=now,
    )
    return government
