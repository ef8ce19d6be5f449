"""Roles: what each may do, and which acts need different people."""

from __future__ import annotations

import pytest

from gongkai.rules.roles import ROLES, SEPARATIONS, Permission, may, permitting, separated


def test_the_catalogue() -> None:
    assert list(ROLES) == [
        "operator",
        "office_head",
        "office_clerk",
        "unit_head",
        "disclosure_lead",
        "unit_clerk",
        "reviewer_first",
        "reviewer_second",
        "reviewer_final",
        "secrecy_reviewer",
        "legal_reviewer",
        "supervisor",
        "kiosk",
        "linked_platform",
    ]
    held = {p for role in ROLES.values() for p in role.permissions}
    assert held == set(Permission), "a permission nobody holds is an act nobody can do"
    assert len({role.label for role in ROLES.values()}) == len(ROLES)


def test_a_mistyped_permission_or_role_raises() -> None:
    with pytest.raises(ValueError, match="record.entr"):
        may(["unit_clerk"], "record.entr")
    with pytest.raises(ValueError, match="no role 'unit_clrk'"):
        may(["unit_clrk"], "record.enter")
    with pytest.raises(ValueError, match="nothing"):
        separated(["nothing"], "record.enter")


def test_who_may_do_what() -> None:
    assert may(["unit_clerk"], "record.enter") and not may(["unit_clerk"], "report.publish")
    assert may(["kiosk", "unit_clerk"], "record.enter"), "any of the roles held"
    assert not may([], "public.read")
    assert {r.code for r in permitting("report.publish")} == {"office_head", "unit_head"}
    assert {r.code for r in permitting("notice.load")} == {"operator", "office_head"}


def test_the_operator_sees_no_content_and_the_supervisor_changes_none() -> None:
    for permission in Permission:
        content = permission.split(".")[0] in ("record", "filing", "report", "case", "review", "publication")
        assert not (content and may(["operator"], permission)), permission
        reads = permission.endswith(".read")
        assert may(["supervisor"], permission) == (reads or permission == "ledger.verify"), permission
    assert ROLES["kiosk"].permissions == {Permission.PUBLIC_READ}


def test_ROL_17_three_reviews() -> None:
    """行政机关应当建立健全政府信息公开审查机制，明确审查的程序和责任。"""
    for done, wanted in (("first", "second"), ("second", "final"), ("first", "final"), ("final", "first")):
        found = separated([f"review.{done}"], f"review.{wanted}")
        assert found is not None and found.rule.id == "ROL-17-three-reviews"
    assert separated(["review.first"], "review.first") is None
    assert separated([], "review.final") is None


def test_ROL_42_secrecy_review() -> None:
    """机关、单位应当健全信息公开保密审查工作机制，明确审查机构，规范审查程序，按照先审查、后公开的原则，
    对拟公开的信息逐项进行保密审查。
    """
    found = separated(["record.read", "review.secrecy"], "publication.release")
    assert found is not None and found.why == "保密审查和发布应当由不同的人承担"


def test_ROL_33_extension_approver() -> None:
    """需要延长答复期限的，应当经政府信息公开工作机构负责人同意并告知申请人"""
    assert {r.code for r in permitting("case.extend")} == {"office_head", "disclosure_lead"}


def test_ROL_45_answer_approval() -> None:
    """行政机关应当建立健全政府信息公开申请登记、审核、办理、答复、归档的工作制度，加强工作规范。"""
    found = separated(["case.handle"], "case.approve")
    assert found is not None and found.rule.id == "ROL-45-answer-approval"


def test_ROL_47_supervision() -> None:
    """政府信息公开工作主管部门应当加强对政府信息公开工作的日常指导和监督检查，对行政机关未按照要求开展政
    府信息公开工作的，予以督促整改或者通报批评
    """
    found = separated(["filing.submit"], "filing.return")
    assert found is not None and found.rule.id == "ROL-47-supervision"
    assert {r.code for r in permitting("filing.return")} == {"office_head", "office_clerk"}


def test_every_separation_can_be_kept() -> None:
    for separation in SEPARATIONS:
        assert permitting(separation.first) and permitting(separation.second)
        assert separation.first != separation.second
