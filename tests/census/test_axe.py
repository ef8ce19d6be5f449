"""Every page of the URL map is looked at by axe in some journey; a new page fails here until it is."""

from __future__ import annotations

from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver

from gongkai.web.desk.urls import PAGES as DESK
from tests.browser import test_citizen_journey as citizen
from tests.browser import test_clerk_journey as clerk
from tests.browser import test_office_journey as office
from tests.browser import test_operator_journey as operator
from tests.browser import test_portal_axe as portal
from tests.browser import test_side_journey as sides

# Files, data and redirects: nothing of them is a page.
NOT_PAGES = {
    "desk:template", "desk:evidence", "desk:wall-export", "desk:organ-template", "desk:edition-document",
    "desk:report-draft", "desk:case-file", "desk:part-file", "desk:case-draft-file", "desk:case-letter-file",
    "desk:case-redact-picture", "desk:side-file", "desk:side-letter", "desk:certificate",
}  # fmt: skip
# Forms of other pages that answer with a redirect, and papers to fetch.
NOT_PUBLIC_PAGES = {
    "portal:side-clear", "portal:side-evidence", "portal:side-papers", "portal:side-paper",
    "portal:apply-clear", "portal:track-leave", "portal:track-supplement", "portal:track-papers", "portal:track-paper",
    "portal:track-notices",
    "portal:track-letter",
    "portal:track-reasons", "portal:track-payment", "portal:apply-alike",
}  # fmt: skip
# The same page as desk:account-close, with another verb.
SAME_PAGE = {"desk:account-reopen", "desk:platform-revoke"}
# Reached by links in the journeys, which look them over where they arrive.
ARRIVED_AT = {
    "desk:sign-in", "desk:record", "desk:correct", "desk:withdraw", "desk:code", "desk:edition-compare", "portal:compare",
    "desk:inbox", "desk:case", "desk:case-new", "desk:case-act", "desk:case-reveal", "desk:case-receipt", "desk:case-file-new",
    "desk:remedies", "desk:remedy", "desk:remedy-act", "desk:remedy-redo", "desk:remedy-reveal", "desk:case-evidence",
    "desk:remedy-erase",
    "desk:case-draft", "desk:case-letters", "desk:case-letter", "desk:letter-settings", "desk:letter-templates",
    "desk:letter-template",
    "desk:case-handler", "desk:case-correct", "desk:case-void", "desk:part", "desk:case-file-use", "desk:forward",
    "desk:case-redact", "desk:case-redact-preview", "desk:case-redaction",
    "desk:sides", "desk:side", "desk:side-new", "desk:side-act", "desk:side-reveal", "desk:side-receipt", "desk:side-file-new",
    "desk:side-void", "desk:side-package",
    "desk:archive", "desk:archive-terms", "desk:destruction-new", "desk:destruction", "desk:case-package", "desk:case-erase",
}  # fmt: skip


def _visited() -> set[str]:
    addresses = [
        *clerk.CORE,
        *portal.PAGES,
        *citizen.ADDRESSES,
        *sides.ADDRESSES,
        *(f"/desk/{path}" for path in operator.ADDRESSES),
    ]
    values = {"district": office.DISTRICT, "education": office.EDUCATION, "year": "2026"}
    addresses += [address.format(**values) for address in (*office.PAGES, *office.SIGNED)]
    names = set(ARRIVED_AT)
    for address in addresses:
        try:
            names.add(resolve(address.partition("?")[0]).view_name)
        except Resolver404:
            continue
    return names


def test_axe_looks_at_every_page_of_the_desk() -> None:
    pages = {f"desk:{page.name}" for page in DESK if "GET" in page.methods} - NOT_PAGES - SAME_PAGE
    assert sorted(pages - _visited()) == []


def _portal_names(resolver: URLResolver) -> set[str]:
    found: set[str] = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            route = str(entry.pattern)
            if route == "" or route.endswith("/"):
                found.add(f"portal:{entry.name}")
        else:
            found |= _portal_names(entry)
    return found


def test_axe_looks_at_every_page_of_the_portal() -> None:
    root = next(
        entry
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and entry.app_name == "portal"
    )
    assert sorted(_portal_names(root) - NOT_PUBLIC_PAGES - _visited()) == []
