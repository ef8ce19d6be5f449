"""What the new media carried in 2021 (政务新媒体): 2,723 items of all units."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from gongkai.demonstration.items import Collection
from gongkai.demonstration.sampling import Titles, chance, crossed, shares
from gongkai.demonstration.seasons import dated
from gongkai.demonstration.units import DISTRICT, OFFICE, OFFICE_TOPICS, UNITS, VILLAGES, Unit

NEW_MEDIA = {"wechat": 1710, "weibo": 640, "short_video": 373}

_PATTERNS = (
    "{s}扎实推进{t}", "{s}部署{t}重点任务", "{s}召开{t}推进会", "{s}深入一线督导{t}", "{t}，我们在行动",
    "{t}这些事项请您留意", "便民提示：{t}办理问答", "{s}开展{t}宣传活动", "一图了解{t}", "聚焦{t}，办好群众身边事",
    "{s}组织{t}业务培训", "{s}“三到位”抓实{t}", "{s}：把{t}做到群众家门口", "{t}现场见闻", "关于{t}，您关心的问题都在这里",
    "我为群众办实事：{s}{t}见成效",
)  # fmt: skip
# What a village has to tell, one line each; {v} is the village.
_VILLAGE_NEWS = (
    "{v}：渠道清淤忙春灌", "{v}志愿者上门帮老人预约疫苗接种", "{v}房前屋后柴草清零", "{v}公布人居环境“红黑榜”",
    "{v}村民在家门口看上露天电影", "流动图书车开进{v}", "{v}巷道装上太阳能路灯", "{v}卫生厕所改造入户验收",
    "{v}党员干部巡渠护水", "{v}妇女巧手编出增收路", "{v}文化大院开展广场舞比赛", "{v}开展反诈宣传进农家",
    "{v}村务公开栏晒出集体收入", "{v}“五老”人员调解邻里纠纷", "{v}组织群众参加牛奶质量安全培训", "{v}养殖户用上粪污收集车",
    "{v}网格员入户排查燃气隐患", "{v}开展秸秆禁烧夜间巡查", "{v}防汛值守不打烊", "{v}为独居老人送餐上门",
    "{v}积分超市兑换日", "{v}家庭医生签约服务进院子", "{v}葡萄园里的技术课", "{v}设施温棚春季育苗", "{v}秋粮丰收颗粒归仓",
    "{v}开展义务植树造林活动", "{v}暑期儿童防溺水课堂", "{v}孝老爱亲家庭受表彰", "{v}移风易俗新事新办", "{v}健身广场投入使用",
    "{v}低保对象动态核查", "{v}农户领到耕地地力保护补贴", "{v}重阳节里话家常", "{v}春节前走访慰问困难群众", "{v}书写春联送祝福",
    "{v}组织冬灌保墒", "{v}开展冬季取暖安全检查", "{v}城乡居民医保征缴进万家", "{v}扫雪除冰保出行", "{v}老党员讲村史",
    "{v}电商带头人直播卖鲜奶", "{v}硬化村组道路", "{v}开展消防演练", "{v}建起垃圾分类投放点", "{v}“板凳会”上听民声",
)  # fmt: skip
_OFFICE_WEIGHT = 24


def add_publications(found: Collection, titles: Titles) -> None:
    """2,213 on the portal, one for each document, interpretation and item; 2,723 on new media."""
    _portal(found)
    weights = [_OFFICE_WEIGHT, *(max(unit.weight, 12) for unit in UNITS)]
    counts = shares(sum(NEW_MEDIA.values()), weights)
    channels = [name for name, count in NEW_MEDIA.items() for _ in range(count)]
    chance("channels").shuffle(channels)
    days = [date(2021, 1, 1) + timedelta(days=i) for i in range(365)]
    owners = [(OFFICE, _office_news()), *((unit.code, _unit_news(unit)) for unit in UNITS)]
    place = 0
    for (code, candidates), count in zip(owners, counts, strict=True):
        chosen = titles.take(f"{code} news", count, candidates)
        for day, which in dated(chance(f"news days {code}"), chosen, days):
            _publish(found, code, chosen[which], channels[place], "bulletin", day)
            place += 1


def _portal(found: Collection) -> None:
    random = chance("portal")
    rows = [(i.organ, i.values["title"], "document", i.values["issued_on"]) for i in found.items["documents"]]
    rows += [
        (i.organ, i.values["title"], "interpretation", i.values["published_on"])
        for i in found.items["interpretations"]
    ]
    rows += [
        (i.organ, i.values["title"], i.values["field"], i.values["formed_on"])
        for i in found.items["key-field-items"]
    ]
    for organ, title, name, day in rows:
        later = day if name == "interpretation" else day + timedelta(days=random.randint(0, 12))
        _publish(found, organ, title, "portal", name, later)


def _publish(found: Collection, organ: str, title: str, channel: str, name: str, day: date) -> None:
    found.add("publications", organ, title=title, channel=channel, published_on=day, **{"class": name})


def _unit_news(unit: Unit) -> Iterator[str]:
    if unit.kind == "township":
        for village, line in crossed(
            chance(f"village news {unit.code}"), VILLAGES[unit.short], _VILLAGE_NEWS
        ):
            yield f"{unit.short}{line.format(v=village)}"
    else:
        for topic, pattern in crossed(chance(f"news {unit.code}"), unit.topics, _PATTERNS):
            yield pattern.format(s=f"区{unit.short}", t=topic)


def _office_news() -> Iterator[str]:
    for topic, pattern in crossed(chance("office news"), OFFICE_TOPICS, _PATTERNS):
        yield pattern.format(s=f"{DISTRICT}政府办", t=topic)
