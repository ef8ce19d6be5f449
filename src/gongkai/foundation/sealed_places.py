"""Where something is sealed under a data key (加密的地方): how much is there, and how it is sealed anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Q, QuerySet

from gongkai.foundation import personal, seal_marks
from gongkai.foundation.current_key import current_key

# Under this number is counted what nobody can say the key of: it is lost, or the file was not looked at yet.
UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step did: how many were sealed anew, where to go on (None: the end), what did not open."""

    sealed: int
    last: int | None
    stuck: tuple[str, ...] = ()


class Place(Protocol):
    """One kind of place: how many things there need which key, how many stand under an older one."""

    @property
    def label(self) -> str:
        """What it is called."""

    def under(self) -> Counter[int]:
        """How many things need each data key, by its number."""

    def left(self) -> int:
        """How many are still to be sealed anew."""

    def reseal(self, after: int, most: int) -> Batch:
        """Seal the next ones anew, inside a write transaction; ``after``: the last of the batch before."""


def text_prefixes(number: int) -> tuple[str, ...]:
    """How a text sealed under a data key begins, whatever the cipher."""
    return tuple(f"{name}:{number}:" for name in personal.CIPHERS)


def text_current() -> str:
    """How a text begins that is sealed now."""
    name, number = personal.current_cipher()
    return f"{name}:{number}:"


def number_prefixes(number: int) -> tuple[str, ...]:
    """How a text begins that names the key alone: the short secrets, the hashes by which a person is found."""
    return (f"{number}:",)


def number_current() -> str:
    """How such a text begins now."""
    return f"{current_key()}:"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of sealed texts (加密的一栏). ``renew``: the same under the current key; raises personal.Unreadable."""

    label: str
    model: str
    column: str
    renew: Callable[[Any], str]
    scope: Q = field(default_factory=Q)
    related: tuple[str, ...] = ()
    prefixes: Callable[[int], tuple[str, ...]] = text_prefixes
    current: Callable[[], str] = text_current

    def _rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = apps.get_model(self.model)._default_manager.filter(self.scope)
        return rows.exclude(**{self.column: ""})

    def _old(self) -> QuerySet[Any]:
        return self._rows().exclude(**{f"{self.column}__startswith": self.current()})

    def under(self) -> Counter[int]:
        """How many texts need each data key."""
        found: Counter[int] = Counter()
        for number in settings.GONGKAI_DATA_KEYS:
            begins = Q()
            for prefix in self.prefixes(number):
                begins |= Q(**{f"{self.column}__startswith": prefix})
            found[number] = self._rows().filter(begins).count()
        found[UNKNOWN] = self._rows().count() - found.total()
        return found

    def left(self) -> int:
        """How many texts are not under the current cipher and key."""
        return self._old().count()

    def reseal(self, after: int, most: int) -> Batch:
        """The next texts under the current key; one that does not open is left as it is, and told."""
        rows = list(self._old().filter(pk__gt=after).select_related(*self.related).order_by("pk")[:most])
        done, stuck = [], []
        for row in rows:
            try:
                setattr(row, self.column, self.renew(row))
            except personal.Unreadable as wrong:
                stuck.append(str(wrong))
            else:
                done.append(row)
        apps.get_model(self.model)._default_manager.bulk_update(done, [self.column])
        return Batch(len(done), rows[-1].pk if len(rows) == most else None, tuple(stuck))


def words(
    label: str,
    model: str,
    column: str,
    at: Callable[[Any], str],
    *,
    scope: Q | None = None,
    related: tuple[str, ...] = (),
) -> Column:
    """A column that ``personal.seal`` writes; ``at``: the only place where a row's text opens."""
    renew = lambda row: personal.reseal(getattr(row, column), place=at(row))  # noqa: E731
    return Column(label, model, column, renew, scope if scope is not None else Q(), related)


@dataclass(frozen=True, slots=True)
class Files:
    """Rows that point at a sealed file (加密的文件); ``at``: the only place where its bytes open."""

    label: str
    model: str
    column: str
    at: Callable[[Any], str]
    scope: Q = field(default_factory=Q)
    related: tuple[str, ...] = ()

    def rows(self) -> QuerySet[Any]:
        """Those whose file still has its bytes."""
        rows: QuerySet[Any] = apps.get_model(self.model)._default_manager.filter(self.scope)
        standing = {f"{self.column}__isnull": False, f"{self.column}__destroyed_seq": None}
        return rows.filter(**standing).select_related(self.column, *self.related)

    def old(self) -> QuerySet[Any]:
        """Those that are known to stand under another cipher or key than the current."""
        name, number = personal.current_cipher()
        seal = f"{self.column}__sealed_under"
        return self.rows().exclude(**{seal: None}).exclude(**{f"{seal}__in": ["", f"{name}:{number}"]})

    def under(self) -> Counter[int]:
        """How many files need each data key; plain ones need none."""
        seal = f"{self.column}__sealed_under"
        found: Counter[int] = Counter()
        for label, many in (
            self.rows().exclude(**{seal: ""}).order_by().values_list(seal).annotate(many=Count("pk"))
        ):
            found[UNKNOWN if label is None else seal_marks.key_of(label) or UNKNOWN] += many
        return found

    def left(self) -> int:
        """How many files are not under the current cipher and key, or were not looked at yet."""
        return self.old().count() + self.rows().filter(**{f"{self.column}__sealed_under": None}).count()


AnyPlace = Place | Files
