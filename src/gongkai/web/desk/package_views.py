"""The package of an archived file (归档包): made, and taken with a reason; of a request, a correction, a proposal."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from gongkai.archive.package import pack, package_of, take
from gongkai.archive.refusals import ArchiveRefused
from gongkai.archive.shelf import kept_of
from gongkai.casework.models import Dossier
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.web.clock import moment
from gongkai.web.desk import case_views, side_views
from gongkai.web.desk.dossiers import address_of
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.interrupted import resumed


def of_case(request: Any, organ: Organ, number: str) -> HttpResponse:
    """The package of a request."""
    return _package(request, organ, case_views.found_or_404(request, organ, number).case)


def of_side(request: Any, organ: Organ, number: str) -> HttpResponse:
    """The package of a correction or a proposal."""
    return _package(request, organ, side_views.found_or_404(request, organ, number).side)


def _package(request: Any, organ: Organ, dossier: Dossier) -> HttpResponse:
    """Whether there is a package, and the form to take it; by POST made, or taken."""
    made = package_of(request.actor, dossier)
    context: dict[str, Any] = {
        "organ": organ,
        "number": dossier.number,
        "home": address_of(dossier),
        "package": made,
        "fresh": made is not None and made.dossier_seq == dossier.latest_seq,
        "archived": dossier.state == "archived",
        "destroyed": any(one.destroyed for one in kept_of([dossier])),
        "reason": request.POST.get("reason", ""),
    }
    if request.method == "GET" or resumed(request):
        return page(request, "desk/package.html", context)
    try:
        if request.POST.get("act") == "take" and made is not None:
            content = take(made, reason=context["reason"], by=request.actor, now=moment(request))
            answer = HttpResponse(content, content_type="application/zip")
            name = f"归档包 {dossier.number}.zip"
            answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
            return answer
        pack(dossier, by=request.actor, now=moment(request))
    except ArchiveRefused as error:
        context |= {"findings": [("#f-reason", f.message) for f in error.findings], "error": str(error)}
        return page(request, "desk/package.html", context, status=422)
    except (FileMissing, Unreadable) as missing:
        return page(request, "desk/refused.html", {"message": str(missing)}, status=503)
    said(request, "归档包已生成，加密保存，指纹记在底账里。移交时取出。")
    return redirect(request.path)
