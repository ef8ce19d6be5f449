"""The addresses of the API, as Django Ninja makes them from the routes (数据接口的地址)."""

from gongkai.web.api.routes import api

urlpatterns = api.urls[0]
