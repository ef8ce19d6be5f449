"""The home page, the lists of reports and organs, and the feed (首页、年报目录、机关目录、订阅)."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.annual_report import editions
from gongkai.foundation.models import Organ
from gongkai.foundation.organs import UNIT_KINDS
from gongkai.web.portal import catalogue
from gongkai.web.portal.address import Address
from gongkai.web.portal.catalogue import Names
from gongkai.web.portal.figures import figures
from gongkai.web.portal.frame import Crumb, answer, district

_NEWEST = 7
_FEED = 50


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest year of the district in figures, what became public last, the units, the right to ask."""
    here, named = district(), Names()
    listed = catalogue.listed(named=named)
    own = [one for one in listed if here.organ is not None and one.organ.pk == here.organ.pk]
    newest = editions.latest(own[0].organ, own[0].year) if own else None
    address = Address(own[0].organ.code, own[0].year) if own else None
    context = {
        "district": here,
        "address": address,
        "newest": own[0] if own else None,
        "figures": figures(newest, address) if newest is not None and address is not None else [],
        "years": own,
        "appeared": catalogue.appeared(_NEWEST, named),
        "groups": catalogue.units(here.short, UNIT_KINDS, named),
    }
    return answer(request, "portal/home.html", context, current="home")


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Every published report, by year."""
    crumbs = (Crumb("首页", reverse("portal:home")), Crumb("政府信息公开年报"))
    context = {"years": catalogue.by_year(catalogue.listed())}
    return answer(request, "portal/reports.html", context, current="reports", crumbs=crumbs)


@require_safe
def organ_list(request: HttpRequest) -> HttpResponse:
    """The organs of the district by kind, with the offices to turn to."""
    here = district()
    crumbs = (Crumb("首页", reverse("portal:home")), Crumb("公开机关"))
    context = {"district": here, "groups": catalogue.units(here.short)}
    return answer(request, "portal/organs.html", context, current="organs", crumbs=crumbs)


@require_safe
def organ(request: HttpRequest, organ_code: str) -> HttpResponse:
    """One organ: its reports, its names, whom to ask."""
    row = Organ.objects.select_related("successor").filter(code=organ_code).first()
    if row is None:
        raise Http404
    names = list(row.names.all())
    name = Names(row).now(row)
    context = {
        "organ": row,
        "name": name,
        "earlier": names[:-1],
        "reports": catalogue.listed(row),
        "successor": Names(row.successor).now(row.successor) if row.successor is not None else "",
    }
    crumbs = (
        Crumb("首页", reverse("portal:home")),
        Crumb("公开机关", reverse("portal:organs")),
        Crumb(name),
    )
    return answer(request, "portal/organ.html", context, current="organs", crumbs=crumbs)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What became public, as Atom, in the order of the publication log."""
    from django.utils.feedgenerator import Atom1Feed

    here = district()
    title = f"{here.short}政府信息公开年报"
    made = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(reverse("portal:reports")),
        description="新发布和更正的政府信息公开工作年度报告。",
        language="zh-CN",
        feed_url=request.build_absolute_uri(),
        author_name=here.name or title,
    )
    for one in catalogue.appeared(_FEED):
        row = one.edition
        code, year = row.filing.organ.code, row.filing.year
        made.add_item(
            title=f"{'更正：' if one.corrected else ''}{one.name} {year} 年政府信息公开工作年度报告",
            link=request.build_absolute_uri(Address(code, year, row.version).report),
            description=_said(one),
            # The same for ever, whatever host the portal moves to.
            unique_id=uuid5(NAMESPACE_URL, f"gongkai:{code}:{year}:{row.version}:{row.content.digest}").urn,
            pubdate=one.at,
            updateddate=one.at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    response["Cache-Control"] = "public, max-age=900"
    return response


def _said(one: catalogue.Appeared) -> str:
    if one.corrected:
        return f"第 {one.edition.version} 版，更正原因：{one.edition.reason}"
    return f"{one.name}发布 {one.edition.filing.year} 年政府信息公开工作年度报告。"
