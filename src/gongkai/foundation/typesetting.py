"""The typesetter (排版): one compiler for the process, with its fonts read once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import typst

SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
MONO = "DejaVu Sans Mono"
# What an office buys with its word processor comes first; the open fonts of the installation stand behind.
OFFICE_FONTS: dict[str, tuple[str, ...]] = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"),
    "black": ("SimHei", "黑体"),
}
_OPEN_FONTS = {"title": (SERIF, SANS), "body": (SERIF, SANS), "kai": (SERIF, SANS), "black": (SANS, SERIF)}
_PAGE = Path(__file__).with_name("page.typ")
# A hairline (pt) that makes the one weight of the open fonts as dark as the face it stands for.
_DARK = {"title": 0.55, "body": 0.0, "kai": 0.25, "black": 0.35}
# Archival and accessible: PDF/A-2a with PDF/UA-1; what no font can show still makes a tagged PDF.
_STANDARDS: tuple[list[Any], ...] = (["a-2a", "ua-1"], ["1.7"])
_one_at_a_time = Lock()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(font_paths=[str(Path(pylopdf_fonts_zh_cn.__file__).parent)])


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts())


@cache
def faces() -> tuple[dict[str, list[str]], dict[str, float]]:
    """The fonts of each face in the order they are tried, and how much darker the open one is drawn."""
    installed = set(_fonts().families())
    office = {face: [name for name in names if name in installed] for face, names in OFFICE_FONTS.items()}
    lists = {face: [*office[face], *_OPEN_FONTS[face]] for face in OFFICE_FONTS}
    dark = {face: 0.0 if office[face] else _DARK[face] for face in OFFICE_FONTS}
    return {**lists, "mono": [MONO, SANS]}, dark


def pdf(template: Path, data: Mapping[str, Any], *, dated: date) -> bytes:
    """A template file with its data, on the page of GB/T 9704, as PDF. The same data gives the same bytes."""
    source = _PAGE.read_bytes() + template.read_bytes()
    lists, dark = faces()
    whole = {**data, "fonts": lists, "dark": dark, "date": [dated.year, dated.month, dated.day]}
    for standards in _STANDARDS[:-1]:
        try:
            return _compile(source, whole, "pdf", standards=standards)
        except typst.TypstError:
            # A character that no font has, or one for private use: PDF/A refuses it, the report does not.
            continue
    return _compile(source, whole, "pdf", standards=_STANDARDS[-1])


def png(template: Path, data: Mapping[str, Any], *, ppi: float) -> bytes:
    """A template file with its data, as PNG."""
    return _compile(template.read_bytes(), data, "png", ppi=ppi)


def _compile(
    source: bytes,
    data: Mapping[str, Any],
    kind: Any,
    *,
    ppi: float | None = None,
    standards: list[Any] | None = None,
) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        made, _ = _compiler().compile_with_warnings(
            source, format=kind, ppi=ppi, sys_inputs=inputs, pdf_standards=standards or [], timestamp=0
        )
    assert isinstance(made, bytes)
    return made
