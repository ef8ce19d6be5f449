"""The addresses of the portal."""

from django.urls import path, register_converter

from gongkai.web.portal import views


class Year:
    """A four-digit year in an address."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """The year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """The year as four digits."""
        return f"{value:04d}"


register_converter(Year, "year")

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("reports/<str:organ_code>/<year:year>/", views.report, name="report"),
    path("reports/<str:organ_code>/<year:year>/cells/<str:cell_id>/", views.cell, name="cell"),
    path("reports/<str:organ_code>/<year:year>/numbers/<str:code>/", views.number, name="number"),
    path("reports/<str:organ_code>/<year:year>/checks/", views.checks, name="checks"),
]
