"""From one page to the next: a click returns before the next page is there, and what is read then is the old one."""

from __future__ import annotations

from playwright.sync_api import Locator

# Sealing makes every document before it answers, on a machine that runs other tests beside it.
_LONGEST = 120_000


def turn(leads_on: Locator) -> None:
    """Click what leads to another page, and return when that page is whole."""
    with leads_on.page.expect_navigation(timeout=_LONGEST):
        leads_on.click()
