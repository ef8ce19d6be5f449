"""The demonstration district: its report equals the published one, from records that may be changed."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.demonstration.season import Season
from gongkai.foundation.clock import SHANGHAI
from gongkai.rules.report.checks import Report, run_checks
from gongkai.rules.report.forms import form_for
from gongkai.rules.report.lint import squeezed
from gongkai.rules.report.narrative import Narrative
from tests.installation import Installation, fresh_installation

DISTRICT = "利通区人民政府"
# The tables of the published report; every other cell is 0.
PUBLISHED = {
    "t2.norm.made": "9", "t2.norm.repealed": "173", "t2.norm.in_force": "49", "t2.licence.decisions": "10723",
    "t2.penalty.decisions": "334", "t2.fee.amount": "3056.81805",
    "t3.r1.c1": "3", "t3.r1.c7": "3", "t3.r3.c1": "2", "t3.r3.c7": "2", "t3.r16.c1": "1", "t3.r16.c7": "1",
    "t3.r24.c1": "3", "t3.r24.c7": "3",
}  # fmt: skip
# Every number of the published words, as ours must say it.
SAID = (
    "24个区直部门", "4个直属事业单位", "12个乡镇", "1月1日到12月31日", "国办公开办函〔2021〕30号", "朝阳东街131号",
    "751100", "0953-2666586", "0953-2666585", "ltqzfb@163.com", "主动公开政府信息4936条", "网站发布政府信息2213条",
    "新媒体发布政府信息2723条", "公开文件939件", "政策解读32件", "财政预决算信息349条", "信息472条", "信息120条",
    "公开信息301条", "公报》4期1400余本", "收到政府信息公开申请3件", "公开目录12期", "区政府名义印发文件3件",
    "区政府办公室名义印发文件54件", "政策解读32篇", "23个部门375条监管事项和295条检查实施事项", "领导信箱来信49件",
    "投诉举报29件", "18个政务公开专区", "活动22场次", "3名专职人员", "3名工作人员负责政府网站", "培训班2期",
    "培训400人次", "国办函〔2020〕109号", "没有产生信息公开处理费",
)  # fmt: skip
# The published report's own words, quoted from section one, to hold our reading of sentences against.
PUBLISHED_WORDS = (
    "全年主动公开政府信息 4936 条，其中，通过政府网站发布政府信息 2213 条、政务新媒体发布政府信息 2723 条。公开文件数量 939 件，"
    "政策解读 32 件。推进重点领域信息公开，主动公开各项财政预决算信息 349 条；社会公益事业建设栏目公开教育、应急管理、卫生医疗、"
    "环境保护、扶贫工作等信息 472 条；重大项目建设和实施领域公开重大项目、征地土地信息 120 条；围绕政府信息公开年报、社会保障、"
    "食品药品等领域公开信息 301 条。印发《政府公报》4 期 1400 余本，在乡镇、部门进行免费发放，方便群众查阅。"
)


def compiled(installation: Installation) -> dict[str, Any]:
    done = installation.run("report", "compile", "--organ", DISTRICT, "--year", "2021", "--format", "json")
    assert done.status == 0, done.err
    return done.json  # type: ignore[no-any-return]


def words(report: dict[str, Any]) -> str:
    narrative = report["narrative"]
    texts = [narrative["preface"], narrative["lead"], narrative["problems"], narrative["other"]]
    return squeezed("".join(texts + [section["text"] for section in narrative["overview"]]))


def test_the_two_hundred_cells(demonstration: Installation) -> None:
    cells = compiled(demonstration)["cells"]
    assert cells == dict.fromkeys(form_for(2021).cells, "0") | PUBLISHED
    assert len(cells) == 200


def test_every_number_of_the_words(demonstration: Installation) -> None:
    text = words(compiled(demonstration))
    assert [phrase for phrase in SAID if phrase not in text] == []


def test_our_reading_of_sentences_reads_the_published_ones() -> None:
    words_ = Narrative("", (("（一）主动公开情况", PUBLISHED_WORDS),), "", "")
    report = Report(2021, form_for(2021), {}, narrative=words_)
    assert next(c for c in run_checks(report) if c.id == "K10").status == "pass"
    wrong = Narrative(
        "", (("（一）", PUBLISHED_WORDS.replace("4936", "4937").replace("301", "300")),), "", ""
    )
    failed = next(c for c in run_checks(Report(2021, form_for(2021), {}, narrative=wrong)) if c.id == "K10")
    assert len(failed.evidence) == 2


def test_checks_pass_with_only_honest_warnings(demonstration: Installation) -> None:
    done = demonstration.run("report", "check", "--organ", DISTRICT, "--year", "2021", "--json")
    assert done.status == 0
    found = {check["id"]: check["status"] for check in done.json}
    assert {code for code, status in found.items() if status != "pass"} == {"K5", "K6"}
    assert found["K5"] == found["K6"] == "not_assessable", "no report of 2020 is in the system"


def test_the_parts_are_visible_and_add_up(demonstration: Installation) -> None:
    report = compiled(demonstration)
    assert report["own"]["organ"] == "利通区人民政府办公室" and len(report["units"]) == 40
    assert all(unit["filed"] for unit in report["units"])
    for name in PUBLISHED:
        parts = [Decimal(part["cells"][name]) for part in (report["own"], *report["units"])]
        assert sum(parts) == Decimal(PUBLISHED[name])


@pytest.mark.parametrize("cell", PUBLISHED)
def test_the_trace_adds_up_to_the_cell(demonstration: Installation, cell: str) -> None:
    done = demonstration.run("report", "trace", "--organ", DISTRICT, "--year", "2021", cell, "--json")
    leaves = done.json
    assert sum(Decimal(leaf["value"]) for leaf in leaves) == Decimal(PUBLISHED[cell])
    assert all(leaf["record"] and leaf["title"] and leaf["rule"] and leaf["provision"] for leaf in leaves)
    assert len({leaf["record"] for leaf in leaves}) == len(leaves)
    declared = [leaf for leaf in leaves if leaf["kind"] == "statistics"]
    assert all(leaf["evidence"].endswith(".xlsx") for leaf in declared), (
        "a declared number names its evidence"
    )


def test_it_proves(demonstration: Installation) -> None:
    done = demonstration.run("verify", "--json")
    assert done.status == 0 and done.json["breaks"] == [] and done.json["events"] > 10_000


def test_the_card(demonstration: Installation) -> None:
    card = demonstration.home / "demo.json"
    assert stat.S_IMODE(card.stat().st_mode) == 0o600
    said = json.loads(card.read_text("utf-8"))
    assert set(said) == {"url", "token", "accounts"}
    assert len(said["accounts"]) == 14 and set(said["accounts"][0]) == {"user", "password", "role", "organ"}


def test_a_second_run_finds_it_finished(demonstration: Installation) -> None:
    before = (demonstration.home / "demo.json").read_bytes()
    done = demonstration.run("demo", "--no-serve")
    assert done.status == 0 and "reports/640302000/2021/" in done.out and "登记" not in done.err
    assert (demonstration.home / "demo.json").read_bytes() == before


def test_one_return_of_the_running_year_is_wrong(demonstration: Installation) -> None:
    card = demonstration.home / "demo.json"
    built = datetime.fromtimestamp(card.stat().st_mtime, SHANGHAI).date()
    year = Season.of(built).year
    done = demonstration.run("report", "check", "--organ", "利通区教育局", "--year", year, "--json")
    failed = [(check["id"], check["level"]) for check in done.json if check["status"] == "fail"]
    assert done.status == 0 and failed == [("K9", "warning")], "handed in, then a request was registered late"


def test_importing_moves_exactly_its_cells(demonstration_copy: Installation) -> None:
    town = demonstration_copy
    before = compiled(town)
    statistics = [
        {"year": 2021, "month": 5, "item": "licence", "value": 7},
        {"year": 2021, "month": 5, "item": "coercion", "value": 2},
        {"year": 2021, "month": 5, "item": "fee", "value": "0.5"},
    ]
    document = [
        {"title": "利通区教育局新办法", "document_number": "利教规发〔2021〕99号", "made_on": "2021-12-01"}
    ]
    requests = (
        "received_on,class,outcome,closed_on\n2021-11-02,research,r13,2021-11-20\n2021-12-30,natural,,\n"
    )
    for kind, name, content in (
        ("statistics", "s.json", json.dumps(statistics)),
        ("normative-documents", "d.json", json.dumps(document, ensure_ascii=False)),
        ("requests", "r.csv", requests),
    ):
        assert (
            town.run("import", kind, town.write(name, content), "--organ", "利通区教育局", "--json").status
            == 0
        )
    after = compiled(town)
    moved = {name: value for name, value in after["cells"].items() if value != before["cells"][name]}
    assert moved == {
        "t2.licence.decisions": "10730", "t2.coercion.decisions": "2", "t2.fee.amount": "3057.31805",
        "t2.norm.made": "10", "t2.norm.in_force": "50",
        "t3.r1.c1": "4", "t3.r1.c3": "1", "t3.r1.c7": "5", "t3.r13.c3": "1", "t3.r13.c7": "1",
        "t3.r24.c3": "1", "t3.r24.c7": "4", "t3.r25.c1": "1", "t3.r25.c7": "1",
    }  # fmt: skip
    text = words(after)
    assert (
        "收到政府信息公开申请5件" in text
        and "结转下年度继续办理1件" in text
        and "本机关不掌握相关政府信息1件" in text
    )
    failed = {check["id"]: check["level"] for check in after["checks"] if check["status"] == "fail"}
    assert failed == {"M3": "notice"}, "a second number of the month is pointed out"
    assert town.run("verify").status == 0
    sealed = town.run("report", "check", "--organ", DISTRICT, "--year", "2021")
    assert sealed.status == 0


def test_an_interrupted_demonstration_starts_again(tmp_path: Path) -> None:
    with fresh_installation(tmp_path) as installation:
        environment = {**os.environ, **installation.environment}
        command = [sys.executable, "-m", "gongkai.cli.main", "demo", "--no-serve"]
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as running:
            assert running.stderr is not None
            for line in running.stderr:
                if "登记" in line:
                    break
            running.kill()
        half = installation.run("serve")
        assert half.status == 2 and "没有建完" in half.err
        done = installation.run("demo", "--no-serve")
        assert done.status == 0 and "重新建立" in done.err
        assert compiled(installation)["cells"]["t2.licence.decisions"] == "10723"
        assert installation.run("verify").status == 0


def test_other_data_is_left_alone(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "home", "")
    installation.home.mkdir()
    (installation.home / "论文.txt").write_text("我的", "utf-8")
    done = installation.run("demo", "--no-serve")
    assert done.status == 2 and "别的数据" in done.err
    assert [path.name for path in installation.home.iterdir()] == ["论文.txt"]


def test_the_html_of_the_report(demonstration: Installation, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    done = demonstration.run(
        "report", "compile", "--organ", DISTRICT, "--year", "2021", "--format", "html", "-o", path
    )
    assert done.status == 0
    html = path.read_text("utf-8")
    values = re.findall(r"<td[^>]*>([^<]*)</td>", html)
    assert len(values) == 200 and "3056.81805" in values
    for heading in form_for(2021).section_headings():
        assert f">{heading}</h2>" in html
