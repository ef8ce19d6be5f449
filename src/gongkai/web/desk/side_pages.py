"""The addresses of corrections and proposals on the desk, with whose they are (更正、转主动公开的地址)."""

from gongkai.web.desk import (
    package_views,
    side_act_views,
    side_entry_views,
    side_file_views,
    side_list_views,
    side_mend_views,
    side_views,
)
from gongkai.web.desk.access import Page

_BOTH = ("GET", "POST")
_SIDE = "organs/<str:organ>/side-requests/<str:number>/"

PAGES: tuple[Page, ...] = (
    Page("side-requests/", side_list_views.side_list, "sides", "record.read"),
    Page("side-requests/new/", side_entry_views.new, "side-new", "case.enter", methods=_BOTH, resumes=True),
    Page(_SIDE, side_views.side_page, "side", "record.read"),
    Page(f"{_SIDE}receipt/", side_entry_views.receipt, "side-receipt", "case.enter"),
    Page(
        f"{_SIDE}acts/<str:act>/",
        side_act_views.act_page,
        "side-act",
        "record.read",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_SIDE}reveal/", side_views.reveal_page, "side-reveal", "record.read", methods=_BOTH, resumes=True
    ),
    Page(
        f"{_SIDE}void/", side_mend_views.void_page, "side-void", "case.approve", methods=_BOTH, resumes=True
    ),
    Page(f"{_SIDE}letter.<slug:ending>", side_file_views.letter, "side-letter", "record.read"),
    Page(
        f"{_SIDE}files/new/", side_file_views.add, "side-file-new", "record.read", methods=_BOTH, resumes=True
    ),
    Page(f"{_SIDE}files/<int:place>/", side_file_views.download, "side-file", "record.read"),
    Page(
        f"{_SIDE}package/", package_views.of_side, "side-package", "case.handle", methods=_BOTH, resumes=True
    ),
)
