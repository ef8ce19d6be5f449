"""The numbers and codes of a case (编号、查询码、口令)."""

from __future__ import annotations

import hmac
import secrets

from django.db.models import Q

from gongkai.casework.models import CarriedSecret, Case, SideRequest
from gongkai.foundation import personal
from gongkai.foundation.current_key import current_key
from gongkai.foundation.models import Organ

# No letter that is read or heard as another: I, L, O, U are left out.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH, SECRET_LENGTH = 12, 12
_GROUP = 4
_NOBODY = "no such code"


def printed_number(organ: Organ, year: int, serial: int) -> str:
    """The number of a case as it is printed and linked to (登记编号): organ, year, serial."""
    return f"{organ.code}-{year}-{serial:04d}"


def side_number(organ: Organ, series: str, year: int, serial: int) -> str:
    """The number of a correction or a proposal: a series of its own by organ, kind and year."""
    return f"{organ.code}-{year}-{series}{serial:04d}"


def new_query_code() -> str:
    """A code nobody can guess (查询码), 58 bits, without the letters that are mistaken."""
    number, letters = secrets.randbelow(len(LETTERS) ** CODE_LENGTH), []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def grouped(code: str) -> str:
    """As it is printed: ABCD-EFGH-JKMN."""
    return "-".join(code[i : i + _GROUP] for i in range(0, len(code), _GROUP))


def ungrouped(written: str) -> str:
    """A code as it was typed, without dashes, blanks and small letters."""
    return "".join(c for c in written.upper() if c in LETTERS)


def secret_of(case: Case) -> str:
    """The second secret (查询口令), derived from the case and the data key of its filing.

    Stored nowhere, until that key is no longer the current one. Raises personal.Unreadable.
    """
    return _carried(case.key_number, Q(case=case)) or derived_secret(case)


def side_secret_of(side: SideRequest) -> str:
    """The second secret of a correction or a proposal, derived as a case's is."""
    return _carried(side.key_number, Q(side=side)) or derived_secret(side)


def derived_secret(of: Case | SideRequest) -> str:
    """The secret as its data key makes it. Raises personal.Unreadable where the key is gone."""
    whose = f"{of.pk}" if isinstance(of, Case) else f"side {of.pk}"
    return _secret(f"{whose} {of.query_code}", of.key_number)


def _carried(key_number: int, whose: Q) -> str:
    """The secret that was carried over from an older data key; "" where none was."""
    if key_number == current_key():
        return ""
    row = CarriedSecret.objects.filter(whose).first()
    return personal.open_sealed(row.sealed, place=row.at) if row is not None else ""


def side_secret_holds(side: SideRequest | None, written: str) -> bool:
    """Whether the secret is its own; the same work is done where there is none."""
    expected = side_secret_of(side) if side else _secret(_NOBODY, current_key())
    same = hmac.compare_digest(expected.encode(), ungrouped(written).encode())
    return same and side is not None


def _secret(value: str, key_number: int) -> str:
    return personal.derived_code(
        value, purpose="query secret", key_number=key_number, letters=LETTERS, length=SECRET_LENGTH
    )


def secret_holds(case: Case | None, written: str) -> bool:
    """Whether the secret is the case's; the same work is done where there is no case."""
    if case is None:
        expected = _secret(_NOBODY, current_key())
    else:
        expected = secret_of(case)
    same = hmac.compare_digest(expected.encode(), ungrouped(written).encode())
    return same and case is not None
