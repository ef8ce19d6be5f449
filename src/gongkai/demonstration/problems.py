"""What each unit wrote of its year's problems and plans (存在的问题和改进), in its own words."""

from __future__ import annotations

from gongkai.demonstration.items import Collection
from gongkai.demonstration.sampling import chance
from gongkai.demonstration.units import UNITS, Unit

_PROBLEMS = (
    ("{t}方面的信息更新不够及时", "{t}有的进展形成后没有当周上网，群众打电话来问才补发，全年有两次。"),
    ("{t}政策解读形式单一", "{t}的解读以文字为主，图解和短视频少，{u}群众反映看不明白怎么办、找谁办。"),
    ("对{t}哪些该公开把握不准", "经办人对{t}中涉及个人信息的部分不敢公开，往往整份不公开，区分处理做得少。"),
    ("{t}信息公开与业务工作结合不紧", "{t}办结之后才想起公开，公开属性没有在拟文时同步确定，补录占了多数。"),
    ("{t}公开后听取意见不够", "{t}的信息发布后很少回看群众留言，{u}没有把问得多的问题整理成问答。"),
)
_MEASURES = (
    ("按周核对{t}的公开情况", "每周五由经办人对照清单核对{t}应公开未公开的信息，下一个工作日前补齐。"),
    ("把{t}的办事问答做成一页纸", "梳理{t}群众问得最多的十个问题，配流程图，张贴在{u}服务窗口并上网。"),
    ("组织{t}公开业务培训", "请区政府办公室讲一次保密审查和区分处理，{t}的业务人员全部参加。"),
    ("在拟文环节确定公开属性", "{t}的文件拟稿时同时写明公开属性和理由，没有写明的不予编号。"),
)


def add_problems(found: Collection, year: int) -> None:
    """One problem and one plan a unit, about a field of its own."""
    for place, one in enumerate(UNITS):
        random = chance(f"problems {year} {one.code}")
        topics = random.sample(one.topics, 2)
        _add(found, one, year, "problem", _PROBLEMS[place % len(_PROBLEMS)], topics[0])
        _add(found, one, year, "measure", _MEASURES[place % len(_MEASURES)], topics[1])


def _add(found: Collection, one: Unit, year: int, role: str, pattern: tuple[str, str], topic: str) -> None:
    heading, text = (part.format(t=topic, u=one.short) for part in pattern)
    found.add("report-problems", one.code, year=year, role=role, heading=heading, text=text, progress="")
