"""The file of one request (一件申请的案卷): its numbers, its acts, its sealed texts, its papers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gongkai.foundation.models import Account, Organ, StoredFile


class Case(models.Model):
    """One request from filing to archive (案卷).

    ``facts`` is the life as the acts left it, free of personal words (``snapshot``); ``state`` to
    ``extension_pending`` are rewritten from it by every act, so that lists can be ordered, and are proven by
    ``gongkai verify``. ``due_on`` is null with ``due_note`` while no day can be said. ``order_key``: the
    place in the inbox. ``key_number``: the data key from which the second secret is derived. ``voided_seq``:
    the event that struck out an entry made by mistake; its number stays used, and it counts nowhere.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=48, unique=True)
    filed_at = models.DateTimeField()
    filed_by = models.CharField(max_length=64)
    channel = models.CharField(max_length=20)
    arrived_on = models.DateField()
    applicant_class = models.CharField(max_length=16)
    form = models.CharField(max_length=16, blank=True)
    delivery = models.CharField(max_length=16, blank=True)
    query_code = models.CharField(max_length=16, unique=True)
    key_number = models.PositiveIntegerField()
    handler = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    entered_seq = models.BigIntegerField()
    latest_seq = models.BigIntegerField()
    voided_seq = models.BigIntegerField(null=True, blank=True)

    facts = models.TextField()
    state = models.CharField(max_length=32)
    received_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    due_note = models.CharField(max_length=300, blank=True)
    step_on = models.DateField(null=True, blank=True)
    order_key = models.CharField(max_length=16)
    extension_pending = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "year", "serial"], name="case_serial_once"),
        ]
        indexes = [
            models.Index(fields=["order_key", "id"], name="case_inbox", condition=~Q(state="archived")),
            models.Index(fields=["organ", "order_key", "id"], name="case_organ_inbox"),
            models.Index(fields=["handler", "order_key", "id"], name="case_handler_inbox"),
            models.Index(fields=["state", "order_key", "id"], name="case_state_inbox"),
            models.Index(
                fields=["order_key", "id"], name="case_extension_inbox", condition=Q(extension_pending=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> str:
        """How the ledger names the case."""
        return f"case:{self.pk}"


class CaseAct(models.Model):
    """One act on a case (办理动作), appended by ``acts.act`` and never changed.

    ``given``: what was filled in, without personal words; those stand in ``SealedText`` under tokens.
    ``seq``: its event in the ledger; ``based_on``: the event the person had before them.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    place = models.PositiveIntegerField()
    act = models.CharField(max_length=32)
    on = models.DateField()
    given = models.TextField()
    actor = models.CharField(max_length=64)
    at = models.DateTimeField()
    seq = models.BigIntegerField(unique=True)
    based_on = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["case", "place"]
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="case_act_place_once")]

    def __str__(self) -> str:
        return f"{self.case_id}:{self.place} {self.act}"


class SealedText(models.Model):
    """A word that could name a person (密封的文字): a field of the filing or of an act, by its token."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="sealed_texts")
    token = models.CharField(max_length=64)
    sealed = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "token"], name="sealed_text_token_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.token}"

    @property
    def at(self) -> str:
        """The only place where it opens."""
        return self.place(self.case_id, self.token)

    @staticmethod
    def place(case_id: int, token: str) -> str:
        """Where the word of a case under a token opens, and nowhere else."""
        return f"case:{case_id} {token}"


class Applicant(models.Model):
    """Whose request it is (申请人): how to find the same person again; the words themselves are sealed texts."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="applicant")
    id_type = models.CharField(max_length=24, blank=True)
    by_agent = models.BooleanField(default=False)
    identity_index = models.CharField(max_length=80, blank=True, db_index=True)
    name_index = models.CharField(max_length=80, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"applicant of {self.case_id}"


class CaseFile(models.Model):
    """A paper of a case (案卷材料), encrypted before it is kept; its name is a sealed text.

    ``part``: the part another organ worked on from which it comes, its place in ``Life.parts``; ``taken_from``:
    the material of a part that this one gives as information asked for; ``came_from``: the paper of another organ's
    case with which the request was handed on.
    """

    class Purpose(models.TextChoices):
        APPLICATION = "application", "申请书"
        IDENTITY = "identity", "身份证明"
        AUTHORITY = "authority", "授权委托书"
        SUPPLEMENT = "supplement", "补正材料"
        REASONS = "reasons", "理由说明"
        PAYMENT = "payment", "缴费凭证"
        OPINION = "opinion", "意见"
        PART = "part", "协办材料"
        INFORMATION = "information", "所申请的信息"
        LETTER = "letter", "文书"
        PROOF = "proof", "送达凭据"
        OTHER = "other", "其他"

    case = models.ForeignKey(Case, models.PROTECT, related_name="papers")
    place = models.PositiveIntegerField()
    purpose = models.CharField(max_length=16, choices=Purpose.choices)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    to_applicant = models.BooleanField(default=False)
    part = models.PositiveIntegerField(null=True, blank=True)
    taken_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="taken_as")
    # Not one to one: an entry that was struck out keeps its own, and the next one has them too.
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="went_as")
    added_by = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    seq = models.BigIntegerField()

    class Meta:
        ordering = ["case", "place"]
        constraints = [models.UniqueConstraint(fields=["case", "place"], name="case_file_place_once")]

    def __str__(self) -> str:
        return f"{self.case_id} file {self.place}"


class LetterNumber(models.Model):
    """A number once given to a letter (已用的文号): never used again, whatever became of the letter.

    One series for all letters of an organ: ``case``, or ``side`` for a correction or a proposal.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="letter_numbers")
    side = models.ForeignKey(
        "casework.SideRequest", models.PROTECT, null=True, blank=True, related_name="letter_numbers"
    )
    seq = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organ", "code", "year", "serial"], name="letter_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.year} {self.serial}"
