"""The addresses of the portal (门户的地址). Those of a published version never change."""

from django.urls import include, path, register_converter
from django.urls.resolvers import URLPattern

from gongkai.web.lazy_urls import Views

# Named here, imported when one of their pages is first opened (ADR 16).
apply_views = Views("gongkai.web.portal.apply_views")
file_views = Views("gongkai.web.portal.file_views")
home_views = Views("gongkai.web.portal.home_views")
mode_views = Views("gongkai.web.portal.mode_views")
number_views = Views("gongkai.web.portal.number_views")
receipt_views = Views("gongkai.web.portal.receipt_views")
report_views = Views("gongkai.web.portal.report_views")
side_track = Views("gongkai.web.portal.side_track")
side_views = Views("gongkai.web.portal.side_views")
track_acts = Views("gongkai.web.portal.track_acts")
track_views = Views("gongkai.web.portal.track_views")


class Year:
    """A four-digit year in an address."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """The year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The year as four digits."""
        return f"{value:04d}"


class Version:
    """The number of a version, written one way alone."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        """The version as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The version as it is counted."""
        return str(value)


register_converter(Year, "year")
register_converter(Version, "version")

# The pages of one report, under the address of the newest version and under that of each version.
_REPORT: list[URLPattern] = [
    path("", report_views.report, name="report"),
    path("cells/<str:cell_id>/", number_views.cell, name="cell"),
    path("cells/<str:cell_id>/data.json", number_views.cell_data, name="cell-data"),
    path("numbers/<str:code>/", number_views.number, name="number"),
    path("numbers/<str:code>/data.json", number_views.number_data, name="number-data"),
    path("checks/", report_views.checks, name="checks"),
    path("checks/data.json", report_views.checks_data, name="checks-data"),
    path("picture/", report_views.picture, name="picture"),
    path("picture.<slug:ending>", file_views.picture_file, name="picture-file"),
    path("report.<slug:ending>", file_views.document, name="document"),
]

app_name = "portal"
urlpatterns = [
    path("", home_views.home, name="home"),
    path("reports/", home_views.reports, name="reports"),
    path("reports/feed.atom", home_views.feed, name="feed"),
    path("reports/<str:organ_code>/<year:year>/", include(_REPORT)),
    path("reports/<str:organ_code>/<year:year>/v<version:version>/", include(_REPORT)),
    path(
        "reports/<str:organ_code>/<year:year>/compare/<version:before>/<version:after>/",
        report_views.compare,
        name="compare",
    ),
    path(
        "reports/<str:organ_code>/<year:year>/compare/<version:before>/<version:after>/data.json",
        report_views.compare_data,
        name="compare-data",
    ),
    path("organs/", home_views.organ_list, name="organs"),
    path("organs/<str:organ_code>/", home_views.organ, name="organ"),
    path("apply/", apply_views.start, name="apply"),
    path("apply/clear/", apply_views.clear, name="apply-clear"),
    path("apply/check/", apply_views.check, name="apply-check"),
    path("apply/receipt/", receipt_views.receipt, name="apply-receipt"),
    path("apply/alike/", apply_views.alike, name="apply-alike"),
    path("apply/<slug:code>/", apply_views.question, name="apply-question"),
    path("ask/receipt/", side_views.receipt, name="side-receipt"),
    path("ask/<slug:kind>/", side_views.start, name="side-start"),
    path("ask/<slug:kind>/clear/", side_views.clear, name="side-clear"),
    path("ask/<slug:kind>/check/", side_views.check, name="side-check"),
    path("ask/<slug:kind>/<slug:code>/", side_views.question, name="side-question"),
    path("track/", track_views.track, name="track"),
    path("track/leave/", track_views.leave, name="track-leave"),
    path("track/calendar.ics", receipt_views.calendar, name="track-calendar"),
    path("track/case/", track_views.case_page, name="track-case"),
    path("track/case/supplement/", track_acts.supplement, name="track-supplement"),
    path("track/case/reasons/", track_acts.reasons, name="track-reasons"),
    path("track/case/payment/", track_acts.payment, name="track-payment"),
    path("track/case/withdraw/", track_acts.withdraw, name="track-withdraw"),
    path("track/case/notices/", track_views.notices, name="track-notices"),
    path("track/case/papers/", track_acts.add_paper, name="track-papers"),
    path("track/case/papers/<int:place>/", track_views.paper, name="track-paper"),
    path("track/case/letters/<int:place>/", track_views.letter, name="track-letter"),
    path("track/case/propose/", side_views.propose, name="track-propose"),
    path("track/side/", side_track.side_page, name="track-side"),
    path("track/side/evidence/", side_track.evidence, name="side-evidence"),
    path("track/side/withdraw/", side_track.withdraw, name="side-withdraw"),
    path("track/side/papers/", side_track.add_paper, name="side-papers"),
    path("track/side/papers/<int:place>/", side_track.paper, name="side-paper"),
    path("mode/elder", mode_views.mode, {"chosen": "elder"}, name="mode-elder"),
    path("mode/normal", mode_views.mode, {"chosen": "normal"}, name="mode-normal"),
]
