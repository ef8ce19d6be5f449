"""The addresses of remedies on the desk, with whose they are (复议诉讼的地址)."""

from gongkai.web.desk import evidence_views, remedy_act_views, remedy_erasing_views, remedy_list, remedy_views
from gongkai.web.desk.access import Page

_BOTH = ("GET", "POST")
_REMEDY = "organs/<str:organ>/remedies/<str:kind>/<int:pk>/"

PAGES: tuple[Page, ...] = (
    Page("remedies/", remedy_list.remedy_list, "remedies", "record.read"),
    Page(_REMEDY, remedy_views.remedy_page, "remedy", "record.read"),
    Page(
        f"{_REMEDY}acts/<str:act>/", remedy_act_views.act_page, "remedy-act", "record.enter", methods=_BOTH,
        resumes=True,
    ),
    Page(f"{_REMEDY}redo/", remedy_act_views.redo, "remedy-redo", "record.read", methods=_BOTH, resumes=True),
    Page(
        f"{_REMEDY}reveal/", remedy_act_views.reveal_page, "remedy-reveal", "record.correct", methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_REMEDY}erase/", remedy_erasing_views.erase, "remedy-erase", "account.manage", methods=_BOTH, resumes=True,
    ),
    Page(
        "organs/<str:organ>/cases/<str:number>/evidence/", evidence_views.evidence_page, "case-evidence", "record.read",
        methods=_BOTH, resumes=True,
    ),
)  # fmt: skip
