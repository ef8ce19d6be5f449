"""Documents, normative documents and interpretations of 2021 (制发文件、规范性文件、解读)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from gongkai.demonstration.items import Collection, Item
from gongkai.demonstration.sampling import Titles, chance, crossed, shares, working_days
from gongkai.demonstration.seasons import dated
from gongkai.demonstration.units import DISTRICT, GOVERNMENT, OFFICE, OFFICE_TOPICS, UNITS, Unit

OWN, OF_OFFICE = 882, 54
MADE, REPEALED, STANDING = 9, 173, 40
INTERPRETED = 32

# (pattern, genre, what it says); {t} is a field of work, {d} the district.
_PATTERNS = (
    (
        "关于做好{y}年{t}工作的通知",
        "通知",
        "部署{y}年{t}工作，明确目标任务、责任股室和完成时限，要求每月报送进展。",
    ),
    (
        "关于印发《{y}年{t}工作实施方案》的通知",
        "通知",
        "方案包括总体要求、主要任务、实施步骤和保障措施，附{t}任务分解表。",
    ),
    (
        "关于进一步加强{t}工作的通知",
        "通知",
        "针对检查中发现的问题，就加强{t}提出五条要求，自印发之日起执行。",
    ),
    (
        "关于开展{t}专项检查的通知",
        "通知",
        "就{t}专项检查的范围、内容、方式和时间作出安排，检查结果予以通报。",
    ),
    ("关于{t}工作开展情况的通报", "通报", "通报{t}工作进展、好的做法和存在的问题，提出整改要求。"),
    (
        "关于调整{t}工作领导小组成员的通知",
        "通知",
        "因人员变动和工作需要，调整{t}工作领导小组组成，明确办公室设置和职责。",
    ),
    ("关于报送{t}工作情况的函", "函", "按要求汇总报送{t}工作开展情况、主要数据和下一步打算。"),
    ("关于建立{t}联席会议制度的通知", "通知", "明确{t}联席会议的成员单位、议事规则和工作要求。"),
    ("关于下达{y}年{t}任务的通知", "通知", "将{y}年{t}任务分解到各责任单位，列出完成标准和考核办法。"),
    ("关于{t}有关事项的公告", "公告", "公告{t}的办理对象、条件、地点、时间和咨询方式。"),
    ("{t}工作责任清单（{y}年）", "通知", "列明{t}各环节的责任事项、责任岗位和监督方式。"),
    ("关于{t}存在问题整改情况的报告", "报告", "逐项报告{t}检查反馈问题的整改措施、完成情况和长效机制。"),
)
_RULED = ("通知", "规定适用范围、职责分工、办理程序和监督责任。")
_OFFICE_PATTERNS = (
    ("{d}人民政府办公室关于印发《{t}工作方案》的通知", "通知", "明确全区{t}的工作目标、重点任务和责任分工。"),
    ("{d}人民政府办公室关于进一步规范{t}工作的通知", "通知", "就规范{t}的程序、时限和责任提出要求。"),
    ("{d}人民政府办公室关于做好{t}工作的通知", "通知", "就做好{t}作出安排，要求各乡镇、各部门抓好落实。"),
    ("{d}人民政府办公室关于{t}情况的通报", "通报", "通报各乡镇、各部门{t}情况，指出问题，提出整改时限。"),
    ("{d}人民政府办公室关于成立{t}工作专班的通知", "通知", "明确{t}工作专班的组成、职责和运行方式。"),
)
# The nine made in the year: two of them the government's, the rest its office's.
_NORMATIVE_2021 = (
    ("利通区临时救助工作实施细则", date(2021, 1, 19)),
    ("利通区公共租赁住房分配管理办法", date(2021, 2, 25)),
    ("利通区城市临时摊点设置管理规定", date(2021, 4, 2)),
    ("利通区校外托管机构管理暂行办法", date(2021, 5, 14)),
    ("利通区小型农田水利设施管护办法", date(2021, 6, 18)),
    ("利通区奶产业转型升级扶持办法", date(2021, 7, 22)),
    ("利通区农村生活垃圾分类收集奖补办法", date(2021, 8, 30)),
    ("利通区行政规范性文件管理细则", date(2021, 9, 10)),
    ("利通区支持多渠道灵活就业和创新创业工作措施", date(2021, 11, 5)),
)
_SUBJECTS = (
    "城市居民最低生活保障", "农村五保供养", "城镇廉租住房", "农村公路管理养护", "城市绿化", "户外广告设置",
    "建筑垃圾处置", "农业机械补贴", "奶牛养殖小区建设", "设施农业发展", "土地承包经营权流转", "农村宅基地审批",
    "征地补偿安置", "被征地农民养老保险", "城市房屋拆迁", "物业专项维修资金", "安全生产奖惩", "食品小作坊登记",
    "小型水库管护", "农业水价", "节约用水", "封山禁牧", "义务教育阶段学校布局", "民办教育扶持", "教师绩效工资",
    "新型农村合作医疗", "乡村医生补助", "计划生育奖励", "殡葬改革", "社会组织孵化", "残疾人就业保障金",
    "科技创新奖励", "中小企业贷款风险补偿", "招商引资优惠", "政府投资项目管理", "财政专项资金管理",
    "国有资产处置", "政府采购", "旅游发展扶持", "文物保护", "网吧管理", "信访事项办理", "行政审批委托",
    "行政执法责任制", "应急物资储备", "地质灾害防治", "森林防火", "重大动物疫情应急", "粮食应急保障",
    "价格调节基金",
)  # fmt: skip
_FORMS = ("管理办法", "实施细则", "暂行规定", "实施办法", "若干措施", "奖补办法")
# What a rewarding rule can be about; of the others nobody would make one.
_REWARDED = frozenset({
    "农村公路管理养护", "奶牛养殖小区建设", "设施农业发展", "小型水库管护", "节约用水", "封山禁牧", "社会组织孵化",
    "旅游发展扶持", "文物保护", "森林防火", "粮食应急保障",
})  # fmt: skip
_CLEAN_UP = ((date(2021, 6, 28), "利政发〔2021〕37号"), (date(2021, 12, 10), "利政发〔2021〕68号"))


def add_documents(found: Collection, titles: Titles) -> None:
    """939 documents: 3 of the government, 54 of its office, 882 of the units, in order of issue."""
    _government_documents(found)
    random = chance("office documents")
    made = [
        (day, f"{DISTRICT}人民政府办公室关于印发《{title}》的通知", _RULED, _made_number(place))
        for place, (title, day) in enumerate(_NORMATIVE_2021[2:], 2)
    ]
    titles.take(OFFICE, len(made), [row[1] for row in made])
    wanted = OF_OFFICE - len(made)
    chosen = titles.take(OFFICE, wanted, _worded(random, OFFICE_TOPICS, _OFFICE_PATTERNS), lambda one: one[0])
    days = dated(random, [one[0] for one in chosen], _days())
    rows = made + [(day, *chosen[place], f"利政办发〔2021〕{n}号") for n, (day, place) in enumerate(days, 1)]
    for day, title, what, number in sorted(rows):
        _document(found, OFFICE, "government_office", title, number, what, day)
    for unit, count in zip(UNITS, shares(OWN, [unit.weight for unit in UNITS]), strict=True):
        _unit_documents(found, titles, unit, count)


def _government_documents(found: Collection) -> None:
    for place, (title, day) in enumerate(_NORMATIVE_2021[:2]):
        name = f"{DISTRICT}人民政府关于印发《{title}》的通知"
        _document(found, GOVERNMENT, "government", name, _made_number(place), _RULED, day)
    title = f"{DISTRICT}人民政府关于划定高污染燃料禁燃区的通告"
    what = ("通告", "划定禁止销售、燃用高污染燃料的区域，规定过渡期限和违反的处理。")
    _document(found, GOVERNMENT, "government", title, "利政发〔2021〕33号", what, date(2021, 6, 17))


def _made_number(place: int) -> str:
    """The number of a normative document of the year, by its place in the list."""
    return f"利政规发〔2021〕{place + 1}号" if place < 2 else f"利政办规发〔2021〕{place - 1}号"


def _unit_documents(found: Collection, titles: Titles, unit: Unit, count: int) -> None:
    random = chance(f"documents {unit.code}")
    candidates = _worded(random, unit.topics, _PATTERNS)
    chosen = titles.take(unit.code, count, candidates, lambda one: one[0])
    for number, (day, place) in enumerate(dated(random, [one[0] for one in chosen], _days()), 1):
        title, what = chosen[place]
        _document(found, unit.code, "own", title, f"{unit.mark}〔2021〕{number}号", what, day)


def _worded(
    random: Random, topics: tuple[str, ...], patterns: tuple[tuple[str, str, str], ...]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """Titles, each with its genre and what it says."""
    known = {pattern: (genre, summary) for pattern, genre, summary in patterns}
    for topic, pattern in crossed(random, topics, tuple(known)):
        genre, summary = known[pattern]
        words = {"t": topic, "y": 2021, "d": DISTRICT}
        yield pattern.format(**words), (genre, summary.format(**words))


def _days() -> list[date]:
    return working_days(date(2021, 1, 4), date(2021, 12, 17))


def _document(
    found: Collection, organ: str, issued_as: str, title: str, number: str, what: tuple[str, str], day: date
) -> None:
    genre, summary = what
    found.add(
        "documents",
        organ,
        title=title,
        document_number=number,
        issued_as=issued_as,
        issued_on=day,
        genre=genre,
        summary=summary,
    )


def add_normative_documents(found: Collection) -> None:
    """222: nine made in the year, 173 of earlier years repealed in it, 40 that still stand."""
    for place, (title, day) in enumerate(_NORMATIVE_2021):
        _normative(found, GOVERNMENT if place < 2 else OFFICE, title, _made_number(place), day)
    random = chance("normative documents")
    named = [pair for pair in crossed(random, _SUBJECTS, _FORMS) if _reads_well(*pair)]
    subjects = [f"{DISTRICT}{subject}{form}" for subject, form in named]
    old = working_days(date(2004, 3, 1), date(2018, 12, 20))
    later = working_days(date(2012, 3, 1), date(2020, 11, 30))
    rows = []
    for place, title in enumerate(subjects[: REPEALED + STANDING]):
        repealed = place < REPEALED
        by_government = random.random() < 0.35
        rows.append((random.choice(old if repealed else later), by_government, title, repealed))
    # Numbers rise with the days of a year, as in an office's own register.
    taken: dict[tuple[bool, int], int] = {}
    for place, (day, by_government, title, repealed) in enumerate(sorted(rows)):
        key = (by_government, day.year)
        number = taken[key] = max(
            taken.get(key, 0) + 1, day.timetuple().tm_yday // (6 if by_government else 3)
        )
        end = _CLEAN_UP[0 if place % 5 else 1] if repealed else None
        mark = "利政发" if by_government else "利政办发"
        _normative(
            found, GOVERNMENT if by_government else OFFICE, title, f"{mark}〔{day.year}〕{number}号", day, end
        )


def _reads_well(subject: str, form: str) -> bool:
    """Whether the two make a name that an office would give."""
    if form == "奖补办法":
        return subject in _REWARDED
    return not (form == "管理办法" and "管理" in subject)


def _normative(
    found: Collection, organ: str, title: str, number: str, day: date, end: tuple[date, str] | None = None
) -> None:
    found.add(
        "normative-documents",
        organ,
        title=title,
        document_number=number,
        rank="norm",
        made_on=day,
        effective_on=day + timedelta(days=30) if day.year == 2021 else None,
        repealed_on=end[0] if end else None,
        repeal_basis=f"《{DISTRICT}人民政府关于公布行政规范性文件清理结果的决定》（{end[1]}）" if end else "",
    )


_NAMED = (
    ("吴忠市利通区关于支持多渠道灵活就业和创新创业工作措施的政策解读", "text", date(2021, 11, 9)),
    ("利通区2021年义务教育阶段学校招生转学政策解读", "graphic", date(2021, 6, 29)),
)


def _plan(item: Item) -> str:
    """The name of the plan a document issues."""
    return str(item.values["title"]).partition("《")[2].partition("》")[0].removeprefix("2021年")


def add_interpretations(found: Collection, titles: Titles) -> None:
    """32, twenty-four of them in words alone, each kept by whoever issued what it explains."""
    random = chance("interpretations")
    rows = [(day, title, form, "", OFFICE) for title, form, day in _NAMED]
    for place, (title, day) in enumerate(_NORMATIVE_2021[:8]):
        rows.append((day + timedelta(days=3), f"《{title}》政策解读", "text", _made_number(place), OFFICE))
    titles.take(OFFICE, len(rows), [row[1] for row in rows])
    plans = [item for item in found.items["documents"] if "实施方案" in item.values["title"]]
    random.shuffle(plans)
    forms = ["graphic"] * 5 + ["video"] * 2 + ["text"] * (INTERPRETED - len(rows) - 7)
    chosen = titles.take(OFFICE, len(forms), plans, _plan)
    for item, form in zip(chosen, forms, strict=True):
        lead = {"graphic": "一图读懂《{}》", "video": "视频解读：{}", "text": "《{}》解读"}[form]
        day = item.values["issued_on"] + timedelta(days=4)
        rows.append((day, lead.format(_plan(item)), form, item.values["document_number"], item.organ))
    for day, title, form, number, organ in sorted(rows):
        found.add(
            "interpretations",
            organ,
            title=title,
            form=form,
            document_number=number,
            published_on=day,
            summary="说明制定的背景和依据、主要内容、与群众有关的办理事项和咨询方式。",
        )
