"""The locked requirements (依赖): every package pinned with its hashes, nothing of a machine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
NAMES = ("uv", "build", "base", "dev")


def _packages(name: str) -> dict[str, str]:
    text = (REQUIREMENTS / f"{name}.txt").read_text("utf-8")
    joined = text.replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {re.split(r"[=<>~ ;@]", line, maxsplit=1)[0]: line for line in lines}


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    packages = _packages(name)
    assert packages
    for line in packages.values():
        assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==\S+\s.*--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("name", NAMES)
def test_no_address_or_path_of_a_machine(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text("utf-8")
    assert not re.search(r"--(?:extra-)?index-url|--find-links|file:|https?://", text)


def test_dev_holds_base_at_the_same_versions() -> None:
    base, dev = _packages("base"), _packages("dev")
    assert {n: line.split()[0] for n, line in base.items()} == {n: dev[n].split()[0] for n in base}
