"""The declared description of a kind of record (记录种类): one, for list, form, template and import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from gongkai.foundation.deferred import LOADING, load
from gongkai.rules.provision import Provision

if TYPE_CHECKING:
    from gongkai.foundation.models import Record

ColumnType = Literal["text", "long_text", "date", "integer", "decimal", "choice", "boolean", "file"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One permitted value: its code (what is stored and imported), label and other spellings accepted."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind, as the form, the template and the import know it.

    ``code`` is the contract's name of the column; ``label`` the Chinese heading. ``personal`` marks
    what could name a person: it goes into the ledger only under a key that erasure destroys;
    ``masked``: it is a name, of which pages show the first character.
    ``attribute`` is the model's attribute where it is not ``code``. ``future``: the day may lie ahead
    (a term, a day of effect); any other day is something that happened. ``companion``: entered here for
    convenience, kept in a record of its own that ``Kind.after`` makes.
    """

    code: str
    label: str
    type: ColumnType
    required: bool = True
    example: str = ""
    help: str = ""
    choices: tuple[Choice, ...] = ()
    max_length: int = 500
    minimum: int | None = None
    maximum: int | None = None
    decimals: int = 0
    personal: bool = False
    masked: bool = False
    listed: bool = True
    attribute: str = ""
    future: bool = False
    companion: bool = False

    @property
    def field(self) -> str:
        """The model's attribute that holds the value."""
        return self.attribute or self.code

    def choice(self, written: str) -> Choice | None:
        """The choice somebody meant by code, label or another spelling; None where there is none."""
        for choice in self.choices:
            if written in (choice.code, choice.label) or written in choice.aliases:
                return choice
        return None


EVIDENCE = Column(
    "evidence",
    "依据文件",
    "file",
    required=False,
    example="2021年3月统计表.xlsx",
    help="文件名；文件与导入文件放在同一个文件夹",
    listed=False,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one row as entered (错误): the column's code ("" for the row) and the cure."""

    column: str
    message: str


Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record (一种记录).

    ``code``: the name in commands and addresses. ``model``: dotted ``app_label.Model``.
    ``date_column``: the column whose day places a record in a year.
    ``validate``: cross-column findings, pure. ``prepare``: turns clean values into model attributes
    inside the transaction (finding or making what the record binds to), raising ``RowRefused``.
    ``after`` makes or ends the records entered with this one, and returns them for the same event.
    ``list_related``: what a title reads beside the row, fetched with it.
    ``kept_elsewhere``: why this record is not changed by hand, with where it is; "" where it may be.
    """

    code: str
    label: str
    model: str
    provision: Provision
    columns: tuple[Column, ...]
    title: Callable[[Any], str]
    date_column: str
    purpose: str = ""
    event_of_year: Callable[[Any], date] | None = None
    validate: Callable[[Values], list[Finding]] | None = None
    prepare: Callable[[Any, dict[str, Any]], dict[str, Any]] | None = None
    after: Callable[[Any, Record, Values], Sequence[Record]] | None = None
    public: bool = True
    search: tuple[str, ...] = field(default=("title",))
    list_related: tuple[str, ...] = ()
    kept_elsewhere: Callable[[Any], str] | None = None

    @property
    def import_columns(self) -> tuple[Column, ...]:
        """The columns of a file to import: the kind's own and the evidence file."""
        return (*self.columns, EVIDENCE)

    def column(self, code: str) -> Column:
        """The column of that code. Raises KeyError where there is none."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)


_KINDS: dict[str, Kind] = {}
# Modules whose KINDS are declared and not yet loaded, in the order of declaration.
_waiting: list[str] = []


def declare(module: str) -> None:
    """Add the ``KINDS`` of a module to the catalogue; it is imported when a kind is first asked for."""
    _waiting.append(module)


def register(*kinds: Kind) -> None:
    """Add kinds to the catalogue, once each."""
    for kind in kinds:
        known = _KINDS.get(kind.code)
        if known is not None and known is not kind:
            raise ValueError(f"kind {kind.code} is declared twice")
        _KINDS[kind.code] = kind


def _catalogue() -> dict[str, Kind]:
    if _waiting:
        with LOADING:
            while _waiting:
                register(*load(_waiting[0]).KINDS)
                # Not before: another thread that sees nothing waiting takes the catalogue to be whole.
                _waiting.pop(0)
    return _KINDS


def get(code: str) -> Kind:
    """The kind of that code. Raises KeyError where there is none."""
    return _catalogue()[code]


def all_kinds() -> list[Kind]:
    """Every kind, in the order of declaration."""
    return list(_catalogue().values())
