"""The forms about accounts (账号表单): opening one, giving a role; roles and organs to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from gongkai.foundation import accounts, organs
from gongkai.foundation.models import Account, Organ
from gongkai.foundation.models.organs import OrganKind
from gongkai.rules import roles
from gongkai.web.desk.admin_forms import Field, Form, Option

_TERM_HINT = "不知道到哪天的，空着；离任时再登记"


def role_options() -> tuple[Option, ...]:
    """Every role, those of units first: forty units need them, the office three."""
    units = [Option(r.code, r.label, "单位的职责") for r in roles.ROLES.values() if not r.district]
    office = [
        Option(r.code, r.label, "面向全区，在区政府或区政府办公室担任")
        for r in roles.ROLES.values()
        if r.district
    ]
    return (*units, *office)


def organ_options(today: date) -> tuple[Option, ...]:
    """The organs that exist today, by kind."""
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gte=today)
    rows = list(Organ.objects.filter(lasting))
    names = organs.current_names(rows)
    order = {value: place for place, value in enumerate(OrganKind.values)}
    rows.sort(key=lambda organ: order[organ.kind])
    return tuple(Option(organ.code, names[organ.pk], organ.get_kind_display()) for organ in rows)


def _term_fields(given: Mapping[str, Any], today: date) -> list[Field]:
    return [
        Field("role", "职责", given.get("role", ""), "select", options=role_options()),
        Field("organ", "在哪个机关", given.get("organ", ""), "select", options=organ_options(today)),
        Field("from_on", "任期第一天", today.isoformat(), "date"),
        Field("until_on", "任期最后一天", "", "date", _TERM_HINT, required=False),
    ]


def opening(
    given: Mapping[str, Any], posted: Mapping[str, Any] | None, today: date, *, bare: bool = False
) -> Form:
    """The form that opens an account; ``bare``: for somebody who takes over, whose roles come by handover."""
    fields = [
        Field("display_name", "称呼", hint="页面和底账里这样称呼，例如 教育局经办人"),
        Field("username", "账号", hint="登录时输入，例如 jyj-jbr；用字母、数字、短横，开立后不能改"),
    ]
    return Form(fields if bare else [*fields, *_term_fields(given, today)], posted)


def giving(given: Mapping[str, Any], posted: Mapping[str, Any] | None, today: date) -> Form:
    """The form that gives a role."""
    return Form(_term_fields(given, today), posted)


def handing_over(giver: Account, posted: Mapping[str, Any] | None, today: date) -> Form:
    """The form that hands over: to whom, and the giver's last day."""
    others = Account.objects.filter(is_active=True).exclude(pk=giver.pk).order_by("display_name", "pk")
    options = tuple(Option(str(one.pk), f"{one.display_name}（{one.username}）") for one in others)
    return Form(
        [
            Field("taker", "谁来接手", "", "select", options=options),
            Field(
                "last_day",
                "交出的人最后一天",
                today.isoformat(),
                "date",
                "接手的人从次日起任职",
                required=True,
            ),
        ],
        posted,
    )


def chosen_term(form: Form) -> dict[str, Any] | None:
    """Role, organ and term as chosen; None where something is wrong, which the form then says."""
    form.demand("role", "organ", "from_on")
    from_on, until_on = form.day("from_on"), form.day("until_on")
    organ = Organ.objects.filter(code=form.text("organ")).first()
    if form.text("organ") and organ is None:
        form.wrong("organ", "没有这个机关，从列表里选。")
    if form.bad or organ is None:
        return None
    return {"role": form.text("role"), "organ": organ, "from_on": from_on, "until_on": until_on}


def refused(form: Form, error: accounts.AccountRefused) -> Form:
    """The form with what an action refused."""
    form.wrong(error.field, str(error))
    return form
