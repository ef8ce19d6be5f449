"""The addresses of the cases on the desk, with whose they are (案卷的地址)."""

from gongkai.casework.letter_settings import MANAGE
from gongkai.web.desk import (
    case_act_views,
    case_entry_views,
    case_file_views,
    case_mend_views,
    case_part_views,
    case_views,
    draft_views,
    forward_views,
    inbox_views,
    letter_settings_views,
    letter_views,
    part_views,
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
        f"{_CASE}handler/",
        case_mend_views.handler_page,
        "case-handler",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_CASE}applicant/",
        case_mend_views.correct_page,
        "case-correct",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_CASE}void/", case_mend_views.void_page, "case-void", "case.approve", methods=_BOTH, resumes=True
    ),
    Page(
        "organs/<str:organ>/parts/<str:number>/<int:place>/",
        part_views.part_page,
        "part",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        "organs/<str:organ>/forwards/<str:number>/<int:place>/",
        forward_views.forward_page,
        "forward",
        "case.enter",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        "organs/<str:organ>/parts/<str:number>/<int:place>/files/<int:paper>/",
        part_views.attached_file,
        "part-file",
        "case.handle",
    ),
    Page(
        f"{_CASE}files/<int:place>/use/",
        case_part_views.take_over_page,
        "case-file-use",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_CASE}files/new/", case_file_views.add, "case-file-new", "record.read", methods=_BOTH, resumes=True
    ),
    Page(f"{_CASE}files/<int:place>/", case_file_views.download, "case-file", "record.read", methods=_BOTH),
    Page(f"{_CASE}draft/", draft_views.draft_page, "case-draft", "record.read", methods=_BOTH, resumes=True),
    Page(f"{_CASE}draft/<slug:kind>/", draft_views.draft_file, "case-draft-file", "record.read"),
    Page(f"{_CASE}letters/", letter_views.letters_page, "case-letters", "record.read"),
    Page(f"{_CASE}letters/<int:place>/", letter_views.letter_page, "case-letter", "record.read"),
    Page(
        f"{_CASE}letters/<int:place>/<slug:kind>/",
        letter_views.letter_file,
        "case-letter-file",
        "record.read",
    ),
    Page(
        f"{_CASE}letters/issue/<slug:code>/",
        letter_views.issue,
        "case-letter-issue",
        "case.handle",
        ("POST",),
    ),
    Page(
        f"{_CASE}forms/<slug:code>/<slug:kind>/",
        letter_views.form_file,
        "case-form",
        "record.read",
        ("POST",),
    ),
    Page(
        "organs/<str:organ>/letters/settings/",
        letter_settings_views.settings_page,
        "letter-settings",
        MANAGE,
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        "organs/<str:organ>/letters/templates/",
        letter_settings_views.templates_page,
        "letter-templates",
        MANAGE,
    ),
    Page(
        "organs/<str:organ>/letters/templates/<slug:code>/",
        letter_settings_views.template_page,
        "letter-template",
        MANAGE,
        methods=_BOTH,
        resumes=True,
    ),
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
