"""The addresses of the cases on the desk, with whose they are (案卷的地址)."""

from gongkai.web.desk import (
    case_act_views,
    case_entry_views,
    case_file_views,
    case_views,
    inbox_views,
    platform_views,
    redact_issue_views,
    redact_views,
)
from gongkai.web.desk.access import Page

_BOTH = ("GET", "POST")
_CASE = "organs/<str:organ>/cases/<str:number>/"

PAGES: tuple[Page, ...] = (
    Page("inbox/", inbox_views.inbox_page, "inbox", "record.read"),
    Page("cases/new/", case_entry_views.new, "case-new", "case.enter", methods=_BOTH, resumes=True),
    Page(_CASE, case_views.case_page, "case", "record.read"),
    Page(f"{_CASE}receipt/", case_entry_views.receipt, "case-receipt", "case.enter"),
    Page(
        f"{_CASE}acts/<str:act>/",
        case_act_views.act_page,
        "case-act",
        "record.read",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_CASE}reveal/", case_views.reveal_page, "case-reveal", "record.read", methods=_BOTH, resumes=True
    ),
    Page(
        f"{_CASE}files/new/", case_file_views.add, "case-file-new", "record.read", methods=_BOTH, resumes=True
    ),
    Page(f"{_CASE}files/<int:place>/", case_file_views.download, "case-file", "record.read"),
    Page(
        f"{_CASE}files/<int:place>/redact/",
        redact_views.redact_page,
        "case-redact",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_CASE}files/<int:place>/redact/<int:leaf>.png",
        redact_views.page_picture,
        "case-redact-picture",
        "case.handle",
    ),
    Page(
        f"{_CASE}files/<int:place>/redact/preview/",
        redact_issue_views.preview_page,
        "case-redact-preview",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_CASE}redactions/<int:serial>/", redact_issue_views.redaction_page, "case-redaction", "record.read"
    ),
    Page(
        "platforms/", platform_views.platform_list, "platforms", "account.manage", methods=_BOTH, resumes=True
    ),
    Page(
        "platforms/<int:pk>/revoke/",
        platform_views.revoke,
        "platform-revoke",
        "account.manage",
        methods=_BOTH,
        resumes=True,
    ),
)
