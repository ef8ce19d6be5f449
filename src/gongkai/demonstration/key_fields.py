"""Key fields of 2021 (重点领域信息): budgets, welfare, projects and land, and the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.demonstration.items import Collection
from gongkai.demonstration.sampling import Titles, chance, crossed, shares, working_days
from gongkai.demonstration.seasons import dated
from gongkai.demonstration.units import DISTRICT, GOVERNMENT, OFFICE, UNITS, VILLAGES, Unit, townships, unit

COUNTS = {"budget": 349, "welfare": 472, "project": 120, "key_other": 301}

_BUDGET = (
    "{n}2021年部门预算", "{n}2020年部门决算", "{n}2021年“三公”经费预算说明", "{n}2021年部门项目支出绩效目标表",
    "{n}2020年度部门整体支出绩效自评报告", "{n}2021年政府采购预算表", "{n}2020年“三公”经费决算说明",
    "{n}2021年机关运行经费安排说明", "{n}国有资产占有使用情况说明",
)  # fmt: skip
_FINANCE = (
    "利通区2021年一般公共预算收支表", "利通区2020年财政总决算", "利通区2021年政府性基金预算表",
    "利通区2021年国有资本经营预算表", "利通区社会保险基金预算表", "利通区2021年地方政府债务限额情况表",
    "利通区直达资金分配情况公示", "利通区“三公”经费汇总预算", "利通区税收返还和转移支付预算表",
    "利通区2020年地方政府债券使用情况", "利通区惠民惠农补贴项目清单", "利通区财政专项扶贫资金分配公告",
    "利通区预算绩效评价结果公开", "利通区2021年预算调整方案", "利通区2020年预算执行情况报告",
    "利通区政府购买服务指导性目录", "利通区行政事业性收费目录清单", "利通区政府性基金目录清单",
    "利通区涉企收费目录清单", "利通区新增债券项目安排情况", "利通区2020年财政决算草案报告",
    "利通区财政暂付款清理情况", "利通区会计评估监督检查情况公告",
)  # fmt: skip
_VILLAGE_NOTICES = (
    "农村低保对象公示", "临时救助对象公示", "高龄津贴发放名单公示", "残疾人两项补贴发放情况公示",
    "耕地地力保护补贴面积公示", "扶贫资产收益分配公示", "医疗救助对象公示",
)  # fmt: skip
_WELFARE = {
    "教育局": (
        70,
        ("城关学区", "金积学区", "高闸学区", "扁担沟学区", "朝阳小学", "裕民小学", "开元小学", "金银滩学校"),
        ("招生范围和计划", "校车运行安全检查结果", "家庭经济困难学生资助名单公示", "营养改善计划食谱", "教师招聘岗位公告",
         "课后服务收费标准", "办学条件达标情况", "新生报名须知", "体质健康监测结果"),
    ),
    "卫生健康局": (
        60,
        ("城区", "农村集中式供水", "乡镇卫生院", "社区卫生服务中心", "村卫生室", "公共场所", "托育机构"),
        ("饮用水水质监测信息", "疫苗接种点安排", "医疗机构校验结果公示", "卫生监督抽检结果", "家庭医生签约服务内容",
         "基本公共卫生服务项目清单", "传染病防控提示", "义诊活动安排", "健康教育讲座安排"),
    ),
    "民政局": (
        40,
        ("城市低保", "特困人员供养", "孤儿基本生活费", "养老服务设施", "高龄津贴", "残疾人护理补贴", "社会组织"),
        ("发放情况公示", "办理指南", "标准调整公告", "动态管理情况", "监督检查结果", "申请条件和流程"),
    ),
    "应急管理局": (
        30,
        ("危险化学品", "烟花爆竹", "工贸行业", "消防", "防汛抗旱", "冬春救助", "地震应急"),
        ("安全检查情况公告", "应急预案", "物资储备情况", "宣传活动安排", "隐患整改公示"),
    ),
    "乡村振兴局": (
        32,
        ("产业帮扶", "就业帮扶", "易地搬迁安置区", "衔接资金", "雨露计划", "小额信贷", "帮扶车间"),
        ("项目实施情况公告", "资金使用计划公示", "项目验收结果公示", "受益对象名单公示", "绩效目标公开"),
    ),
}  # fmt: skip
_PROJECTS = (
    "利宁街道路改造", "古城湾污水处理厂提标", "金积镇集中供热管网", "板桥乡高标准农田", "秦渠城区段水环境治理",
    "扁担沟镇奶牛养殖基地", "利通区人民医院门诊楼", "开元小学教学楼", "老旧小区供水管网改造", "东塔寺乡农村生活污水治理",
    "马莲渠乡葡萄酒庄配套道路", "金银滩镇农村公路", "南环路雨污分流", "郭家桥乡灌区节水改造", "上桥镇社区服务中心",
    "清水沟滨河绿化", "高闸镇标准化菜市场", "利通区应急物资储备库", "城区公共停车场", "胜利镇养老服务中心",
)  # fmt: skip
_PROJECT_NOTICES = (
    "可行性研究报告批复", "初步设计批复", "环境影响评价审批结果", "招标公告", "中标结果公示", "施工许可信息", "竣工验收备案",
)  # fmt: skip
_LAND_NOTICES = ("集体土地征收启动公告", "征地补偿安置方案公告", "土地征收公告")
_FOODS = (
    "粮食加工品", "食用油", "肉制品", "乳制品", "饮料", "方便食品", "糕点", "蔬菜制品", "水果制品", "炒货及坚果制品",
    "蛋制品", "淀粉及淀粉制品", "豆制品", "酒类", "茶叶", "调味品", "餐饮食品", "食用农产品", "水产制品", "蜂产品",
)  # fmt: skip
_FOOD_NOTICES = (
    "监督抽检信息公告", "不合格产品核查处置情况", "专项抽检结果通告", "风险监测情况", "消费提示", "生产企业监督检查情况",
    "经营单位整改情况公示", "抽检计划",
)  # fmt: skip
_DRUGS = (
    "零售药店",
    "医疗器械经营企业",
    "化妆品经营单位",
    "疫苗接种单位",
    "中药饮片经营单位",
    "乡镇卫生院药房",
)
_DRUG_NOTICES = ("飞行检查结果公告", "日常监督检查情况", "质量抽检结果", "信用等级评定结果", "整改情况公示")
_INSURANCE = (
    "城乡居民养老保险", "工伤保险", "失业保险", "机关事业单位养老保险", "城乡居民医疗保险", "职工医疗保险", "生育保险",
    "被征地农民养老保险", "灵活就业人员参保", "大病保险",
)  # fmt: skip
_INSURANCE_NOTICES = (
    "缴费标准公告", "待遇调整情况", "基金收支情况", "经办服务指南", "参保情况公开", "资格认证公告", "稽核情况公告", "政策问答",
)  # fmt: skip


def add_key_fields(found: Collection, titles: Titles) -> None:
    """1,242 items, each in the class it is counted in."""
    rows: list[tuple[str, str, str]] = []
    rows += _budgets(titles)
    rows += _welfare(titles)
    rows += _projects(titles)
    rows += _others(titles)
    random = chance("key fields")
    random.shuffle(rows)
    for day, place in dated(
        random, [title for _, title, _ in rows], working_days(date(2021, 1, 4), date(2021, 12, 17))
    ):
        organ, title, name = rows[place]
        found.add("key-field-items", organ, title=title, field=name, formed_on=day, summary="")


def _budgets(titles: Titles) -> list[tuple[str, str, str]]:
    owners = [(OFFICE, f"{DISTRICT}人民政府办公室"), *((one.code, one.name) for one in UNITS)]
    finance = unit("财政局").code
    rows = [(finance, title, "budget") for title in titles.take(finance, len(_FINANCE), _FINANCE)]
    wanted = shares(COUNTS["budget"] - len(rows), [1] * len(owners))
    for (code, name), count in zip(owners, wanted, strict=True):
        own = [pattern.format(n=name) for pattern in _BUDGET]
        rows += [(code, title, "budget") for title in titles.take(code, count, own)]
    return rows


def _welfare(titles: Titles) -> list[tuple[str, str, str]]:
    rows = []
    for short, (count, objects, notices) in _WELFARE.items():
        code = unit(short).code
        chosen = titles.take(code, count, _named(f"welfare {short}", objects, notices))
        rows += [(code, title, "welfare") for title in chosen]
    villages = townships()
    for one, count in zip(villages, shares(COUNTS["welfare"] - len(rows), [1] * len(villages)), strict=True):
        own = (
            f"{one.short}{a}{b}"
            for a, b in crossed(chance(f"villages {one.code}"), VILLAGES[one.short], _VILLAGE_NOTICES)
        )
        rows += [(one.code, title, "welfare") for title in titles.take(one.code, count, own)]
    return rows


def _named(
    name: str, objects: tuple[str, ...], notices: tuple[str, ...], lead: str = DISTRICT
) -> Iterator[str]:
    return (f"{lead}{a}{b}" for a, b in crossed(chance(name), objects, notices))


def _projects(titles: Titles) -> list[tuple[str, str, str]]:
    owners = (("发展和改革局", 30), ("住房城乡建设和交通局", 34), ("水务局", 16), ("自然资源局", 40))
    rows = []
    for short, count in owners:
        code = unit(short).code
        if short == "自然资源局":
            places = tuple(
                f"{one.short}{village}" for one in townships() for village in VILLAGES[one.short][:2]
            )
            own: Iterator[str] = _named("land", places, _LAND_NOTICES)
        else:
            own = (
                f"{project}项目{notice}"
                for project, notice in crossed(chance(short), _PROJECTS, _PROJECT_NOTICES)
            )
        rows += [(code, title, "project") for title in titles.take(code, count, own)]
    assert len(rows) == COUNTS["project"]
    return rows


def _others(titles: Titles) -> list[tuple[str, str, str]]:
    annual: list[tuple[str, str]] = [
        (GOVERNMENT, f"{DISTRICT}人民政府"),
        *((one.code, one.name) for one in UNITS),
    ]
    rows = []
    for code, name in annual:
        title = f"{name}2020年政府信息公开工作年度报告"
        rows += [(code, one, "key_other") for one in titles.take(code, 1, [title])]
    market, insurance, labour = unit("市场监督管理局"), unit("医疗保障局"), unit("人力资源和社会保障局")
    rest = COUNTS["key_other"] - len(rows) - 30 - 40 - 50
    for owner, count, objects, notices in (
        (market, rest, _FOODS, _FOOD_NOTICES),
        (market, 30, _DRUGS, _DRUG_NOTICES),
        (insurance, 40, _INSURANCE, _INSURANCE_NOTICES),
        (labour, 50, _INSURANCE, _INSURANCE_NOTICES),
    ):
        rows += _some(titles, owner, count, objects, notices)
    assert len(rows) == COUNTS["key_other"]
    return rows


def _some(
    titles: Titles, owner: Unit, count: int, objects: tuple[str, ...], notices: tuple[str, ...]
) -> list[tuple[str, str, str]]:
    own = _named(f"others {owner.code} {objects[0]}", objects, notices)
    return [(owner.code, title, "key_other") for title in titles.take(owner.code, count, own)]
