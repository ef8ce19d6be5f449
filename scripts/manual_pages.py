"""The chapters of the manual as help pages of the desk: written once, in docs/manual."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

MANUAL = Path("docs/manual")
TEMPLATES = Path("src/gongkai/web/templates/desk/help")
# Chapter in addresses → its file. The clerk's own chapter is a template already, with links into the desk.
CHAPTERS = {"office": ("区政府办公室.md", "区政府办公室"), "operator": ("运行维护.md", "运行维护")}
_HEAD = """{{% extends "desk/base.html" %}}{{% load static %}}{{# Generated from docs/manual by `make docs`. #}}
{{% block css %}}<link rel="stylesheet" href="{{% static 'gongkai/css/desk-core.css' %}}">{{% endblock %}}
{{% block title %}}帮助：{title}{{% endblock %}}
{{% block body %}}
<article class="manual">
<nav aria-label="位置"><ol class="crumbs"><li><a href="{{% url 'desk:help' %}}">帮助</a></li>
<li aria-current="page">{title}</li></ol></nav>
"""
_FOOT = "</article>\n{% endblock %}\n"


def pages(root: Path) -> dict[str, str]:
    """Every generated help page, by its path below the project."""
    return {
        (TEMPLATES / f"{code}.html").as_posix(): _page(root / MANUAL / name, title)
        for code, (name, title) in CHAPTERS.items()
    }


def _page(source: Path, title: str) -> str:
    rendered = MarkdownIt("commonmark", {"html": False}, renderer_cls=RendererHTML).enable("table")
    body = rendered.render(source.read_text("utf-8"))
    # Pictures and relative links belong to the repository; on the desk the words stand alone.
    body = re.sub(r"<p><img [^>]*></p>\n", "", body)
    body = re.sub(r'<a href="(?!https?:|/)[^"]*">(.*?)</a>', r"\1", body)
    body = body.replace("{", "&#123;").replace("}", "&#125;")
    body = _reachable(body)
    return _HEAD.format(title=title) + body + _FOOT


def _reachable(body: str) -> str:
    """Wide tables and long commands scroll by themselves, and the keyboard reaches each by a name of its own."""
    numbers = count(1)

    def region(match: re.Match[str]) -> str:
        tag = match.group(1)
        name = "表格" if tag == "table" else "命令"
        styled = ' class="table"' if tag == "table" else ""
        opening = f'<div class="scroll-x" tabindex="0" role="region" aria-label="{name} {next(numbers)}">'
        return f"{opening}<{tag}{styled}>"

    body = re.sub("<(table|pre)>", region, body)
    return re.sub("(</(?:table|pre)>)", r"\1</div>", body).replace("<th>", '<th scope="col">')
