"""The addresses of the desk's report pages, with whose they are (年度报告各页)."""

from __future__ import annotations

from gongkai.web.desk import (
    act_views,
    cell_views,
    edition_views,
    filing_views,
    plot_views,
    report_views,
    writing_views,
)
from gongkai.web.desk.access import Page

_FILING = "organs/<str:organ>/reports/<int:year>/"
_READ = "filing.read"
_BOTH = ("GET", "POST")

PAGES: tuple[Page, ...] = (
    Page("reports/", report_views.reports, "reports", _READ),
    Page("reports/<int:year>/", report_views.wall, "wall", _READ),
    Page("reports/<int:year>/units.xlsx", report_views.wall_export, "wall-export", _READ),
    Page("reports/<int:year>/round/", report_views.set_round, "round", "reminder.send", _BOTH, resumes=True),
    Page(_FILING, filing_views.filing_page, "filing", _READ),
    Page(f"{_FILING}acts/<str:act>/", act_views.act_page, "filing-act", _READ, _BOTH, resumes=True),
    Page(
        f"{_FILING}write/<str:section>/", writing_views.write, "write", "filing.prepare", _BOTH, resumes=True
    ),
    Page(f"{_FILING}explain/<str:check>/", writing_views.explain, "explain", _READ, _BOTH, resumes=True),
    Page(f"{_FILING}cells/<str:cell>/", cell_views.cell, "cell", _READ),
    Page(f"{_FILING}chase/", report_views.chase, "chase", "reminder.send", _BOTH, resumes=True),
    Page(f"{_FILING}preview/", edition_views.preview, "report-preview", _READ),
    Page(f"{_FILING}drafts/<str:code>/", edition_views.draft_document, "report-draft", _READ),
    Page(f"{_FILING}editions/<int:version>/", edition_views.edition, "edition", _READ),
    Page(
        f"{_FILING}editions/<int:version>/documents/<str:code>/",
        edition_views.edition_document,
        "edition-document",
        _READ,
    ),
    Page(
        f"{_FILING}editions/<int:version>/compare/<int:other>/",
        edition_views.compare,
        "edition-compare",
        _READ,
    ),
    Page(f"{_FILING}plots/", plot_views.plots, "plots", _READ),
)
