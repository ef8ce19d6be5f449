"""Help on the desk (帮助): the manual's chapters, each for somebody; the text is in the templates alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from gongkai.web.desk.frame import page


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of the manual: its name in addresses, its title, and what it answers."""

    code: str
    title: str
    about: str

    @property
    def template(self) -> str:
        """Where its text is."""
        return f"desk/help/{self.code}.html"


CHAPTERS: tuple[Chapter, ...] = (
    Chapter("clerk", "经办人", "刚接手的人先看：第一天、登记、导入、更正、本单位的年报"),
    Chapter("office", "区政府办公室", "看四十个单位、退回、催办、说明、封存、发布、更正"),
    Chapter("operator", "运行维护", "机关、账号、交接、放假通知、底账"),
    Chapter("words", "名词", "页面上的词是什么意思，出自哪一条"),
)


def _written() -> list[Chapter]:
    found = []
    for chapter in CHAPTERS:
        try:
            get_template(chapter.template)
        except TemplateDoesNotExist:
            continue
        found.append(chapter)
    return found


def index(request: Any) -> HttpResponse:
    """The chapters."""
    return page(request, "desk/help.html", {"chapters": _written()})


def chapter(request: Any, chapter: str) -> HttpResponse:
    """One chapter."""
    written = _written()
    found = next((one for one in written if one.code == chapter), None)
    if found is None:
        raise Http404
    return page(request, found.template, {"chapter": found, "chapters": written})
