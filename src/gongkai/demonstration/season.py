"""A little life of the current year (当年的少量记录), around whatever day it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from gongkai.demonstration.items import Collection
from gongkai.demonstration.problems import add_problems
from gongkai.demonstration.sampling import chance, crossed, spread, working_days
from gongkai.demonstration.units import OFFICE, UNITS, Unit, unit

ACTIVE = ("教育局", "民政局", "卫生健康局", "农业农村局", "综合执法局", "市场监督管理局", "古城镇", "高闸镇")
# Handed in and then made wrong by a late record, for the office to find; not begun, to be chased; being
# filled in; handed in and waiting; every other unit has handed in and is accepted.
WRONG, LATE, OPEN, SUBMITTED = "教育局", "卫生健康局", "古城镇", "民政局"
_DOCUMENTS, _ITEMS, _NEWS = 3, 2, 5
_PATTERNS = ("关于推进{t}重点任务的通知", "关于{t}督查情况的通报", "关于完善{t}工作机制的意见", "{t}工作要点")
_NEWS_PATTERNS = ("{s}谋划{t}", "{t}有了新做法", "{s}回应群众关切：{t}", "{t}怎么办，看这里", "{s}检查{t}")


@dataclass(frozen=True, slots=True)
class Season:
    """The year whose life goes on: the running year from April, before that the year just reported on."""

    year: int
    today: date

    @classmethod
    def of(cls, today: date) -> Season:
        """The season of a day."""
        return cls(today.year if today.month >= 4 else today.year - 1, today)

    @property
    def last(self) -> date:
        """The last day that anything of it may have happened on."""
        return min(self.today, date(self.year, 12, 31))

    @property
    def units_due_on(self) -> date:
        """By when the office wanted the returns: a few days ago, and never past the statutory day."""
        return min(self.today - timedelta(days=4), date(self.year + 1, 1, 31))

    @property
    def months(self) -> range:
        """The months that are over."""
        return range(1, 13 if self.today.year > self.year else self.today.month)


def season_records(season: Season) -> Collection:
    """Open statistics, some documents, items and news, a request, a zone."""
    found = Collection()
    for one in UNITS:
        _statistics(found, season, one)
    for short in ACTIVE:
        _publications(found, season, unit(short))
    add_problems(found, season.year)
    _requests(found, season)
    found.add(
        "zones", unit("卫生健康局").code, place="利通区人民医院门诊大厅", address="利通区人民医院一楼",
        opened_on=date(season.year, 2, 26), kiosks=1, hours="工作日 8:00—18:00",
    )  # fmt: skip
    found.add(
        "trainings", OFFICE, topic="政务公开新任经办人培训", held_on=date(season.year, 3, 12), participants=46
    )
    return found


def _statistics(found: Collection, season: Season, one: Unit) -> None:
    random = chance(f"season {season.year} {one.code}")
    # The late unit has not declared its last month either.
    months = list(season.months)[: -1 if one.short == LATE else None]
    for month in months:
        for item in ("licence", "penalty", "coercion", "fee"):
            busy = one.kind == "department" and item in ("licence", "penalty")
            value = Decimal(random.randint(0, 9)) if busy else Decimal(0)
            found.add("statistics", one.code, year=season.year, month=month, item=item, value=value)


def _publications(found: Collection, season: Season, one: Unit) -> None:
    random = chance(f"season news {season.year} {one.code}")
    days = working_days(date(season.year, 1, 5), season.last - timedelta(days=1))
    documents = crossed(random, one.topics, _PATTERNS)
    for number, day in enumerate(spread(random, _DOCUMENTS, days), 1):
        topic, pattern = next(documents)
        title = pattern.format(t=topic)
        found.add(
            "documents", one.code, title=title, document_number=f"{one.mark}〔{season.year}〕{number}号",
            issued_as="own", issued_on=day, genre="通知", summary="",
        )  # fmt: skip
        _publish(found, one, title, "portal", "document", day)
    for topic, day in zip(random.sample(one.topics, _ITEMS), spread(random, _ITEMS, days), strict=True):
        title = f"{one.name}{topic}信息公示"
        found.add("key-field-items", one.code, title=title, field="welfare", formed_on=day, summary="")
        _publish(found, one, title, "portal", "welfare", day)
    news = crossed(random, one.topics, _NEWS_PATTERNS)
    for day in spread(random, _NEWS, days):
        topic, pattern = next(news)
        _publish(
            found,
            one,
            pattern.format(s=one.short, t=topic),
            random.choice(("wechat", "weibo")),
            "bulletin",
            day,
        )


def _publish(found: Collection, one: Unit, title: str, channel: str, name: str, day: date) -> None:
    found.add(
        "publications", one.code, title=title, channel=channel, published_on=day, url="", **{"class": name}
    )


def _requests(found: Collection, season: Season) -> None:
    earlier = season.last - timedelta(days=60)
    found.add(
        "requests", unit(WRONG).code, received_on=earlier, outcome="r3", closed_on=earlier + timedelta(days=17),
        channel="online", subject="学校课后服务收费的批准文件", **{"class": "natural"},
    )  # fmt: skip


def words_before(season: Season) -> dict[str, str]:
    """What the unit with the wrong return wrote by hand; it agreed with the records on that day."""
    return {"overview.1": f"{season.year} 年收到政府信息公开申请 1 件，上年结转 0 件，均已办结。"}


def late_request(season: Season) -> dict[str, object]:
    """A request that was registered after the return was handed in: now the words say one too few."""
    day = season.last - timedelta(days=12)
    return {"received_on": day, "class": "natural", "channel": "counter", "subject": "学区划分方案"}
