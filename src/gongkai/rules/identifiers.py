"""Identity documents and contacts (证件号码与联系方式): their shapes and check characters, each refusal with its cure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, implements

IDENTITY = Rule(
    id="APP-29-identity",
    title="身份证明和联系方式",
    sentence="(一)申请人的姓名或者名称、身份证明、联系方式；",
    provisions=(Provision("regulation-2019", 29, 2, 1),),
    since=date(2019, 5, 15),
    confirmed=False,
    note="条例没有规定证件的种类和核对办法。居民身份证号码按 GB 11643（MOD 11-2 校验），统一社会信用代码按 GB 32100"
    "（MOD 31 校验），通行证、护照只看形状，是本程序的做法；标准原文待核对。",
)


@dataclass(frozen=True, slots=True)
class IdType:
    """One kind of identity document (证件种类)."""

    code: str
    label: str
    organisation: bool = False


ID_TYPES: dict[str, IdType] = {
    t.code: t
    for t in (
        IdType("identity-card", "居民身份证"),
        IdType("passport", "护照"),
        IdType("hk-macao-permit", "港澳居民来往内地通行证"),
        IdType("taiwan-permit", "台湾居民来往大陆通行证"),
        IdType("unified-credit-code", "统一社会信用代码", organisation=True),
        IdType("other", "其他"),
    )
}
NATURAL = tuple(t.code for t in ID_TYPES.values() if not t.organisation and t.code != "other")
ORGANISATION = ("unified-credit-code",)

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
# Provinces, municipalities, Hong Kong, Macao, Taiwan, and 83 on residence permits of Taiwan residents.
_AREAS = frozenset(
    {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46}
    | {50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83}
)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_EARLIEST = 1880
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?")
_ABROAD = re.compile(r"\+\d{6,15}")
_EMAIL = re.compile(
    r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_PASSPORT = re.compile(r"[A-Z0-9]{5,17}")
_HK_MACAO = re.compile(r"[HM]\d{8}(?:\d{2})?")
_TAIWAN = re.compile(r"\d{8}")


class IdentifierRefused(ValueError):
    """A number or an address that cannot be; the message says where and the cure."""


def plain(written: str) -> str:
    """As it is compared (规范写法): half width, capitals, no blanks, no invisible characters."""
    narrow = unicodedata.normalize("NFKC", written)
    return "".join(c for c in narrow if not c.isspace() and unicodedata.category(c) != "Cf").upper()


@implements(IDENTITY)
def check_identity(id_type: str, number: str, *, today: date) -> str:
    """The number in its normal form. Raises IdentifierRefused with what does not fit."""
    if id_type not in ID_TYPES:
        known = "、".join(f"{t.code}（{t.label}）" for t in ID_TYPES.values())
        raise IdentifierRefused(f"没有“{id_type}”这种证件，应为：{known}。")
    value = plain(number)
    if not value:
        raise IdentifierRefused(f"没有填写{ID_TYPES[id_type].label}号码；照证件填写。")
    if id_type == "identity-card":
        return _identity_card(value, today)
    if id_type == "unified-credit-code":
        return _credit_code(value)
    return _shaped(id_type, value)


def _identity_card(value: str, today: date) -> str:
    if len(value) == 15 and value.isdigit():
        raise IdentifierRefused("填的是 15 位的旧号码；换成 18 位的公民身份号码。")
    if len(value) != 18:
        raise IdentifierRefused(f"居民身份证号码应为 18 位，填了 {len(value)} 位；对照证件核对。")
    for place, letter in enumerate(value, 1):
        if not (letter in "0123456789" or (place == 18 and letter == "X")):
            allowed = "数字或者 X" if place == 18 else "数字"
            raise IdentifierRefused(f"证件号码第 {place} 位是“{letter}”，应为{allowed}；核对这一位。")
    if int(value[:2]) not in _AREAS:
        raise IdentifierRefused(f"证件号码前两位“{value[:2]}”不是省级地区的代码；核对前两位。")
    _born(value[6:14], today)
    total = sum(int(d) * w for d, w in zip(value[:17], _WEIGHTS, strict=True))
    if _CHECK[total % 11] != value[17]:
        raise IdentifierRefused("证件号码第 18 位对不上，有一位填错了；请逐位核对。")
    return value


def _born(written: str, today: date) -> None:
    try:
        born = date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        born = None
    if born is None or born.year < _EARLIEST:
        said = f"{written[:4]}-{written[4:6]}-{written[6:]}"
        raise IdentifierRefused(f"证件号码第 7 到 14 位“{said}”不是出生日期；核对这几位。")
    if born > today:
        raise IdentifierRefused(f"证件号码里的出生日期 {born} 还没有到；核对第 7 到 14 位。")


def _credit_code(value: str) -> str:
    if len(value) != 18:
        raise IdentifierRefused(f"统一社会信用代码应为 18 位，填了 {len(value)} 位；对照证照核对。")
    for place, letter in enumerate(value, 1):
        if letter not in _CREDIT:
            raise IdentifierRefused(
                f"统一社会信用代码第 {place} 位是“{letter}”，代码里不用 I、O、S、V、Z；核对这一位。"
            )
    total = sum(_CREDIT.index(c) * w for c, w in zip(value[:17], _CREDIT_WEIGHTS, strict=True))
    if _CREDIT[-total % 31] != value[17]:
        raise IdentifierRefused("统一社会信用代码第 18 位对不上，有一位填错了；请逐位核对。")
    return value


def _shaped(id_type: str, value: str) -> str:
    label = ID_TYPES[id_type].label
    shapes = {
        "passport": (_PASSPORT, "5 到 17 位字母和数字，如 E12345678"),
        "hk-macao-permit": (_HK_MACAO, "H 或者 M 加 8 位数字，如 H12345678"),
        "taiwan-permit": (_TAIWAN, "8 位数字，如 12345678"),
    }
    if id_type in shapes:
        shape, said = shapes[id_type]
        if shape.fullmatch(value) is None:
            raise IdentifierRefused(f"{label}号码应为{said}；对照证件核对。")
    elif len(value) > 40:
        raise IdentifierRefused("证件号码超过 40 位；对照证件核对。")
    return value


def check_phone(written: str) -> str:
    """A telephone number (联系电话) in its normal form. Raises IdentifierRefused."""
    value = plain(written).replace("（", "").replace("(", "").replace("）", "-").replace(")", "-")
    value = re.sub(r"-+", "-", value)
    if value.startswith("+86"):
        value = value[3:].lstrip("-")
    bare = value.replace("-", "")
    if _MOBILE.fullmatch(bare):
        return bare
    if _LANDLINE.fullmatch(value) or _ABROAD.fullmatch(bare):
        return value
    if bare.isdigit() and bare.startswith("1") and len(bare) != 11:
        raise IdentifierRefused(f"手机号码应为 11 位，填了 {len(bare)} 位；核对号码。")
    raise IdentifierRefused("电话应为 11 位手机号码，或者带区号的固定电话，如 0953-2012345；核对号码。")


def is_mobile(number: str) -> bool:
    """Whether a telephone number in its normal form can take a text message (手机号码)."""
    return _MOBILE.fullmatch(number) is not None


def check_email(written: str) -> str:
    """An e-mail address (电子邮箱) without blanks. Raises IdentifierRefused."""
    narrow = unicodedata.normalize("NFKC", written)
    value = "".join(c for c in narrow if not c.isspace() and unicodedata.category(c) != "Cf")
    if "@" not in value:
        raise IdentifierRefused("电子邮箱里没有 @；写成 name@example.cn 这样。")
    if len(value) > 254 or ".." in value or _EMAIL.fullmatch(value) is None:
        raise IdentifierRefused("电子邮箱的写法不对；写成 name@example.cn 这样，核对 @ 前后。")
    return value


def check_id_type(id_type: str, *, organisation: bool) -> str:
    """The kind of document, if it suits the applicant (证件种类). Raises IdentifierRefused."""
    allowed = ORGANISATION if organisation else NATURAL
    if id_type not in allowed:
        who = "法人或者其他组织" if organisation else "自然人"
        labels = "、".join(ID_TYPES[code].label for code in allowed)
        raise IdentifierRefused(f"{who}的证件应为：{labels}。没有这些证件的，到窗口当面提交。")
    return id_type
