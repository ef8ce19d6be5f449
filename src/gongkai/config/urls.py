"""The URL map of the whole site."""

from django.urls import include, path

from gongkai.web.health import healthz
from gongkai.web.lazy_urls import Section, Views

readiness = Views("gongkai.web.readiness")

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readiness.readyz, name="readyz"),
    Section("api/v1/", "gongkai.web.api.urls", namespace="api"),
    Section("desk/", "gongkai.web.desk.urls", namespace="desk"),
    path("", include("gongkai.web.portal.urls")),
]

handler400 = "gongkai.web.portal.errors.bad_request"
handler403 = "gongkai.web.portal.errors.forbidden"
handler404 = "gongkai.web.portal.errors.not_found"
handler500 = "gongkai.web.portal.errors.server_error"
