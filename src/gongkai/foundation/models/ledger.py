"""The ledger (台账底账): append-only, hash-chained; the database itself refuses to change it."""

from __future__ import annotations

from django.db import models


class LedgerEvent(models.Model):
    """One act on the record (事件). Rows are inserted by ``ledger.append`` and never touched again.

    ``payload`` is canonical JSON text, kept as it was hashed. ``personal`` is what could name a
    person, encrypted under a key of its own (``EventKey``); the hash covers the ciphertext, so the
    chain proves after the key is destroyed.
    """

    seq = models.BigIntegerField(primary_key=True)
    form = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=64)
    schema = models.PositiveSmallIntegerField(default=1)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    organ_code = models.CharField(max_length=32, blank=True)
    subject = models.CharField(max_length=96, db_index=True)
    payload = models.TextField()
    personal = models.TextField(blank=True)
    algorithm = models.CharField(max_length=16)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["organ_code", "seq"], name="events_of_an_organ"),
            models.Index(fields=["actor", "kind"], name="events_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"#{self.seq} {self.kind} {self.subject}"


class EventKey(models.Model):
    """The key of one event's personal part (事件密钥), wrapped by a numbered data key; erasure deletes it."""

    event = models.OneToOneField(LedgerEvent, models.PROTECT, primary_key=True, related_name="key")
    data_key = models.PositiveIntegerField()
    wrapped = models.TextField()

    def __str__(self) -> str:
        return f"key of #{self.event_id}"
