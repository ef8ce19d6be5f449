"""The kinds of record of active disclosure, declared once each (主动公开的记录种类)."""

from __future__ import annotations

from typing import Any

from django.db import models

from gongkai.disclosure import binding
from gongkai.disclosure.models import (
    Channel,
    Document,
    GazetteDistribution,
    InformationClass,
    Interpretation,
    NormativeDocument,
    NormativeEvent,
)
from gongkai.foundation.kinds import Choice, Column, Kind
from gongkai.rules.provision import Provision

REGULATION = "regulation-2019"
# Other ways in which clerks and other systems write the same.
CHANNEL_ALIASES = {
    "portal": ("网站", "门户网站", "政府门户网站", "website"),
    "wechat": ("微信", "公众号"),
    "weibo": ("政务微博",),
    "short_video": ("视频号", "抖音", "政务短视频"),
}
CLASS_ALIASES = {
    "document": ("文件", "政策文件", "documents"),
    "interpretation": ("解读", "interpretations"),
    "budget": ("预决算", "财政信息"),
    "welfare": ("社会公益", "社会公益事业"),
    "project": ("重大项目", "重大建设项目", "征地"),
    "key_other": ("其他重点领域", "other"),
    "bulletin": ("工作动态", "动态", "便民信息"),
}
KEY_FIELDS = ("budget", "welfare", "project", "key_other")


def choices_of(
    values: type[models.TextChoices], *codes: str, **aliases: tuple[str, ...]
) -> tuple[Choice, ...]:
    """A declared column's choices from a model's, all or those named."""
    return tuple(
        Choice(code, str(label), aliases.get(code, ()))
        for code, label in values.choices
        if not codes or code in codes
    )


TITLE = Column("title", "标题", "text", max_length=300, example="关于印发临时救助工作实施细则的通知")
NUMBER = Column(
    "document_number", "文号", "text", required=False, max_length=60, example="利政办发〔2021〕12号"
)
SUMMARY = Column("summary", "内容概述", "long_text", required=False, max_length=1500, listed=False)


def _title(record: Any) -> str:
    return record.title  # type: ignore[no-any-return]


DOCUMENTS = Kind(
    code="documents",
    label="制发文件",
    model="disclosure.Document",
    provision=Provision(REGULATION, 20, item=1),
    purpose="本年印发的文件；以什么名义印发，按发文机关标志填",
    columns=(
        TITLE,
        NUMBER,
        Column("issued_as", "发文名义", "choice", choices=choices_of(Document.IssuedAs)),
        Column("issued_on", "印发日期", "date", attribute="formed_on", example="2021-03-18"),
        Column("genre", "文种", "text", required=False, max_length=20, example="通知"),
        SUMMARY,
    ),
    title=_title,
    date_column="issued_on",
    prepare=binding.prepare_document,
    after=binding.adopt_publications,
    search=("title", "document_number"),
)

NORMATIVE_DOCUMENTS = Kind(
    code="normative-documents",
    label="行政规范性文件",
    model="disclosure.NormativeDocument",
    provision=Provision(REGULATION, 20, item=1),
    purpose="经合法性审核登记为规范性文件的；历年制发、现在有效的也要登记，否则数不出“现行有效件数”",
    columns=(
        TITLE,
        Column("document_number", "文号", "text", max_length=60, example="利政规发〔2021〕1号"),
        Column("rank", "类别", "choice", required=False, choices=choices_of(NormativeDocument.Rank)),
        Column("made_on", "制发日期", "date", example="2021-01-19"),
        Column("effective_on", "施行日期", "date", future=True, required=False, listed=False),
        Column("valid_until", "有效期至", "date", future=True, required=False, listed=False),
        Column("repealed_on", "废止日期", "date", required=False, companion=True),
        Column(
            "repeal_basis", "废止依据", "text", required=False, listed=False, max_length=300, companion=True
        ),
    ),
    title=_title,
    date_column="made_on",
    validate=binding.check_normative,
    prepare=binding.prepare_normative,
    after=binding.repeal_with_document,
    search=("title", "document_number"),
)

NORMATIVE_EVENTS = Kind(
    code="normative-events",
    label="规范性文件变动",
    model="disclosure.NormativeEvent",
    provision=Provision("normative-2018"),
    purpose="已登记的规范性文件后来被修改、废止、宣布失效或到期失效",
    columns=(
        Column("document_number", "文号", "text", max_length=60, example="利政规发〔2019〕3号"),
        Column("event", "变动", "choice", choices=choices_of(NormativeEvent.Event)),
        Column("on", "日期", "date", example="2021-06-30"),
        Column("basis", "依据", "text", required=False, max_length=300),
    ),
    title=lambda r: f"{r.document.title}（{r.get_event_display()}）",
    date_column="on",
    prepare=binding.bind_normative_event,
    search=("document__title",),
    list_related=("document",),
)

PUBLICATIONS = Kind(
    code="publications",
    label="发布",
    model="disclosure.Publication",
    provision=Provision(REGULATION, 23),
    purpose="一条信息在一个渠道发布一次，登记一行；标题和类别与制发文件、解读、重点领域登记相同的，自动对上",
    columns=(
        Column(
            "title", "标题", "text", max_length=300, attribute="information.title", example="2021年部门预算"
        ),
        Column(
            "channel",
            "渠道",
            "choice",
            choices=choices_of(Channel, **CHANNEL_ALIASES),
        ),
        Column(
            "class",
            "类别",
            "choice",
            attribute="information_class",
            choices=choices_of(InformationClass, **CLASS_ALIASES),
        ),
        Column("published_on", "发布日期", "date", example="2021-03-22"),
        Column("url", "网址", "text", required=False, listed=False),
    ),
    title=_title,
    date_column="published_on",
    prepare=binding.bind_publication,
    search=("information__title",),
    list_related=("information",),
)

INTERPRETATIONS = Kind(
    code="interpretations",
    label="政策解读",
    model="disclosure.Interpretation",
    provision=Provision(REGULATION, 19),
    purpose="解读了哪份文件、用什么形式",
    columns=(
        TITLE,
        Column("form", "形式", "choice", choices=choices_of(Interpretation.Form)),
        Column("document_number", "解读的文件文号", "text", required=False, max_length=60),
        Column("published_on", "发布日期", "date", attribute="formed_on"),
        SUMMARY,
    ),
    title=_title,
    date_column="published_on",
    prepare=binding.prepare_interpretation,
    after=binding.adopt_publications,
)

KEY_FIELD_ITEMS = Kind(
    code="key-field-items",
    label="重点领域信息",
    model="disclosure.KeyFieldItem",
    provision=Provision(REGULATION, 20),
    purpose="财政预决算、社会公益事业、重大建设项目和征地等重点领域的信息",
    columns=(
        TITLE,
        Column(
            "field",
            "领域",
            "choice",
            attribute="information_class",
            choices=choices_of(InformationClass, *KEY_FIELDS),
        ),
        Column("formed_on", "生成日期", "date"),
        SUMMARY,
    ),
    title=_title,
    date_column="formed_on",
    after=binding.adopt_publications,
)

CATALOGUE_ISSUES = Kind(
    code="catalogue-issues",
    label="政府文件公开目录",
    model="disclosure.CatalogueIssue",
    provision=Provision(REGULATION, 12),
    columns=(
        Column("issue", "期次", "text", max_length=60, example="2021年第1期"),
        Column("issued_on", "印发日期", "date"),
        Column("entries", "收录文件数", "integer", required=False, minimum=0),
    ),
    title=lambda r: f"政府文件公开目录 {r.issue}",
    date_column="issued_on",
    search=("issue",),
)

GAZETTE_ISSUES = Kind(
    code="gazette-issues",
    label="政府公报",
    model="disclosure.GazetteIssue",
    provision=Provision(REGULATION, 23),
    columns=(
        Column("issue", "期次", "text", max_length=60, example="2021年第1期"),
        Column("issued_on", "出版日期", "date"),
        Column("copies", "印数", "integer", minimum=1),
    ),
    title=lambda r: f"政府公报 {r.issue}",
    date_column="issued_on",
    search=("issue",),
)

GAZETTE_DISTRIBUTIONS = Kind(
    code="gazette-distributions",
    label="公报发放",
    model="disclosure.GazetteDistribution",
    provision=Provision(REGULATION, 25),
    columns=(
        Column("issue", "期次", "text", max_length=60, example="2021年第1期"),
        Column("place", "发放地点", "text", max_length=120),
        Column("place_type", "地点类别", "choice", choices=choices_of(GazetteDistribution.PlaceType)),
        Column("copies", "册数", "integer", minimum=1),
        Column("delivered_on", "送达日期", "date"),
    ),
    title=lambda r: f"{r.place}（{r.gazette.issue}）",
    date_column="delivered_on",
    prepare=binding.bind_distribution,
    search=("place",),
    list_related=("gazette",),
)

KINDS = (
    DOCUMENTS,
    NORMATIVE_DOCUMENTS,
    NORMATIVE_EVENTS,
    PUBLICATIONS,
    INTERPRETATIONS,
    KEY_FIELD_ITEMS,
    CATALOGUE_ISSUES,
    GAZETTE_ISSUES,
    GAZETTE_DISTRIBUTIONS,
)
