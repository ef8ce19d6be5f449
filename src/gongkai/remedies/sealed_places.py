"""What remedies keep sealed (投诉举报加密的地方): who complains, and of what."""

from __future__ import annotations

from gongkai.foundation.sealed_places import AnyPlace, words

PLACES: tuple[AnyPlace, ...] = (
    words("投诉人", "remedies.Complaint", "complainant_sealed", lambda row: row.place_of("complainant")),
    words("投诉的内容", "remedies.Complaint", "content_sealed", lambda row: row.place_of("content")),
)
