"""The design's colours (配色): text on its grounds keeps the contrast that WCAG 2.2 AA asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "src/gongkai/web/static/gongkai/css/tokens.css"


def _light() -> dict[str, str]:
    root = TOKENS.read_text("utf-8").split(":root {", 1)[1].split("\n}", 1)[0]
    return dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{6})", root))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_and_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("text", ["ink", "ink-2", "ink-3", "accent", "accent-deep", "red", "amber", "green"])
@pytest.mark.parametrize("ground", ["paper", "wash", "wash-2"])
def test_text_is_legible(text: str, ground: str) -> None:
    tokens = _light()
    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("state", ["red", "amber", "green"])
def test_states_are_legible_on_their_own_wash(state: str) -> None:
    tokens = _light()
    assert contrast(tokens[state], tokens[f"{state}-wash"]) >= 4.5


@pytest.mark.parametrize("mark", ["edge", "d1", "d2", "d3", "d4", "d5"])
def test_edges_and_plots_are_visible(mark: str) -> None:
    tokens = _light()
    assert contrast(tokens[mark], tokens["paper"]) >= 3


def _block(selector: str) -> str:
    return TOKENS.read_text("utf-8").split(f"{selector} {{\n", 1)[1].split("\n}", 1)[0]


def test_as_the_system_says_is_the_same_dark() -> None:
    assert _block('[data-theme="auto"]') == _block('[data-theme="dark"]')


@pytest.mark.parametrize("text", ["ink", "ink-2", "ink-3", "accent", "red", "amber", "green"])
@pytest.mark.parametrize("ground", ["paper", "wash", "wash-2"])
def test_text_is_legible_in_the_dark(text: str, ground: str) -> None:
    tokens = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{6})", _block('[data-theme="dark"]')))
    assert contrast(tokens[text], tokens[ground]) >= 4.5
