"""The census of rules: each has a test of its name, its words are the law's, nothing needs a framework."""

from __future__ import annotations

import pkgutil
import re
import subprocess
import sys
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

import gongkai.rules
from gongkai.rules import catalogue
from gongkai.rules.legislation import INSTRUMENTS, article_text, articles
from gongkai.rules.legislation.reader import number_of
from gongkai.rules.provision import Provision, chinese_number
from gongkai.rules.reference import rules_page
from gongkai.rules.rule import RULES, Rule

TESTS = Path(__file__).parents[1]
_DEFINITION = re.compile(r'^def (test_\w+)\(.*?\)(?: -> None)?:\n(?:    """(.*?)""")?', re.M | re.S)


def modules() -> list[str]:
    return [m.name for m in pkgutil.walk_packages(gongkai.rules.__path__, "gongkai.rules.")]


def named_tests(pattern: str) -> dict[str, str]:
    """The test functions below tests/ by name, with their docstrings."""
    found: dict[str, str] = {}
    for path in TESTS.glob(pattern):
        found.update(_DEFINITION.findall(path.read_text("utf-8")))
    return found


def name_of(rule: Rule) -> str:
    return "test_" + re.sub(r"\W", "_", rule.id)


catalogue.load()
# The tests of this folder carry the sentence and quote the law; a folder below keeps its own custom.
HERE = named_tests("rules/test_*.py")
OURS = [rule for rule in RULES.values() if name_of(rule) in HERE]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_every_rule_has_a_test_of_its_name() -> None:
    found = named_tests("**/test_*.py")
    assert [rule.id for rule in RULES.values() if name_of(rule) not in found] == []


def test_the_tests_of_this_folder_carry_the_official_sentence() -> None:
    assert len(OURS) > 50
    wrong = [rule.id for rule in OURS if squeezed(rule.sentence) not in squeezed(HERE[name_of(rule)])]
    assert wrong == []


@pytest.mark.parametrize("rule", list(RULES.values()), ids=list(RULES))
def test_every_rule_rests_on_something(rule: Rule) -> None:
    assert rule.sentence and rule.title and rule.provisions
    assert rule.confirmed or rule.note, "an unconfirmed rule says what is not certain"
    for provision in rule.provisions:
        assert provision.article is not None or provision.place or provision.instrument
        if provision.article is not None and provision.source.file:
            assert provision.text(), f"{provision} is not in the text"
    first = rule.provisions[0]
    if rule in OURS and first.article is not None and first.source.file:
        whole = "".join(article_text(p.instrument, p.article) or "" for p in rule.provisions if p.article)
        for line in rule.sentence.split("\n"):
            assert line in whole, "the sentence is not the law's"


@pytest.mark.parametrize("key", [k for k, i in INSTRUMENTS.items() if i.file])
def test_texts_are_read_whole(key: str) -> None:
    found = articles(key)
    assert [number for number, _ in found] == list(range(1, len(found) + 1))
    assert all(p.lead for a in found.values() for p in a.paragraphs)
    assert "施行" in list(found.values())[-1].text


def test_parts_of_an_article() -> None:
    assert article_text("regulation-2019", 33, 1) == (
        "行政机关收到政府信息公开申请，能够当场答复的，应当当场予以答复。"
    )
    assert (article_text("regulation-2019", 50, item=4) or "").startswith("(四)政府信息公开工作存在的")
    assert article_text("regulation-2019", 33, 4) is None
    assert article_text("regulation-2019", 57) is None
    assert article_text("regulation-2019", 50, item=9) is None
    assert article_text("fee-2020", 6) is None
    with pytest.raises(KeyError):
        article_text("regulation-1900", 1)
    assert all(number_of(chinese_number(n)) == n for n in range(1, 400))


def test_citations() -> None:
    assert Provision("regulation-2019", 33, 2).citation().endswith("政府信息公开条例》第三十三条第二款")
    assert Provision("fee-2020", 6).citation() == (
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第六条"
    )


def test_versions_of_a_law_do_not_overlap() -> None:
    old, new = INSTRUMENTS["review-law-2017"], INSTRUMENTS["review-law-2023"]
    assert new.in_force_from is not None
    assert not old.in_force_on(new.in_force_from) and new.in_force_on(new.in_force_from)


def test_the_reference_page_shows_every_rule() -> None:
    page = rules_page()
    assert all(f"### {rule.id} {rule.title}\n" in page for rule in RULES.values())
    assert all(i.title in page for i in INSTRUMENTS.values())
    assert "待核对" in page and "> 行政机关征求第三方和其他机关意见所需时间" in page
    shown = re.findall(r"^### (\S+)", page, re.M)
    assert shown == [rule.id for rule in catalogue.ordered()]
    assert shown.index("OUT-r9") < shown.index("OUT-r10"), "numbers are read as numbers"


def test_the_law_needs_no_framework() -> None:
    """Import every module of the law with Django and the database drivers out of reach."""
    program = (
        "import sys, importlib\n"
        "for name in ('django', 'ninja', 'psycopg', 'chinese_calendar'): sys.modules[name] = None\n"
        f"for name in {modules()!r}: importlib.import_module(name)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_texts_of_law_are_as_they_were_taken_in() -> None:
    folder = files("gongkai.rules.legislation").joinpath("texts")
    sums = dict(
        line.split("  ")[::-1] for line in folder.joinpath("SHA256SUMS.txt").read_text("utf-8").splitlines()
    )
    assert set(sums) == {i.file for i in INSTRUMENTS.values() if i.file}
    for name, expected in sums.items():
        assert sha256(folder.joinpath(name).read_bytes()).hexdigest() == expected, name
