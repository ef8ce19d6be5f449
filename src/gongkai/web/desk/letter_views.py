"""The letters of a case on the desk (文书): the list, one as it was issued, its files, forms of the file."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from gongkai.casework import keeping, letters
from gongkai.casework.keeping import KINDS
from gongkai.casework.refusals import CaseworkRefused
from gongkai.foundation import letters as files_of
from gongkai.foundation.files import FileMissing
from gongkai.foundation.models import Organ
from gongkai.foundation.personal import Unreadable
from gongkai.rules.documents import OfficialDocument
from gongkai.rules.requests.letters import LETTERS, TO
from gongkai.web.clock import moment
from gongkai.web.desk.access import refused
from gongkai.web.desk.case_views import found_or_404, head, works_on
from gongkai.web.desk.frame import page, said
from gongkai.web.desk.letter_look import sheet


def letters_page(request: Any, organ: Organ, number: str) -> HttpResponse:
    """Every letter of the case, what was not issued yet, and the forms that can be made."""
    found = found_or_404(request, organ, number)
    works = works_on(request, organ)
    if works:
        keeping.keep_after(found.case, now=moment(request))
    context = {
        **head(found, organ),
        "letters": [(one, TO[one.to]) for one in letters.letters_of(request.actor, found.case)],
        "missing": [LETTERS[code] for code in letters.missing(found.case)],
        "forms": [LETTERS[code] for code in letters.forms_of(found.case)] if works else [],
        "kinds": list(KINDS),
        "works": works,
        "handles": request.actor.may("case.handle", organ),
    }
    return page(request, "desk/case_letters.html", context)


def letter_page(request: Any, organ: Organ, number: str, place: int) -> HttpResponse:
    """One letter as it was issued, with its fingerprint."""
    found = found_or_404(request, organ, number)
    if not works_on(request, organ):
        return refused(request, "case.handle")
    listed = next(
        (one for one in letters.letters_of(request.actor, found.case) if one.row.place == place), None
    )
    if listed is None:
        raise Http404
    keeping.keep_after(found.case, now=moment(request))
    listed.row.refresh_from_db()
    try:
        look, gone = sheet(keeping.content_of(listed.row)), ""
    except (keeping.Erased, Unreadable) as why:
        look, gone = None, str(why)
    context = {**head(found, organ), "one": listed, "to": TO[listed.to], "look": look, "gone": gone}
    return page(request, "desk/case_letter.html", context)


def letter_file(request: Any, organ: Organ, number: str, place: int, kind: str) -> HttpResponse:
    """A letter's file as it left."""
    found = found_or_404(request, organ, number)
    if not works_on(request, organ):
        return refused(request, "case.handle")
    if kind not in KINDS:
        raise Http404
    try:
        content = letters.letter_file(request.actor, found.case, place, kind, now=moment(request))
    except (FileMissing, Unreadable, CaseworkRefused) as why:
        return page(request, "desk/refused.html", {"message": str(why)}, status=503)
    row = letters.letter_at(request.actor, found.case, place)
    if content is None or row is None:
        raise Http404
    return download(content, file_name(LETTERS[row.code].title, row.number, row.dated), kind)


def issue(request: Any, organ: Organ, number: str, code: str) -> HttpResponse:
    """Issue a letter that could not be made with its act."""
    found = found_or_404(request, organ, number)
    try:
        letters.issue_missing(found.case, code, by=request.actor, now=moment(request))
    except CaseworkRefused as error:
        return page(request, "desk/refused.html", {"message": str(error)}, status=422)
    keeping.keep_after(found.case, now=moment(request))
    said(request, f"《{LETTERS[code].title}》已出，文号和内容固定下来。")
    return redirect("desk:case-letters", organ.code, number)


def form_file(request: Any, organ: Organ, number: str, code: str, kind: str) -> HttpResponse:
    """A form of the file, made now; by POST, as it goes on record."""
    found = found_or_404(request, organ, number)
    if kind not in KINDS or code not in LETTERS:
        raise Http404
    try:
        made = letters.make_form(found.case, code, by=request.actor, now=moment(request))
    except CaseworkRefused as error:
        return page(request, "desk/refused.html", {"message": str(error)}, status=422)
    return download(as_file(made, kind), file_name(LETTERS[code].title, found.case.number, made.dated), kind)


def as_file(document: OfficialDocument, kind: str) -> bytes:
    """A document as a file that is not kept."""
    return files_of.to_pdf(document) if kind == "pdf" else files_of.to_docx(document)


def file_name(title: str, number: str, dated: date) -> str:
    """The name of a letter's file, free of anybody's name (文件名)."""
    return f"{title.partition('（')[0]}-{number or dated.isoformat()}"


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to save; a PDF may be shown in place."""
    answer = HttpResponse(content, content_type=KINDS[kind])
    place = "inline" if kind == "pdf" else "attachment"
    answer["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
