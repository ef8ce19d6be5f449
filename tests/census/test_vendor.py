"""The front-end files kept in the repository (前端文件): as noted, and nothing fetched from a third party."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "gongkai" / "web"
VENDOR = WEB / "static" / "vendor"

# What makes a browser fetch: not a link that a reader may follow.
FETCHES = re.compile(
    r"""(?:\bsrc\s*=\s*["']?|\bsrcset\s*=\s*["']?|url\(\s*["']?|@import\s+["']?
        |<link\b[^>]*?\bhref\s*=\s*["']?|<(?:use|image)\b[^>]*?\bhref\s*=\s*["']?
        |\bfetch\(\s*["'`]|\bimport\s*(?:\(|[^;"']*?from)\s*["'])
        (?P<address>(?:https?:)?//[^\s"'<>)]+)""",
    re.VERBOSE | re.IGNORECASE,
)


def _entries() -> list[dict[str, object]]:
    return json.loads((VENDOR / "vendor.json").read_text("utf-8"))


def test_every_kept_file_is_noted_with_its_checksum() -> None:
    noted = {name: digest for entry in _entries() for name, digest in entry["files"].items()}  # type: ignore[attr-defined]
    present = {
        p.relative_to(VENDOR).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in VENDOR.rglob("*")
        if p.is_file() and p.name != "vendor.json"
    }
    assert present == noted


def test_every_kept_package_has_version_and_licence_text() -> None:
    for entry in _entries():
        assert re.fullmatch(r"\d+\.\d+\.\d+", str(entry["version"])), entry["name"]
        assert entry["licence"] in {"MIT", "Apache-2.0", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC"}
        assert any(str(f).endswith("LICENSE.txt") for f in entry["files"]), entry["name"]  # type: ignore[attr-defined]


def _web_files() -> list[Path]:
    return sorted(p for p in WEB.rglob("*") if p.suffix in {".css", ".html", ".js", ".svg"})


def test_no_page_or_style_fetches_from_a_third_party() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match['address']}"
        for path in _web_files()
        for match in FETCHES.finditer(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js"></script>',
        "<img src=//cdn.example/x.png>",
        '<link rel="stylesheet" href="http://cdn.example/x.css">',
        "a { background: url(https://cdn.example/x.png) }",
        '@import "//cdn.example/x.css";',
        '<use href="https://cdn.example/s.svg#a">',
    ],
)
def test_the_census_sees_a_third_party(text: str) -> None:
    assert FETCHES.search(text)


def test_the_census_lets_links_and_names_be() -> None:
    assert not FETCHES.search(
        '<a href="https://www.gov.cn/">全文</a> <svg xmlns="http://www.w3.org/2000/svg">'
    )


def test_every_icon_that_a_page_uses_is_in_the_sprite() -> None:
    sprite = (VENDOR / "tabler-icons" / "sprite.svg").read_text("utf-8")
    kept = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    used = {
        name
        for path in _web_files()
        if path.suffix == ".html"
        for name in re.findall(r"sprite\.svg[^\"'#]*#(i-[a-z-]+)", path.read_text("utf-8"))
    }
    assert used <= kept
