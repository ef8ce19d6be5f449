"""Arguments that name things in the database: a kind of record, an organ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.cli.output import CouldNot

if TYPE_CHECKING:
    from gongkai.foundation.kinds import Kind
    from gongkai.foundation.models import Organ


def kind_of(code: str) -> Kind:
    """The kind an argument names, by code or label. Raises CouldNot listing them all."""
    from gongkai.foundation import kinds

    for kind in kinds.all_kinds():
        if code in (kind.code, kind.label):
            return kind
    known = "\n".join(f"  {kind.code}　{kind.label}" for kind in kinds.all_kinds())
    raise CouldNot(f"没有“{code}”这种记录。可用的种类：\n{known}")


def organ_of(code_or_name: str, year: int) -> Organ:
    """The organ an argument names, by code or full name as of the year. Raises CouldNot."""
    from gongkai.foundation import organs

    try:
        return organs.find(code_or_name, year)
    except organs.NoSuchOrgan as error:
        raise CouldNot(str(error)) from error
