"""The addresses of the desk's core pages, with whose they are."""

from gongkai.web.desk import (
    help,
    import_views,
    record_views,
    record_writing,
    search,
    settings_views,
    sign_in_views,
    today,
)
from gongkai.web.desk.access import Page

_BOTH = ("GET", "POST")
_REGISTER = "organs/<str:organ>/registers/<str:kind>/"
_RECORD = f"{_REGISTER}<int:pk>/"

PAGES: tuple[Page, ...] = (
    Page("", today.today_page, "today"),
    Page("sign-in/", sign_in_views.sign_in_view, "sign-in", methods=_BOTH, open=True),
    Page("sign-out/", sign_in_views.sign_out, "sign-out", methods=("POST",), open=True),
    Page("password/", sign_in_views.password, "password", methods=_BOTH, halfway=True),
    Page("second-factor/", sign_in_views.second_factor, "second-factor", methods=_BOTH, halfway=True),
    Page("code/", sign_in_views.code, "code", methods=_BOTH, halfway=True),
    Page("search/", search.search, "search"),
    Page("help/", help.index, "help"),
    Page("help/<str:chapter>/", help.chapter, "help-chapter"),
    Page("settings/", settings_views.settings, "settings", methods=_BOTH),
    Page("styleguide/", settings_views.styleguide, "styleguide"),
    Page(_REGISTER, record_views.register_list, "register", "record.read"),
    Page(f"{_REGISTER}new/", record_writing.new, "record-new", "record.enter", methods=_BOTH, resumes=True),
    Page(f"{_REGISTER}template.xlsx", record_views.template, "template", "record.read"),
    Page(f"{_REGISTER}import/", import_views.upload, "import", "record.enter", methods=_BOTH, resumes=True),
    Page(
        f"{_REGISTER}import/confirm/",
        import_views.confirm,
        "import-confirm",
        "record.enter",
        methods=("POST",),
        resumes=True,
    ),
    Page(_RECORD, record_views.record, "record", "record.read"),
    Page(
        f"{_RECORD}correct/", record_writing.correct, "correct", "record.correct", methods=_BOTH, resumes=True
    ),
    Page(
        f"{_RECORD}withdraw/",
        record_views.withdraw,
        "withdraw",
        "record.correct",
        methods=_BOTH,
        resumes=True,
    ),
    Page(f"{_RECORD}evidence/", record_views.evidence, "evidence", "record.read"),
)
