"""The URL map of the whole site."""

from django.urls import include, path

from gongkai.web.api import routes as api
from gongkai.web.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", api.api.urls),
    path("", include("gongkai.web.portal.urls")),
]

handler404 = "gongkai.web.portal.errors.not_found"
handler500 = "gongkai.web.portal.errors.server_error"
