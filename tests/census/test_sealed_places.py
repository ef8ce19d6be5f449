"""Whatever is sealed under a data key is sealed again when the key changes: no place is forgotten."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import Any

from gongkai.foundation import files
from gongkai.foundation.sealed_places import Column, Files
from gongkai.foundation.sealing_census import all_places

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gongkai"
# What makes something that needs a data key afterwards.
SEALS = frozenset({"seal", "seal_bytes", "blind_index", "derived_code", "_encrypt"})
FORGOTTEN = (
    "seals something that no resealing knows. Add the place to the PLACES of the app's sealed_places.py "
    "(foundation: sealed_here.py) and the call with its place's name here."
)
# The calls that seal, by module and function: how many, and the places (their labels) that answer for them.
CALLS: dict[tuple[str, str], tuple[Any, ...]] = {
    ("archive/package.py", "seal_bytes"): (1, "归档包"),
    ("casework/codes.py", "derived_code"): (1, "查询口令"),
    ("casework/correcting.py", "blind_index"): (2, "找同一个申请人用的指纹"),
    ("casework/draft_papers.py", "seal_bytes"): (1, "没有提交的申请的材料（一天以后自动清除）"),
    ("casework/files.py", "seal_bytes"): (1, "案卷材料", "更正申请、建议的材料"),
    ("casework/filing.py", "blind_index"): (2, "找同一个申请人用的指纹"),
    ("casework/first_answers.py", "seal"): (1, "对接平台得到的拒绝"),
    ("casework/keeping.py", "seal_bytes"): (1, "文书原件", "通知的附件"),
    ("casework/lives.py", "seal"): (1, "案卷里的文字", "更正申请、建议里的文字"),
    ("casework/redacting.py", "seal"): (1, "涂黑的位置"),
    ("casework/redaction_drafts.py", "seal"): (1, "涂黑的草稿"),
    ("foundation/ledger.py", "_encrypt"): (3, "底账里个人信息的钥匙"),
    ("foundation/message_settings.py", "seal"): (1, "通知设置的密码"),
    ("foundation/outbox.py", "seal"): (2, "通知的收件人", "通知的标题", "通知的正文", "通知附件的名称"),
    ("foundation/sign_in.py", "seal"): (1, "动态口令"),
    ("remedies/models/complaints.py", "seal"): (1, "投诉人", "投诉的内容"),
}  # fmt: skip
# A visitor's session and nothing that is kept: gone within a day, before which no key is retired.
SESSIONS = {
    ("web/desk/account_views.py", "seal"),
    ("web/portal/apply_steps.py", "seal"),
    ("web/portal/side_steps.py", "seal"),
}
# The seals themselves, what seals again, and what is called sealing and encrypts nothing.
OURSELVES = {
    "foundation/personal.py", "foundation/sealing.py", "foundation/sealed_here.py", "foundation/resealing.py",
    "casework/sealed_places.py", "casework/given.py", "annual_report/sealing.py", "web/desk/act_views.py", "demonstration/build.py",
}  # fmt: skip
# Tables that point at files nobody seals: evidence and editions of a public record.
PLAIN_FILES = {"annual_report.ReportEdition.content", "annual_report.EditionDocument.content"}


def _calls() -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for path in SOURCE.rglob("*.py"):
        module = path.relative_to(SOURCE).as_posix()
        if module in OURSELVES:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                if name in SEALS:
                    found[module, name] += 1
    return found


def test_every_call_that_seals_has_its_place() -> None:
    calls = _calls()
    known = {call: many for call, (many, *_) in CALLS.items()} | dict.fromkeys(SESSIONS, 1)
    unknown = sorted(f"{module}: {name}() {FORGOTTEN}" for module, name in calls - Counter(known))
    assert unknown == []
    assert calls == known, "a call that is no more is taken off the list"
    labels = {label for _, *places in CALLS.values() for label in places}
    assert labels == {place.label for place in all_places()}


def test_every_file_that_may_be_sealed_has_its_place() -> None:
    declared = {f"{place.model}.{place.column}" for place in all_places() if isinstance(place, Files)}
    pointing = {f"{model._meta.label}.{column}" for model, column in files.pointing()}
    evidence = {one for one in pointing if one.endswith(".evidence")}
    assert pointing - evidence == declared | PLAIN_FILES


def test_every_column_of_that_name_has_its_place() -> None:
    """A sealed text stands in a column called so, apart from those that are named by what they say."""
    from django.apps import apps

    declared = Counter(f"{place.model}.{place.column}" for place in all_places() if isinstance(place, Column))
    named = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name == "sealed" or field.name.endswith("_sealed")
    }
    assert named <= set(declared) and set(declared.values()) == {1}
