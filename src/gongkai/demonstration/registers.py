"""The other registers of 2021 (各类台账): gazette, letters, supervision, zones, training and the rest."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.demonstration.items import Collection
from gongkai.demonstration.sampling import Titles, chance, crossed, shares, spread, working_days
from gongkai.demonstration.units import GOVERNMENT, OFFICE, UNITS, departments, townships, unit

COPIES, ISSUES = 1400, 4
LETTERS = {"mailbox": 49, "complaint": 29}
SUPERVISION, INSPECTION, SUPERVISING = 375, 295, 23

_PLACES = (
    *((one.short, "township", 14) for one in townships()),
    ("区政务服务中心", "service_centre", 40), ("区教育局", "department", 12), ("区民政局", "department", 12),
    ("区人力资源和社会保障局", "department", 12), ("上桥镇民生服务中心", "livelihood_centre", 12),
    ("金积镇民生服务中心", "livelihood_centre", 12), ("花寺村代办点", "village", 8), ("李桥村代办点", "village", 8),
    ("高闸镇卫生院", "clinic", 10), ("扁担沟镇卫生院", "clinic", 10), ("利通区图书馆", "library", 46),
)  # fmt: skip
_MAILBOX = (
    "小区路灯不亮", "公交线路延伸建议", "农村道路积水", "小区停车位管理", "幼儿园入园咨询", "医保缴费渠道咨询",
    "老旧小区加装电梯", "公共厕所开放时间", "垃圾清运不及时", "灌溉用水时间", "学校门口交通拥堵", "物业费标准咨询",
    "公租房申请条件", "居住证办理地点", "社保转移手续", "广场噪声问题", "自来水水压低", "农机补贴进度",
    "供暖温度偏低", "疫苗接种预约", "老年卡办理", "残疾证换领", "道路开挖恢复", "图书馆延时开放建议", "公园增设健身器材",
)  # fmt: skip
_NEIGHBOURHOODS = (
    "裕西社区", "利宁社区", "秦渠社区", "民生社区", "双怡社区", "富荣社区", "开元社区", "明珠社区", "花寺村", "李桥村", "左营村",
    "板桥村", "大庙桥村", "汉北堡村", "吴家桥村", "洼渠村", "文卫南街", "朝阳东街", "金积大道",
)  # fmt: skip
_COMPLAINTS = (
    "夜间施工噪声", "占道经营", "餐饮油烟", "预付卡退费", "违规张贴广告", "拖欠工资", "校外培训退费", "超市价签不符",
    "物业擅自停水", "出租车拒载", "私搭乱建", "犬只扰民", "食品过期", "垃圾焚烧", "快递丢失",
)  # fmt: skip
_ASPECTS = (
    "履行法定义务情况",
    "资质条件保持情况",
    "执行标准和制度情况",
    "信息报送和公示情况",
    "问题整改落实情况",
)
_METHODS = ("双随机抽查", "日常巡查", "专项检查", "书面检查", "信用监管")
_BASES = (
    "《中华人民共和国行政处罚法》",
    "本领域法律、行政法规的监督检查条款",
    "《优化营商环境条例》第五十四条",
)
_CHECKS = ("现场检查", "资料核查", "抽样检查")
_FREQUENCY = ("每年不少于一次", "每半年一次", "每季度一次", "按双随机计划")
_OPEN_DAYS = (
    "走进校园看课后服务", "探访疫苗接种点", "看老旧小区怎么改", "走进自来水厂", "垃圾分类体验日", "食品快检进社区",
    "走进政务服务大厅", "参观应急救援演练", "图书馆开放日", "走进法律援助大厅", "看节水灌溉新变化", "走近退役军人服务站",
    "医保经办窗口体验", "科普场馆开放日", "走进养老服务中心", "看统计数据怎么来", "审计宣传开放日", "走进乡村帮扶车间",
    "走进融媒体中心", "探访政府网站机房", "粮食安全开放日", "不动产登记体验日",
)  # fmt: skip


def add_registers(found: Collection, titles: Titles) -> None:
    """Everything the report's words count beside publications."""
    _gazette(found)
    _letters(found)
    _supervision(found, titles)
    _zones(found)
    _open_days(found)
    _office_work(found)
    _problems(found)


def _gazette(found: Collection) -> None:
    for month in range(1, 13):
        entries = sum(i.values["issued_on"].month == month for i in found.items["documents"])
        issued = date(2021, month, 28) if month < 12 else date(2021, 12, 30)
        found.add(
            "catalogue-issues",
            OFFICE,
            issue=f"利通区政府文件公开目录2021年第{month}期",
            issued_on=issued,
            entries=entries,
        )
    for number in range(1, ISSUES + 1):
        issue = f"利通区人民政府公报2021年第{number}期（总第{36 + number}期）"
        issued = date(2021, number * 3, 25)
        copies = COPIES // ISSUES
        found.add("gazette-issues", OFFICE, issue=issue, issued_on=issued, copies=copies)
        given = shares(copies, [weight for _, _, weight in _PLACES])
        for (place, place_type, _), share in zip(_PLACES, given, strict=True):
            found.add(
                "gazette-distributions", OFFICE, issue=issue, place=place, place_type=place_type, copies=share,
                delivered_on=issued + timedelta(days=3),
            )  # fmt: skip


def _letters(found: Collection) -> None:
    for category, subjects in (("mailbox", _MAILBOX), ("complaint", _COMPLAINTS)):
        random = chance(category)
        count = LETTERS[category]
        days = spread(random, count, [date(2021, 1, 4) + timedelta(days=i) for i in range(335)])
        for place, day in enumerate(days):
            subject = f"{_NEIGHBOURHOODS[place * 5 % len(_NEIGHBOURHOODS)]}{subjects[place % len(subjects)]}"
            found.add(
                "letters", OFFICE, received_on=day, category=category, subject=subject,
                answered_on=day + timedelta(days=random.randint(2, 15)),
            )  # fmt: skip


def _supervision(found: Collection, titles: Titles) -> None:
    owners = [one for one in departments() if one.objects]
    assert len(owners) == SUPERVISING
    counts = shares(SUPERVISION, [len(one.objects) for one in owners])
    inspected = shares(INSPECTION, counts)
    for one, count, checks in zip(owners, counts, inspected, strict=True):
        random = chance(f"supervision {one.code}")
        own = (f"对{a}{b}的监督检查" for a, b in crossed(random, one.objects, _ASPECTS))
        names = titles.take(f"{one.code} supervision", count, own)
        for number, name in enumerate(names, 1):
            code = f"64{one.code[-3:]}{number:04d}00Y"
            day = date(2019 + number % 3, 1 + number % 11, 5 + number % 20)
            found.add(
                "supervision-items", one.code, code=code, name=name, adopted_on=day,
                basis=_BASES[number % len(_BASES)], method=_METHODS[number % len(_METHODS)],
            )  # fmt: skip
            if number <= checks:
                kind = _CHECKS[number % len(_CHECKS)]
                found.add(
                    "inspection-items", one.code, code=f"{code}-01", item_code=code,
                    name=f"{name.removeprefix('对').removesuffix('的监督检查')}{kind}",
                    adopted_on=day + timedelta(days=20), frequency=_FREQUENCY[number % len(_FREQUENCY)],
                )  # fmt: skip


def _zones(found: Collection) -> None:
    places = [
        ("审批服务管理局", "利通区政务服务大厅", "利通区开元大道政务服务中心一楼"),
        ("文化旅游体育广电局", "利通区图书馆", "利通区文卫南街"),
        ("司法局", "利通区法律援助大厅", "利通区公共法律服务中心一楼"),
        ("综合执法局", "利通区综合执法局便民大厅", "利通区利宁北街"),
        ("人力资源和社会保障局", "利通区人力资源市场", "利通区裕民西路"),
        ("医疗保障局", "利通区医保经办大厅", "利通区政务服务中心二楼"),
        *((one.short, f"{one.short}便民服务中心", f"{one.short}政府一楼") for one in townships()),
    ]
    for number, (short, place, address) in enumerate(places):
        found.add(
            "zones", unit(short).code, place=place, address=address, opened_on=date(2020 + number % 2, 3 + number % 6, 18),
            kiosks=1, hours="工作日 8:30—12:00，14:30—18:00",
        )  # fmt: skip


def _open_days(found: Collection) -> None:
    days = working_days(date(2021, 9, 1), date(2021, 9, 30))
    owners = [*departments()[:18], *(one for one in UNITS if one.kind == "institution")]
    for number, theme in enumerate(_OPEN_DAYS):
        found.add(
            "open-days", owners[number].code, theme=theme, held_on=days[number % len(days)],
            visitors=18 + number * 7 % 30, place="",
        )  # fmt: skip


def _office_work(found: Collection) -> None:
    for topic, day, people in (
        ("政务公开业务培训班（信息发布与保密审查）", date(2021, 4, 22), 210),
        ("政务公开业务培训班（依申请公开与年度报告）", date(2021, 10, 20), 190),
    ):
        found.add("trainings", OFFICE, topic=topic, held_on=day, participants=people)
    for topic, day, people in (
        ("全区政务公开工作推进会", date(2021, 3, 16), 62),
        ("政务新媒体管理工作座谈会", date(2021, 7, 8), 35),
        ("基层政务公开标准化规范化工作会", date(2021, 11, 18), 58),
    ):
        found.add("meetings", OFFICE, topic=topic, held_on=day, participants=people)
    for number, (topic, day) in enumerate(
        (
            ("政府网站内容保障季度检查", date(2021, 3, 30)),
            ("政务新媒体更新情况检查", date(2021, 6, 29)),
            ("重点领域信息公开专项检查", date(2021, 9, 28)),
            ("年度报告编制准备情况检查", date(2021, 12, 14)),
        )
    ):
        found.add(
            "inspections",
            OFFICE,
            topic=topic,
            held_on=day,
            organs_inspected=40 - number * 4,
            findings=21 - number * 5,
        )
    for category, day, topic, text in (
        (
            "assessment",
            date(2021, 12, 20),
            "年度政务公开工作考核",
            "对四十个单位的政务公开工作考核已完成，结果纳入年度目标考核，优秀等次的单位占三成",
        ),
        (
            "review",
            date(2021, 11, 26),
            "政务公开社会评议",
            "邀请人大代表、政协委员和群众代表评议，多数表示满意，意见集中在解读形式偏少",
        ),
        ("accountability", date(2021, 12, 22), "政务公开责任追究", "本年没有发生需要追究责任的情形"),
    ):
        found.add("appraisals", OFFICE, category=category, held_on=day, topic=topic, result=text)
    found.add("staff", OFFICE, duty="disclosure", headcount=3, from_on=date(2019, 6, 1))
    found.add("staff", unit("电子政务中心").code, duty="website", headcount=3, from_on=date(2020, 1, 1))


def _problems(found: Collection) -> None:
    rows = (
        (2020, "problem", "部分单位信息发布不及时", "个别单位的工作动态和文件超过规定时限才发布。",
         "本年按季度检查、通报，逾期发布的单位由去年的九个减少到三个"),
        (2020, "problem", "政务公开专区使用率不高", "查询一体机位置偏、指引少，群众使用不多。",
         "本年在政务服务大厅、图书馆和各乡镇便民服务中心重新布点，增设了指引和导办人员"),
        (2021, "problem", "政务公开队伍不稳定", "不少单位由兼职人员承担，每年更换，业务生疏，工作难以接续。", ""),
        (2021, "problem", "政策解读数量少、形式单一", "解读多为文字，图解、视频偏少，有的只是摘抄文件。", ""),
        (2021, "problem", "政民互动不够", "政务新媒体以发布为主，协同联动和回应群众关切不足。", ""),
        (2021, "measure", "提高公开质量", "发挥政府网站第一平台作用，落实公开责任，办好《政府公报》，用好各类查阅点。", ""),
        (2021, "measure", "围绕群众需求公开", "对重大民生事项全流程公开，让政府开放日成为常态。", ""),
        (2021, "measure", "加大解读力度", "文件与解读同步发布，增加图片、视频解读，组织部门负责人谈公开。", ""),
        (2021, "measure", "加强业务指导", "对重点部门开展督查，组织单位负责人交流学习，固定各单位的经办人。", ""),
    )  # fmt: skip
    for year, role, heading, text, progress in rows:
        found.add(
            "report-problems", GOVERNMENT, year=year, role=role, heading=heading, text=text, progress=progress
        )
