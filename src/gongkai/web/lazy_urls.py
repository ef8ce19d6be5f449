"""Addresses whose code is loaded when somebody first asks for them (按需加载的地址): ADR 16.

A worker that has just been started answers the home page. The desk, the API and the other public pages stand
in the URL map as ever; what they are made of is imported when an address of theirs is first opened.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from django.http.response import HttpResponseBase
from django.urls import URLResolver
from django.urls.resolvers import RoutePattern

from gongkai.foundation.deferred import deferred, load


class Views:
    """The views of a module by their names, before it is imported: ``Views("a.b").home`` is a.b's ``home``."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., HttpResponseBase]:
        return deferred(self._module, name)


class Section(URLResolver):
    """A part of the URL map, one namespace below one prefix, that is imported when it is first needed.

    ``urlconf`` is the dotted name of a module with ``urlpatterns``. Opening an address below the prefix, or
    reversing a name of the namespace, loads it; resolving or reversing anything else does not.
    """

    def __init__(self, route: str, urlconf: str, *, namespace: str) -> None:
        below = RoutePattern(route, is_endpoint=False)
        super().__init__(below, urlconf, app_name=namespace, namespace=namespace)

    @property
    def urlconf_module(self) -> ModuleType:
        """The module with the addresses."""
        return load(str(self.urlconf_name))

    def _populate(self) -> None:
        # The whole map asks each of its parts when any name is first reversed. The names of a namespace are
        # looked up in a resolver that Django makes of its addresses (django.urls.base.reverse), never here.
        return
