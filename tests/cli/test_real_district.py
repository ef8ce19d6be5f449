"""A district that begins for real: init, organs, accounts, import, compile, trace, check, verify."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.installation import Installation, Ran, fresh_installation

EDUCATION = "示范区教育局"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A district begun from an xlsx of organs, shared by the tests of this file."""
    with fresh_installation(tmp_path_factory.mktemp("town")) as installation:
        table = installation.home.parent / "organs.xlsx"
        assert installation.run("init", "--organs-template", table).status == 0
        book = openpyxl.load_workbook(table)
        for row, (name, kind) in enumerate([(EDUCATION, "区直部门"), ("示范区东河镇", "乡镇（街道）")], 2):
            book["填报"].cell(row, 1, name)
            book["填报"].cell(row, 3, kind)
        book.save(table)
        done = installation.run("init", "--district", "示范区", "--area-code", "999000", "--organs", table)
        assert done.status == 0, done.err
        assert "operator" in done.out and "密码" in done.out
        yield installation


def entered(town: Installation, kind: str, name: str, content: str | bytes, *more: str) -> Ran:
    return town.run("import", kind, town.write(name, content), "--organ", EDUCATION, "--json", *more)


def compiled(town: Installation, organ: str = "示范区人民政府") -> dict:  # type: ignore[type-arg]
    return town.run("report", "compile", "--organ", organ, "--year", "2021", "--format", "json").json


def xlsx(rows: list[list[object]], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


HEAD = ["年份", "月份", "项目", "数量（件；收费为万元）"]


def test_it_began(town: Installation) -> None:
    names = [row["name"] for row in town.run("organs", "list", "--json").json]
    assert names == ["示范区人民政府", "示范区人民政府办公室", EDUCATION, "示范区东河镇"]
    again = town.run("init", "--district", "别的区", "--area-code", "111111")
    assert again.status == 2 and "已经" in again.err
    assert (town.home / "keys").stat().st_mode & 0o777 == 0o600
    opened = town.run(
        "accounts", "open", "clerk", "--name", "经办人", "--role", "unit_clerk", "--organ", EDUCATION
    )
    assert opened.status == 0 and "clerk" in town.run("accounts", "list").out
    assert town.run("accounts", "open", "x", "--role", "king", "--organ", EDUCATION).status == 2


def test_import_compile_trace_verify(town: Installation) -> None:
    before = compiled(town)["cells"]
    assert before["t2.licence.decisions"] is None
    statistics = xlsx(
        [HEAD, [2021, 1, "行政许可", 10], [2021, 2, "licence", 0], [2021, 1, "行政事业性收费", 1.23456]]
    )
    assert entered(town, "statistics", "s.xlsx", statistics).json == {"imported": 3, "errors": []}
    documents = '[{"title": "示范管理办法", "document_number": "示规〔2021〕1号", "made_on": "2021-03-01", "repealed_on": null}]'
    assert entered(town, "normative-documents", "d.json", documents).json["imported"] == 1
    requests = (
        "收到日期,申请人类别,办理结果,办结日期\n2021-05-06,natural,r3,2021-05-20\n2021/12/30,商业企业,,\n"
    )
    assert entered(town, "requests", "r.csv", requests.encode("gb18030")).json["imported"] == 2
    after = compiled(town)["cells"]
    moved = {name: value for name, value in after.items() if value != before[name]}
    assert moved == {
        "t2.licence.decisions": "10", "t2.fee.amount": "1.23456", "t2.norm.made": "1", "t2.norm.in_force": "1",
        "t3.r1.c1": "1", "t3.r1.c2": "1", "t3.r1.c7": "2", "t3.r3.c1": "1", "t3.r3.c7": "1",
        "t3.r24.c1": "1", "t3.r24.c7": "1", "t3.r25.c2": "1", "t3.r25.c7": "1",
    }  # fmt: skip
    leaves = town.run(
        "report", "trace", "--organ", EDUCATION, "--year", "2021", "t2.fee.amount", "--json"
    ).json
    assert [leaf["value"] for leaf in leaves] == ["1.23456"]
    assert set(leaves[0]) >= {"record", "kind", "title", "date", "rule", "provision", "value"}
    check = town.run("report", "check", "--organ", "示范区人民政府", "--year", "2021", "--json")
    assert check.status == 1, "other units have not declared"
    assert town.run("verify").status == 0
    html = town.run("report", "compile", "--organ", EDUCATION, "--year", "2021", "--format", "html")
    assert html.status == 0 and "编制稿" in html.out and "1.23456" in html.out


def test_a_dry_run_writes_nothing(town: Installation) -> None:
    before = town.run("verify", "--json").json["events"]
    done = entered(town, "open-days", "o.csv", "theme,held_on\n开放日,2021-08-01\n", "--dry-run")
    assert done.status == 0 and done.json == {"imported": 0, "errors": []}
    assert town.run("verify", "--json").json["events"] == before


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (100 * 1024 * 1024))
    return stream.getvalue()


GOOD = [2021, 5, "行政许可", 1]
UNREADABLE = {
    "wrong headings": (xlsx([["姓名", "电话"], ["甲", "1"]]), "没有找到申报统计的表头"),
    "a heading missing": (
        xlsx([["年份", "月份", "项目"], [2021, 1, "行政许可"]]),
        "表头缺“数量（件；收费为万元）”",
    ),
    "a heading too many": (xlsx([[*HEAD, "心情"], [*GOOD, "好"]]), "不认识的表头：心情"),
    "a heading twice": (xlsx([[*HEAD, "月份"], [*GOOD, 5]]), "写了两次"),
    "merged cells": (xlsx([HEAD, GOOD, [2021, 6, "行政许可", 1]], merge="A2:A3"), "A2:A3 是合并单元格"),
    "no rows": (xlsx([HEAD]), "表头下面没有数据"),
    "a bomb": (bomb(), "不像填报的表"),
    "half a file": (xlsx([HEAD, GOOD])[:2000], "损坏"),
    "an old xls": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "旧版 xls"),
    "a pdf": (b"%PDF-1.7 ...", "不是表格文件"),
    "nothing": (b"", "空文件"),
    "csv with NUL": ("年份,月份\0".encode() + b"\n", "控制字符"),
    "csv cut in a character": ("年份,月份,项目,数量\n2021,1,行政许可".encode()[:-1], "截断"),
    "GBK cut in a character": ("年份,月份,项目,数量\n2021,1,行政许可".encode("gbk")[:-1], "截断"),
    "csv with an open quote": ('年份,月份,项目,数量\n2021,1,"行政许可,1\n'.encode(), "引号没有闭合"),
    "half a json": (b'[{"year": 2021, ', "不是完整的 JSON"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read(town: Installation, name: str) -> None:
    content, said = UNREADABLE[name]
    done = entered(town, "statistics", "bad", content)
    assert done.status == 2 and said in done.err and done.json["imported"] == 0
    assert said in done.json["errors"][0]["message"]


ROWS = {
    "text for a number": ([2021, 5, "行政许可", "十二件"], "数量（件；收费为万元）", "不是数字"),
    "a negative": ([2021, 5, "行政许可", -1], "数量（件；收费为万元）", "不能小于 0"),
    "a fraction of a decision": ([2021, 5, "行政许可", 1.5], "数量（件；收费为万元）", "要写整数"),
    "fractions of a fen": (
        [2021, 5, "行政事业性收费", 0.12345678],
        "数量（件；收费为万元）",
        "小数最多 6 位",
    ),
    "a month that is none": ([2021, 13, "行政许可", 1], "月份", "不能大于 12"),
    "another item": ([2021, 5, "行政奖励", 1], "项目", "应为其中之一"),
    "a formula": ([2021, 5, "行政许可", "=1+1"], "数量（件；收费为万元）", "公式"),
    "a blank": ([2021, 5, "行政许可", None], "数量（件；收费为万元）", "必填"),
    "a year to come": ([2099, 5, "行政许可", 1], "月份", "还没有到"),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_that_is_wrong_is_named_and_nothing_is_written(town: Installation, name: str) -> None:
    row, column, said = ROWS[name]
    before = town.run("verify", "--json").json["events"]
    done = entered(town, "statistics", "bad.xlsx", xlsx([HEAD, [2021, 4, "行政许可", 1], row]))
    assert done.status == 1 and done.json["imported"] == 0
    assert [(e["row"], e["column"]) for e in done.json["errors"]] == [(3, column)]
    assert said in done.json["errors"][0]["message"]
    assert town.run("verify", "--json").json["events"] == before


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2021-02-30,natural,,", "没有这一天"),
        ("1821-02-03,natural,,", "年份应在"),
        ("2099-02-03,natural,,", "还没有到"),
        ("昨天,natural,,", "不是日期"),
        ("2021-05-06,外星人,,", "应为其中之一"),
        ("2021-05-06,natural,r3,", "办结日期"),
        ("2021-05-06,natural,,2021-05-07", "办理结果"),
        ("2021-05-06,natural,r3,2021-05-01", "早于收到日期"),
        ("2021-05-06,natural,r21,2021-06-01", "补正期限"),
        ("2021-05-06,natural", "截断"),
        ("2021-05-06,natural,,,多出", "多出"),
    ],
)
def test_a_request_that_cannot_be(town: Installation, row: str, said: str) -> None:
    content = f"received_on,class,outcome,closed_on\n2021-05-06,natural,,\n{row}\n"
    done = entered(town, "requests", "bad.csv", content)
    assert done.status == 1 and done.json["imported"] == 0, done
    assert any(said in e["message"] and e["row"] == 3 for e in done.json["errors"]), done.json


def test_a_late_addition_adds_and_the_same_row_is_not_taken_twice(town: Installation) -> None:
    rows = xlsx([HEAD, [2020, 1, "行政处罚", 1], [2020, 1, "行政处罚", 2]])
    assert entered(town, "statistics", "late.xlsx", rows).json["imported"] == 2
    check = town.run("report", "check", "--organ", EDUCATION, "--year", "2020", "--json").json
    assert "行政处罚 1 月登记了一次以上" in next(c["message"] for c in check if c["id"] == "M3")
    again = entered(town, "statistics", "late.xlsx", rows)
    assert again.status == 1 and again.json["imported"] == 0 and len(again.json["errors"]) == 2
    assert "已经登记过同样的一行" in again.json["errors"][0]["message"]


def test_a_million_empty_rows_are_passed_over(town: Installation, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "empty.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet, blank = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, [2020, 7, "行政许可", 3])
        for row in range(2, 1_000_000):
            sheet.write_blank(row, 0, None, blank)
    done = town.run("import", "statistics", path, "--organ", EDUCATION, "--json")
    assert done.status == 0 and done.json["imported"] == 1
    assert "空行" in done.err


def test_evidence_comes_with_the_row(town: Installation) -> None:
    town.write("三月统计.xlsx", xlsx([["三月", 3]]))
    row = [2020, 3, "行政许可", 3, "三月统计.xlsx"]
    done = entered(town, "statistics", "with.xlsx", xlsx([[*HEAD, "依据文件"], row]))
    assert done.status == 0 and done.json["imported"] == 1
    missing = [2020, 4, "行政许可", 3, "没有.xlsx"]
    done = entered(town, "statistics", "without.xlsx", xlsx([[*HEAD, "依据文件"], missing]))
    assert done.status == 1 and "没有找到依据文件" in done.json["errors"][0]["message"]
    outside = [2020, 4, "行政许可", 3, "../../etc/passwd"]
    assert entered(town, "statistics", "out.xlsx", xlsx([[*HEAD, "依据文件"], outside])).status == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("report compile --organ 没有的局 --year 2021", "没有这个机关"),
        ("report compile --organ 示范区教育局 --year 2018", "没有 2018 年的年度报告格式"),
        ("report compile --organ 示范区教育局 --year 2021 --format pdf", "加上 -o"),
        ("report compile --organ 示范区教育局 --year 2021 --format odt", "没有“odt”这种格式"),
        ("report trace --organ 示范区教育局 --year 2021 t3.r99.c1", "没有“t3.r99.c1”这一格"),
        ("report check --organ 示范区教育局", "一起写"),
        ("import nothing x.csv --organ 示范区教育局", "没有“nothing”这种记录"),
        ("import requests 没有.csv --organ 示范区教育局", "核对文件名"),
        ("notice load 没有.json", "核对文件名"),
    ],
)
def test_what_cannot_be_done_says_why(town: Installation, arguments: str, said: str) -> None:
    done = town.run(*arguments.split())
    assert done.status == 2 and said in done.err and not done.out


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_a_draft_is_written_in_every_format(town: Installation, kind: str, begins: bytes) -> None:
    target = town.home.parent / f"编制稿.{kind}"
    done = town.run(
        "report", "compile", "--organ", "示范区教育局", "--year", 2021, "--format", kind, "-o", target
    )
    assert done.status == 0 and not done.out and str(target) in done.err
    assert target.read_bytes().startswith(begins)
    nowhere = town.home.parent / "没有的目录" / f"x.{kind}"
    done = town.run(
        "report", "compile", "--organ", "示范区教育局", "--year", 2021, "--format", kind, "-o", nowhere
    )
    assert done.status == 2 and "换一个能写的位置" in done.err


def test_the_operator_loads_the_next_notice(town: Installation) -> None:
    assert town.run("deadline", "--received", "2026-12-25").status == 2
    notice = (
        '{"year": 2027, "region": "national", "notice": "国办发明电〔2026〕9号",'
        ' "holidays": ["2027-01-01"], "workdays": []}'
    )
    assert town.run("notice", "load", town.write("2027.json", notice)).status == 0
    done = town.run("deadline", "--received", "2026-12-25", "--json")
    assert done.status == 0 and done.json["due"] == "2027-01-25"
    assert town.run("verify").status == 0


def test_an_upgrade_of_this_version_has_nothing_to_do(town: Installation) -> None:
    done = town.run("upgrade")
    assert done.status == 0 and "不用升级" in done.err
