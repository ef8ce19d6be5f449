"""The addresses of the desk, made from what each area declares (工作台的地址)."""

from gongkai.web.desk import admin_pages, archive_pages, case_pages, core_pages, report_pages
from gongkai.web.desk.access import Page

app_name = "desk"
PAGES: tuple[Page, ...] = (
    *core_pages.PAGES,
    *report_pages.PAGES,
    *admin_pages.PAGES,
    *case_pages.PAGES,
    *archive_pages.PAGES,
)
urlpatterns = [page.pattern() for page in PAGES]
