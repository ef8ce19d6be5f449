"""Small parts that desk templates repeat (工作台模板标签): an icon, an entry of the side bar."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongkai.foundation.models import Organ

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """One icon of the sprite, always beside a word."""
    address = static("vendor/tabler-icons/sprite.svg")
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', address, name)


@cache
def _at(name: str, *arguments: str) -> str:
    """The address of a name; the side bar asks for the same ones on every page."""
    return reverse(name, args=arguments)


@register.simple_tag(takes_context=True)
def side(context: dict[str, Any], name: str, picture: str, label: str, overdue: int = 0) -> SafeString:
    """An entry of the side bar that leads to a named address; ``overdue``: how much there is late."""
    return _entry(context, _at(name), picture, label, overdue)


@register.simple_tag(takes_context=True)
def side_register(context: dict[str, Any], organ: Organ, one: dict[str, Any]) -> SafeString:
    """An entry of the side bar that leads to a register of the organ."""
    kind = one["kind"]
    return _entry(context, _at("desk:register", organ.code, kind.code), one["icon"], kind.label)


@register.simple_tag(takes_context=True)
def side_letters(context: dict[str, Any], organ: Organ) -> SafeString:
    """The entry of the side bar that leads to the settings and wordings of the organ's letters."""
    address = reverse("desk:letter-settings", args=[organ.code])
    return _entry(context, address, "stamp", "文书设置")


def _entry(context: dict[str, Any], address: str, picture: str, label: str, overdue: int = 0) -> SafeString:
    place = context.get("place", "")
    packed = place.endswith("/package/")
    # The first page of the desk is above all others: it is current alone.
    here = (
        place == address
        or (
            address == _at("desk:inbox") and not packed and ("/cases/" in place or "/side-requests/" in place)
        )
        or (address == _at("desk:archive") and ("/archive/" in place or packed))
        or (address == _at("desk:remedies") and "/remedies/" in place)
        or (address.endswith("/letters/settings/") and "/letters/templates/" in place)
        or (address != _at("desk:today") and place.startswith(address))
    )
    # Registers and reports lie below an organ's address, and have entries of their own.
    if address == _at("desk:organs") and any(
        f"/{part}/" in place
        for part in ("registers", "reports", "cases", "letters", "remedies", "archive", "side-requests")
    ):
        here = False
    current = SafeString(' aria-current="page"' if here else "")
    late = format_html('<b class="red late"><span class="sr">逾期</span>{}</b>', overdue) if overdue else ""
    return format_html('<li><a href="{}"{}>{}{}{}</a></li>', address, current, icon(picture), label, late)
