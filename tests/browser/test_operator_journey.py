"""An operator begins a real district from nothing in the browser; axe on every admin page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.faces import size_and_theme
from tests.browser.turning import turn
from tests.installation import Installation, fresh_installation

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
NEW = "lamp-river-4419-{}"
SIZES = ((1280, 900), (390, 844))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Installation, str, str]]:
    """An empty home after ``gongkai init``, served: the installation, its address, the paper password."""
    with fresh_installation(tmp_path_factory.mktemp("real")) as home:
        done = home.run("init", "--district", "示范区", "--area-code", "999000")
        assert done.status == 0, done.err
        found = re.search(r"密码 (\S+)", done.out)
        assert found, done.out
        with home.served() as address:
            yield home, address, found.group(1)


class Desk:
    """One person at the desk, in a browser of their own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.page: Page = self.context.new_page()
        self.address = address

    def sign_in(self, username: str, paper: str, *, factor: bool = False) -> None:
        """Sign in with the paper password, change it, bind the second factor where it is asked for."""
        page = self.page
        page.goto(f"{self.address}/desk/")
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(paper)
        turn(page.get_by_role("button", name="登录"))
        expect(page.get_by_role("heading", level=1)).to_have_text("先换掉纸上的密码")
        new = NEW.format(username)
        page.get_by_label("纸上的密码").fill(paper)
        page.get_by_label("新密码", exact=True).fill(new)
        page.get_by_label("再输入一次新密码").fill(new)
        turn(page.get_by_role("button", name="换成新密码"))
        if factor:
            expect(page.get_by_role("heading", level=1)).to_have_text("绑定动态口令")
            secret = page.locator("code.secret").inner_text().replace(" ", "")
            page.get_by_label("6 位数字").fill(pyotp.TOTP(secret).now())
            turn(page.get_by_role("button", name="绑定"))
        expect(page.get_by_role("heading", level=1)).to_contain_text("月")

    def go(self, name: str) -> None:
        """Open an entry of the side bar."""
        turn(self.page.get_by_role("navigation", name="工作台").get_by_role("link", name=name))

    def step(self, title: str) -> None:
        """Go where a step of the path leads."""
        steps = self.page.locator(".beginning li")
        turn(steps.filter(has=self.page.get_by_text(title, exact=True)).get_by_role("link"))

    def said(self) -> str:
        """What the page says was done."""
        return self.page.locator(".said").inner_text()

    def open_account(self, name: str, username: str, role: str, organ: str) -> str:
        """Open an account and read the password off its slip."""
        page = self.page
        expect(page.get_by_role("heading", level=1)).to_have_text("开账号")
        page.get_by_label("称呼").fill(name)
        page.locator("#f-username").fill(username)
        page.get_by_label("职责", exact=True).select_option(label=role)
        page.get_by_label("在哪个机关").select_option(label=organ)
        turn(page.get_by_role("button", name="开账号"))
        slip = page.get_by_role("article", name=f"{name}的密码条")
        expect(slip).to_contain_text(f"{self.address}/desk/sign-in/")
        return slip.locator(".secret").inner_text()


def organ_table(empty: Path, rows: list[tuple[str, str]]) -> Path:
    """The downloaded table, filled in."""
    book = openpyxl.load_workbook(empty)
    for number, (name, kind) in enumerate(rows, 2):
        book["填报"].cell(number, 1, name)
        book["填报"].cell(number, 3, kind)
    filled = empty.with_name(f"filled-{len(rows)}.xlsx")
    book.save(filled)
    return filled


def test_an_operator_begins_a_district(
    begun: tuple[Installation, str, str], browser: Browser, tmp_path: Path
) -> None:
    _, address, paper = begun
    operator = Desk(browser, address)
    operator.sign_in("operator", paper)
    page = operator.page

    # An empty district says what to do, in order.
    expect(page.get_by_role("heading", name="建区还差这几步")).to_be_visible()
    operator.step("登记机关")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载空表（xlsx）").click()
    empty = tmp_path / "机关表.xlsx"
    download.value.save_as(empty)

    # A wrong row is named by row and cell, and nothing is written.
    rows = [("示范区教育局", "区直部门"), ("示范区扶贫办", "办公室"), ("示范区东河镇", "乡镇（街道）")]
    page.get_by_label("填好的表").set_input_files(organ_table(empty, [*rows, ("示范区教育局", "区直部门")]))
    turn(page.get_by_role("button", name="看一遍"))
    expect(page.get_by_role("heading", name="2 行要改，还没有写入")).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("第 3 行“类别”")
    expect(page.get_by_role("alert")).to_contain_text("第 5 行“全称”")
    turn(page.get_by_role("link", name="重新选文件"))
    rows[1] = ("示范区扶贫办", "区直部门")
    page.get_by_label("填好的表").set_input_files(organ_table(empty, rows))
    turn(page.get_by_role("button", name="看一遍"))
    turn(page.get_by_role("button", name="登记这 3 个机关"))
    assert "已登记 3 个机关" in operator.said()

    # One more by the form; one is renamed, one merged, by date.
    turn(page.get_by_role("link", name="增加一个"))
    page.get_by_label("全称").fill("示范区档案馆")
    page.get_by_label("类别").select_option(label="直属事业单位")
    turn(page.get_by_role("button", name="设立机关"))
    assert "已设立示范区档案馆" in operator.said()
    operator.go("机关")
    turn(page.get_by_role("link", name="示范区扶贫办", exact=True))
    turn(page.get_by_role("link", name="更名"))
    page.get_by_label("新的全称").fill("示范区乡村振兴局")
    turn(page.get_by_role("button", name="登记更名"))
    expect(page.get_by_role("heading", level=1)).to_have_text("示范区乡村振兴局")
    operator.go("机关")
    turn(page.get_by_role("link", name="示范区档案馆", exact=True))
    turn(page.get_by_role("link", name="合并或撤销"))
    page.get_by_label("并入哪个机关").select_option(label="示范区教育局")
    turn(page.get_by_role("button", name="登记合并或撤销"))
    assert "并入示范区教育局" in operator.said()

    # Accounts for the office and a unit, each with its slip.
    operator.go("今日")
    operator.step("给区政府办公室开账号")
    office = operator.open_account(
        "区政府办公室负责人", "bgs-fzr", "政府信息公开工作主管部门负责人", "示范区人民政府办公室"
    )
    turn(page.get_by_role("link", name="打印好了，再开一个"))
    clerk = operator.open_account(
        "区政府办公室经办人", "bgs-jbr", "政府信息公开工作主管部门经办人", "示范区人民政府办公室"
    )
    turn(page.get_by_role("link", name="打印好了，再开一个"))
    unit = operator.open_account("教育局经办人", "jyj-jbr", "单位经办人", "示范区教育局")
    page.reload()
    expect(page.get_by_role("heading", name="没有等着打印的密码条")).to_be_visible()
    assert unit not in page.content()

    # The notices, the ledger and its proof.
    operator.go("放假通知")
    expect(page.get_by_role("heading", level=1)).to_have_text("放假通知")
    operator.go("底账")
    turn(page.get_by_role("link", name="现在验证"))
    expect(page.get_by_role("heading", level=1)).to_have_text("验证通过")

    # The operator reaches no content; the people do their first work.
    assert page.goto(f"{address}/desk/organs/999000002/registers/statistics/").status == 404  # type: ignore[union-attr]
    for username, password, factor in (
        ("bgs-fzr", office, True), ("bgs-jbr", clerk, False), ("jyj-jbr", unit, False),
    ):  # fmt: skip
        person = Desk(browser, address)
        person.sign_in(username, password, factor=factor)
        expect(person.page.locator(".who")).to_contain_text("示范区")
        person.context.close()
    operator.context.close()


def test_the_slip_fills_one_sheet(begun: tuple[Installation, str, str], browser: Browser) -> None:
    home, address, _ = begun
    done = home.run(
        "accounts",
        "open",
        "second",
        "--name",
        "运行维护二",
        "--role",
        "operator",
        "--organ",
        "示范区人民政府",
    )
    paper = re.search(r"密码 (\S+)", done.out)
    assert paper
    operator = Desk(browser, address)
    operator.sign_in("second", paper.group(1))
    operator.page.goto(f"{address}/desk/accounts/new/")
    operator.open_account("打印试验", "print-test", "单位经办人", "示范区人民政府办公室")
    page = operator.page
    printed = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".slip")).to_be_visible()
    for hidden in (".side", ".top", ".slip-head", ".after-slip"):
        expect(page.locator(hidden)).to_be_hidden()
    operator.context.close()


@size_and_theme(*SIZES)
def test_admin_pages_are_accessible(
    begun: tuple[Installation, str, str], browser: Browser, size: tuple[int, int], theme: str
) -> None:
    home, address, _ = begun
    name = f"axe{size[0]}{theme}"
    done = home.run(
        "accounts", "open", name, "--name", "运行维护", "--role", "operator", "--organ", "示范区人民政府"
    )
    paper = re.search(r"密码 (\S+)", done.out)
    assert paper
    person = Desk(browser, address)
    person.sign_in(name, paper.group(1))
    page = person.page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    person.context.add_cookies([{"name": "theme", "value": theme, "url": address}])
    for path in ADDRESSES:
        opened = page.goto(f"{address}/desk/{path}")
        assert opened is not None and opened.status == 200, path
        found = Axe().run(page)
        assert found.violations_count == 0, (path, theme, found.generate_report())
        fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert fits, f"{path} scrolls sideways"
    person.context.close()


ADDRESSES = (
    "", "accounts/", "accounts/?state=closed", "accounts/new/", "accounts/slips/", "accounts/1/", "accounts/1/roles/new/",
    "accounts/1/reset/", "accounts/1/close/", "accounts/1/hand-over/", "organs/", "organs/?q=无", "organs/new/",
    "organs/import/", "organs/999000001/manage/", "organs/999000001/manage/end/", "accounts/1/roles/1/end/",
    "organs/999000001/manage/rename/", "organs/999000001/manage/describe/",
    "platforms/", "messages/", "messages/?state=sent", "messages/settings/", "messages/settings/portal/",
    "messages/settings/email/", "messages/settings/sms/", "notices/", "notices/load/", "ledger/", "ledger/verify/",
)  # fmt: skip
