"""Accounts: opened, given roles, reset, closed, handed over; and nobody raises themselves."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.foundation import accounts, ledger, staffing
from gongkai.foundation.accounts import AccountRefused
from gongkai.foundation.actors import COMMAND_LINE, Actor, NotAllowed, actor_for
from gongkai.foundation.models import Account, LedgerEvent, Organ, RoleHolding
from gongkai.rules import roles
from tests.conftest import NOW, District

TODAY = date(2022, 1, 10)
PASSWORD = "lamp-river-4419"


def opened(name: str) -> Account:
    return accounts.open_account(
        username=name, display_name=f"称呼{name}", password=PASSWORD, by=COMMAND_LINE, now=NOW
    )


def holder(name: str, role: str, organ: Organ, **term: date) -> Account:
    account = opened(name)
    accounts.give_role(account, role=role, organ=organ, by=COMMAND_LINE, now=NOW, **term)  # type: ignore[arg-type]
    return account


def actor(account: Account) -> Actor:
    return actor_for(account, today=TODAY)


@pytest.fixture
def operator(district: District) -> Account:
    return holder("operator", "operator", district.government)


def held(account: Account) -> list[tuple[str, str, str, str | None]]:
    rows = RoleHolding.objects.filter(account=account).order_by("role", "from_on")
    return [
        (row.role, row.organ.code, str(row.from_on), str(row.until_on) if row.until_on else None)
        for row in rows
    ]


# Opening -----------------------------------------------------------------------------------------


def test_paper_passwords_differ_and_have_no_doubtful_letters() -> None:
    found = {accounts.paper_password() for _ in range(200)}
    assert len(found) == 200
    assert not set("".join(found)) & set("o0l1iOI")
    assert all(len(one) == 19 for one in found)


@pytest.mark.parametrize(
    ("username", "display", "field"),
    [
        ("", "称呼", "username"), ("有 空格", "称呼", "username"), ("x" * 65, "称呼", "username"),
        ("a\u200bb", "称呼", "username"), ("OPERATOR", "称呼", "username"), ("new", " ", "display_name"),
        ("new", "称" * 65, "display_name"),
    ],
)  # fmt: skip
def test_an_account_that_cannot_be(operator: Account, username: str, display: str, field: str) -> None:
    before = ledger.head()
    with pytest.raises(AccountRefused) as refused:
        accounts.open_account(
            username=username, display_name=display, password=PASSWORD, by=actor(operator), now=NOW
        )
    assert refused.value.field == field and str(refused.value).endswith("。")
    assert ledger.head() == before


def test_the_ledger_knows_an_account_by_number_alone(operator: Account) -> None:
    account = opened("jyj-jbr")
    event = LedgerEvent.objects.get(kind="account.opened", subject=account.ref)
    assert "jyj-jbr" not in event.payload and "称呼" not in event.payload


# Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [r for r in roles.ROLES if r not in ("operator", "office_head")])
def test_only_those_who_manage_accounts(district: District, role: str) -> None:
    who = actor(holder("somebody", role, district.office))
    other = opened("other")
    acts = (
        lambda: accounts.open_account(username="n", display_name="n", password=PASSWORD, by=who, now=NOW),
        lambda: accounts.give_role(other, role="unit_clerk", organ=district.education, by=who, now=NOW),
        lambda: accounts.reset_password(other, by=who, now=NOW),
        lambda: accounts.set_active(other, False, by=who, now=NOW),
        lambda: accounts.hand_over(other, opened("taker"), last_day=TODAY, by=who, now=NOW),
        lambda: staffing.holdings(who),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("role", list(roles.ROLES))
def test_nobody_gives_themselves_a_role(district: District, operator: Account, role: str) -> None:
    head = holder("head", "office_head", district.office)
    for own in (operator, head):
        with pytest.raises(AccountRefused, match="不能给自己加职责"):
            accounts.give_role(own, role=role, organ=district.office, by=actor(own), now=NOW)
    assert len(held(operator)) == len(held(head)) == 1


def test_nobody_takes_over_or_resets_or_closes_for_themselves(district: District, operator: Account) -> None:
    clerk = holder("clerk", "unit_clerk", district.education)
    own = actor(operator)
    with pytest.raises(AccountRefused, match="不能由自己接手"):
        accounts.hand_over(clerk, operator, last_day=TODAY, by=own, now=NOW)
    with pytest.raises(AccountRefused, match="不能重置自己"):
        accounts.reset_password(operator, by=own, now=NOW)
    with pytest.raises(AccountRefused, match="不能停用自己"):
        accounts.set_active(operator, False, by=own, now=NOW)
    with pytest.raises(AccountRefused, match="不能登记自己离任"):
        accounts.end_role(operator.roles.get(), last_day=TODAY, by=own, now=NOW)
    assert held(clerk) == [("unit_clerk", "999002", "2022-01-10", None)]


CONTENT = [r for r in roles.ROLES if accounts.reads_content(r)]


def test_which_roles_read_content() -> None:
    assert set(roles.ROLES) - set(CONTENT) == {"operator", "kiosk"}
    assert [r for r in roles.ROLES if accounts.operates(r)] == ["operator"]


@pytest.mark.parametrize("role", CONTENT)
def test_an_operator_holds_no_content_whoever_gives_it(
    district: District, operator: Account, role: str
) -> None:
    head = actor(holder("head", "office_head", district.office))
    for by in (head, COMMAND_LINE):
        with pytest.raises(AccountRefused, match="运行维护不接触内容"):
            accounts.give_role(operator, role=role, organ=district.office, by=by, now=NOW)
    other = holder("other", role, district.office)
    with pytest.raises(AccountRefused, match="运行维护不接触内容"):
        accounts.give_role(other, role="operator", organ=district.government, by=COMMAND_LINE, now=NOW)
    with pytest.raises(AccountRefused, match="运行维护不接触内容"):
        accounts.hand_over(other, operator, last_day=TODAY, by=head, now=NOW)
    assert len(held(operator)) == len(held(other)) == 1


def test_after_the_one_ends_the_other_may_begin(district: District) -> None:
    was = holder(
        "was", "operator", district.government, from_on=date(2021, 1, 1), until_on=date(2021, 12, 31)
    )
    accounts.give_role(was, role="office_clerk", organ=district.office, by=COMMAND_LINE, now=NOW)
    assert len(held(was)) == 2


# Roles -------------------------------------------------------------------------------------------


def test_a_role_that_is_the_districts_is_held_at_the_district(district: District, operator: Account) -> None:
    clerk = opened("clerk")
    with pytest.raises(AccountRefused) as refused:
        accounts.give_role(clerk, role="office_clerk", organ=district.education, by=actor(operator), now=NOW)
    assert refused.value.field == "role"


def test_the_same_role_is_not_given_twice_and_a_term_is_in_order(
    district: District, operator: Account
) -> None:
    clerk, by = holder("clerk", "unit_clerk", district.education), actor(operator)
    with pytest.raises(AccountRefused, match="已经担任"):
        accounts.give_role(clerk, role="unit_clerk", organ=district.education, by=by, now=NOW)
    with pytest.raises(AccountRefused, match="早于起始日"):
        accounts.give_role(
            clerk, role="unit_head", organ=district.education, by=by, now=NOW,
            from_on=date(2022, 2, 1), until_on=date(2022, 1, 1),
        )  # fmt: skip
    with pytest.raises(AccountRefused, match="没有“king”"):
        accounts.give_role(clerk, role="king", organ=district.education, by=by, now=NOW)


def test_a_term_ends_earlier_never_later(district: District, operator: Account) -> None:
    clerk = holder("clerk", "unit_clerk", district.education, until_on=date(2022, 6, 30))
    term, by = clerk.roles.get(), actor(operator)
    with pytest.raises(AccountRefused, match="早于任职日"):
        accounts.end_role(term, last_day=date(2021, 1, 1), by=by, now=NOW)
    with pytest.raises(AccountRefused, match="任期本来就到"):
        accounts.end_role(term, last_day=date(2022, 7, 1), by=by, now=NOW)
    accounts.end_role(term, last_day=date(2022, 3, 31), by=by, now=NOW)
    assert held(clerk) == [("unit_clerk", "999002", "2022-01-10", "2022-03-31")]


# Password, closing -------------------------------------------------------------------------------


def test_a_reset_unlocks_and_unbinds_and_must_be_changed(operator: Account) -> None:
    clerk = opened("clerk")
    Account.objects.filter(pk=clerk.pk).update(failures=4, locked_until=NOW, second_factor="x")
    paper = accounts.reset_password(clerk, by=actor(operator), now=NOW)
    clerk.refresh_from_db()
    assert clerk.check_password(paper) and clerk.must_change
    assert (clerk.failures, clerk.locked_until, clerk.second_factor) == (0, None, "")
    changed = accounts.change_password(clerk, old=paper, new="another-lamp-77", now=NOW)
    assert not changed.must_change
    for new, said in (("short", "10"), (paper, "不对"), ("another-lamp-77", "一样"), ("password123", "常见")):
        with pytest.raises(AccountRefused, match=said):
            accounts.change_password(
                changed, old=paper if said == "不对" else "another-lamp-77", new=new, now=NOW
            )


def test_closed_and_open_again(operator: Account) -> None:
    clerk, by = opened("clerk"), actor(operator)
    accounts.set_active(clerk, False, by=by, now=NOW)
    clerk.refresh_from_db()
    with pytest.raises(AccountRefused, match="已经停用"):
        accounts.set_active(clerk, False, by=by, now=NOW)
    accounts.set_active(clerk, True, by=by, now=NOW)
    assert Account.objects.get(pk=clerk.pk).is_active


# Handing over ------------------------------------------------------------------------------------


def test_everything_goes_over_in_one_act(district: District, operator: Account) -> None:
    giver = holder("giver", "unit_clerk", district.education, from_on=date(2021, 1, 1))
    accounts.give_role(
        giver, role="disclosure_lead", organ=district.civil, by=COMMAND_LINE, now=NOW,
        from_on=date(2022, 3, 1), until_on=date(2022, 12, 31),
    )  # fmt: skip
    accounts.give_role(
        giver, role="legal_reviewer", organ=district.town, by=COMMAND_LINE, now=NOW,
        from_on=date(2021, 1, 1), until_on=date(2021, 12, 31),
    )  # fmt: skip
    taker = opened("taker")
    before = ledger.head()[0]
    assert accounts.hand_over(giver, taker, last_day=date(2022, 1, 31), by=actor(operator), now=NOW) == 2
    assert ledger.head()[0] == before + 1, "one act, one event"
    assert held(taker) == [
        ("disclosure_lead", "999003", "2022-03-01", "2022-12-31"),
        ("unit_clerk", "999002", "2022-02-01", None),
    ]
    assert held(giver) == [
        ("legal_reviewer", "999004", "2021-01-01", "2021-12-31"),
        ("unit_clerk", "999002", "2021-01-01", "2022-01-31"),
    ]
    with pytest.raises(AccountRefused, match="没有什么可交接"):
        accounts.hand_over(giver, taker, last_day=date(2022, 1, 31), by=actor(operator), now=NOW)


def test_what_the_taker_holds_already_is_not_doubled_but_lasts(district: District, operator: Account) -> None:
    giver = holder("giver", "unit_clerk", district.education)
    brief = holder("brief", "unit_clerk", district.education, until_on=date(2022, 2, 28))
    accounts.hand_over(giver, brief, last_day=date(2022, 1, 31), by=actor(operator), now=NOW)
    late = actor_for(brief, today=date(2023, 1, 1))
    assert late.may("record.enter", district.education), "the shorter term does not cut the other"
    whole = holder("whole", "unit_clerk", district.education)
    accounts.hand_over(brief, whole, last_day=date(2022, 3, 1), by=actor(operator), now=NOW)
    assert len(held(whole)) == 1


def test_a_closed_account_takes_nothing_over(district: District, operator: Account) -> None:
    giver, taker = holder("giver", "unit_clerk", district.education), opened("taker")
    accounts.set_active(taker, False, by=actor(operator), now=NOW)
    taker.refresh_from_db()
    for other, said in ((taker, "已经停用"), (giver, "同一个账号")):
        with pytest.raises(AccountRefused, match=said):
            accounts.hand_over(giver, other, last_day=TODAY, by=actor(operator), now=NOW)


# One person for two acts -------------------------------------------------------------------------


def test_where_one_person_is_left_for_two_acts(district: District, operator: Account) -> None:
    reader = actor(operator)
    assert staffing.lonely(reader, TODAY) == []
    both = holder("both", "disclosure_lead", district.town)
    found = {(one.account.pk, one.separation.first, tuple(o.code for o in one.organs))
             for one in staffing.lonely(reader, TODAY)}  # fmt: skip
    assert (both.pk, "filing.prepare", ("999004",)) in found
    assert (both.pk, "case.handle", ("999004",)) in found
    holder("head", "office_head", district.office)
    left = [one for one in staffing.lonely(reader, TODAY) if one.account.pk == both.pk]
    assert left == [], "the office's head may approve what the unit's person prepares"


def test_the_reach_is_that_of_actors(district: District, operator: Account) -> None:
    """Asked for all organs at once, the roles are those that ``Actor.may`` grants one by one."""
    for number, role in enumerate(roles.ROLES):
        place = district.office if roles.ROLES[role].district else district.all[number % 5]
        if not accounts.operates(role):
            holder(f"p{number}", role, place)
    rows = list(staffing.in_force(staffing.holdings(actor(operator)), TODAY))
    staff = staffing._staff(list(Organ.objects.all()), rows)
    for account in Account.objects.all():
        who = actor(account)
        for organ in Organ.objects.all():
            granted = staff[organ.pk].get(account.pk, set())
            for permission in roles.Permission:
                assert roles.may(granted, permission) == who.may(permission, organ), (
                    account,
                    organ,
                    permission,
                )


def test_units_where_nobody_enters(district: District, operator: Account) -> None:
    reader = actor(operator)
    assert [o.code for o in staffing.without_clerk(reader, TODAY)] == ["999002", "999003", "999004"]
    holder("clerk", "unit_clerk", district.civil)
    holder("head", "unit_head", district.town)
    assert [o.code for o in staffing.without_clerk(reader, TODAY)] == ["999002", "999004"]
