"""What needs no installation: due dates, fees, the check of a file, templates' help."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gongkai.rules.report.forms import form_for
from tests.installation import Installation

ZEROS = dict.fromkeys(form_for(2021).cells, "0")


@pytest.fixture
def nowhere(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "home", "")


def test_deadline(nowhere: Installation) -> None:
    done = nowhere.run("deadline", "--received", "2021-09-13", "--json")
    assert done.status == 0 and done.json["due"] == "2021-10-15"
    first = done.json["trace"][0]
    assert (first["date"], first["counted"], first["n"]) == ("2021-09-14", True, 1) and first["why"]
    assert "第三十三条" in done.json["provision"]
    paused = nowhere.run("deadline", "--received", "2021-09-13", "--pause", "2021-09-22:2021-10-12", "--json")
    assert paused.json["due"] == "2021-11-01"
    assert not nowhere.home.exists(), "nothing was written"


def test_deadline_of_a_year_without_notice(nowhere: Installation) -> None:
    done = nowhere.run("deadline", "--received", "2026-12-25", "--json")
    assert done.status == 2 and done.out == "" and "2027年部分节假日安排的通知" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--received", "2021-02-30"),
        ("--received", "2021-09-13", "--extend", "21"),
        ("--received", "2021-09-13", "--rule", "no-such"),
        ("--received", "2021-09-13", "--region", "atlantis"),
        ("--received", "2021-09-13", "--pause", "2021-09-22"),
        (),
    ],
)
def test_bad_arguments_of_deadline(nowhere: Installation, arguments: tuple[str, ...]) -> None:
    done = nowhere.run("deadline", *arguments)
    assert done.status == 2 and done.err.strip() and not done.out


def test_fee(nowhere: Installation) -> None:
    done = nowhere.run("fee", "--method", "page", "--count", "150", "--json")
    assert done.status == 0 and done.json["amount"] == "1700" and len(done.json["steps"]) == 4
    assert nowhere.run("fee", "--method", "weight", "--count", "1").status == 2
    assert nowhere.run("fee", "--method", "case", "--count", "-1").status == 2


def test_check_of_a_file(nowhere: Installation, tmp_path: Path) -> None:
    path = tmp_path / "report.json"

    def check(**changes: object) -> tuple[int, dict[str, str]]:
        path.write_text(json.dumps({"year": 2021, "form": "2021", "cells": ZEROS} | changes), "utf-8")
        done = nowhere.run("report", "check", path, "--json")
        return done.status, {c["id"]: c["status"] for c in done.json} if done.out else {}

    status, found = check()
    assert status == 0 and found["K1"] == "pass" and found["K9"] == "not_assessable"
    status, found = check(cells=ZEROS | {"t3.r1.c1": "1"})
    assert status == 1 and found["K1"] == "fail" and found["K3"] == "fail" and found["K2"] == "pass"
    assert check(cells=ZEROS | {"t2.rule.made": "1"})[0] == 0, "a warning alone"
    assert check(cells=ZEROS | {"t2.norm.made": "-1"})[0] == 1
    assert check(cells={"nothing": "1"})[0] == 2
    assert check(cells=None)[0] == 2
    path.write_bytes(b"\xff\xfe not json")
    assert nowhere.run("report", "check", path).status == 2
    assert nowhere.run("report", "check", tmp_path).status == 2
    assert nowhere.run("report", "check").status == 2


@pytest.mark.parametrize(
    "command",
    ["", "init", "demo", "serve", "upgrade", "template", "import", "report", "deadline", "fee", "verify",
     "organs", "accounts", "notice", "report compile", "report check", "report trace"],
)  # fmt: skip
def test_help_is_chinese_with_an_example(nowhere: Installation, command: str) -> None:
    done = nowhere.run(*command.split(), "--help")
    assert done.status == 0 and "用法：" in done.out and "例：" in done.out and "gongkai " in done.out
    assert "show this help" not in done.out and "usage:" not in done.out


def test_template(nowhere: Installation, tmp_path: Path) -> None:
    columns = nowhere.run("template", "statistics", "--json").json
    assert [c["code"] for c in columns] == ["year", "month", "item", "value", "evidence"]
    assert {"code", "label", "type", "required", "example"} <= set(columns[0])
    done = nowhere.run("template", "statistics", "-o", tmp_path / "t.xlsx")
    assert done.status == 0 and (tmp_path / "t.xlsx").read_bytes()[:2] == b"PK"
    assert nowhere.run("template", "statistics").status == 2
    unknown = nowhere.run("template", "nothing", "--json")
    assert unknown.status == 2 and "statistics" in unknown.err


@pytest.mark.parametrize(
    "command", ["serve", "verify", "report compile --organ x --year 2021", "import requests x --organ y"]
)
def test_an_empty_home_says_how_to_begin(nowhere: Installation, command: str) -> None:
    done = nowhere.run(*command.split())
    assert done.status == 2 and "gongkai init" in done.err and not nowhere.home.exists()
