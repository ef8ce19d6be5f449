"""The addresses of the archive on the desk (档案的地址)."""

from gongkai.web.desk import archive_views, destruction_views, erasing_views, package_views
from gongkai.web.desk.access import Page

_BOTH = ("GET", "POST")
_ORGAN = "organs/<str:organ>/archive/"

PAGES: tuple[Page, ...] = (
    Page("archive/", archive_views.shelf_page, "archive", "record.read"),
    Page(
        f"{_ORGAN}terms/", archive_views.terms, "archive-terms", "case.approve", methods=_BOTH, resumes=True
    ),
    Page(
        f"{_ORGAN}lists/new/",
        destruction_views.new,
        "destruction-new",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_ORGAN}lists/<int:pk>/",
        destruction_views.one,
        "destruction",
        "record.read",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        f"{_ORGAN}lists/<int:pk>/certificate.<slug:ending>",
        destruction_views.certificate,
        "certificate",
        "record.read",
    ),
    Page(
        "organs/<str:organ>/cases/<str:number>/erase/",
        erasing_views.erase,
        "case-erase",
        "account.manage",
        methods=_BOTH,
        resumes=True,
    ),
    Page(
        "organs/<str:organ>/cases/<str:number>/package/",
        package_views.of_case,
        "case-package",
        "case.handle",
        methods=_BOTH,
        resumes=True,
    ),
)
