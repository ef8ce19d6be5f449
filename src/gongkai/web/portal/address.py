"""Where the pages of one report stand (年报地址): the newest version, or one version for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse

from gongkai.annual_report import editions
from gongkai.annual_report.editions import Edition
from gongkai.foundation.models import Organ
from gongkai.web.portal.number_labels import NUMBER_LABELS


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a report; ``version`` None is the newest, whatever it is."""

    organ_code: str
    year: int
    version: int | None = None

    def to(self, name: str, **more: Any) -> str:
        """The address of one of its pages."""
        values = {"organ_code": self.organ_code, "year": self.year, **more}
        if self.version is not None:
            values["version"] = self.version
        return reverse(f"portal:{name}", kwargs=values)

    def number(self, fact: str) -> str:
        """Where a number opens; empty for what is none."""
        if fact in NUMBER_LABELS:
            return self.to("number", code=fact)
        if fact.startswith(("t2.", "t3.", "t4.")):
            return self.to("cell", cell_id=fact)
        return ""

    @property
    def report(self) -> str:
        """The report itself."""
        return self.to("report")

    @property
    def checks(self) -> str:
        """What its checks found."""
        return self.to("checks")

    @property
    def picture(self) -> str:
        """The year in one picture."""
        return self.to("picture")

    @property
    def sealed(self) -> str:
        """The bytes that were sealed."""
        return self.to("document", ending="json")

    @property
    def svg(self) -> str:
        """The picture as SVG."""
        return self.to("picture-file", ending="svg")

    @property
    def png(self) -> str:
        """The picture as PNG."""
        return self.to("picture-file", ending="png")


def found(organ_code: str, year: int, version: int | None) -> tuple[Edition, Address]:
    """The published edition at an address. Raises Http404: also for what is sealed but not published."""
    organ = Organ.objects.filter(code=organ_code).first()
    edition = None
    if organ is not None:
        edition = editions.latest(organ, year) if version is None else editions.version(organ, year, version)
    if edition is None:
        raise Http404
    return edition, Address(organ_code, year, version)
