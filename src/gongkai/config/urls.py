"""The URL map of the whole site."""

from django.urls import include, path

from gongkai.web.api import routes as api
from gongkai.web.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/v1/", api.api.urls),
    path("desk/", include("gongkai.web.desk.urls")),
    path("", include("gongkai.web.portal.urls")),
]

handler400 = "gongkai.web.portal.errors.bad_request"
handler403 = "gongkai.web.portal.errors.forbidden"
handler404 = "gongkai.web.portal.errors.not_found"
handler500 = "gongkai.web.portal.errors.server_error"
