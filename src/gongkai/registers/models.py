"""The registers that the report's prose counts, and the declared statistics (台账、申报统计)."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from gongkai.foundation.models import Record

FEN_PER_WAN_YUAN = 1_000_000
STANDING = Q(withdrawn_seq__isnull=True)


class Statistic(Record):
    """A month's declared number (申报统计): decisions, or fen collected; an explicit 0 is a number."""

    KIND = "statistics"

    class Item(models.TextChoices):
        LICENCE = "licence", "行政许可"
        PENALTY = "penalty", "行政处罚"
        COERCION = "coercion", "行政强制"
        FEE = "fee", "行政事业性收费"

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=12, choices=Item.choices)
    amount = models.BigIntegerField(help_text="件；收费为分")

    class Meta:
        indexes = [models.Index(fields=["organ", "year", "item"])]
        constraints = [
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="statistic_month"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="statistic_not_negative"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What a list calls it."""
        return f"{self.year} 年 {self.month} 月{self.get_item_display()}"

    @property
    def value(self) -> Decimal:
        """As declared: decisions, or 万元 for a fee."""
        if self.item != self.Item.FEE:
            return Decimal(self.amount)
        return (Decimal(self.amount) / FEN_PER_WAN_YUAN).normalize() + 0


class SupervisionItem(Record):
    """A supervision item of “互联网+监管” (监管事项)."""

    KIND = "supervision-items"

    code = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    adopted_on = models.DateField()
    basis = models.CharField(max_length=300, blank=True)
    method = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "code"], condition=STANDING, name="supervision_code_once"
            )
        ]
        indexes = [models.Index(fields=["organ", "adopted_on"])]

    def __str__(self) -> str:
        return self.name


class InspectionItem(Record):
    """An inspection item (检查实施事项): how one supervision item is carried out."""

    KIND = "inspection-items"

    code = models.CharField(max_length=60)
    supervision_item = models.ForeignKey(SupervisionItem, models.PROTECT, related_name="inspections")
    name = models.CharField(max_length=200)
    adopted_on = models.DateField()
    frequency = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "adopted_on"])]

    def __str__(self) -> str:
        return self.name

    @property
    def item_code(self) -> str:
        """The code of the supervision item it carries out."""
        return self.supervision_item.code


class Zone(Record):
    """A disclosure zone with its kiosks (政务公开专区、查询一体机，条例第二十五条)."""

    KIND = "zones"

    place = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    kiosks = models.PositiveIntegerField()
    hours = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.place


class OpenDay(Record):
    """A government open day (政府开放日)."""

    KIND = "open-days"

    theme = models.CharField(max_length=200)
    held_on = models.DateField()
    visitors = models.PositiveIntegerField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "held_on"])]

    def __str__(self) -> str:
        return self.theme


class Gathering(Record):
    """What trainings and meetings have: a topic, a day, how many came."""

    topic = models.CharField(max_length=200)
    held_on = models.DateField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["organ", "held_on"])]

    def __str__(self) -> str:
        return self.topic


class Training(Gathering):
    """A training course (政务公开培训，条例第四十八条)."""

    KIND = "trainings"

    participants = models.PositiveIntegerField()


class Meeting(Gathering):
    """A meeting on disclosure work (会议)."""

    KIND = "meetings"

    participants = models.PositiveIntegerField(null=True, blank=True)


class Inspection(Gathering):
    """An inspection of disclosure work (监督检查，条例第四十七条)."""

    KIND = "inspections"

    organs_inspected = models.PositiveIntegerField(null=True, blank=True)
    findings = models.PositiveIntegerField(null=True, blank=True)


class Appraisal(Gathering):
    """An assessment, social review or act of accountability, with its result (考核、评议、追责，条例第四十六条)."""

    KIND = "appraisals"

    class Category(models.TextChoices):
        ASSESSMENT = "assessment", "工作考核"
        REVIEW = "review", "社会评议"
        ACCOUNTABILITY = "accountability", "责任追究"

    category = models.CharField(max_length=16, choices=Category.choices)
    result = models.TextField(blank=True)


class StaffPost(Record):
    """People who do the work, by number and term (专职人员)."""

    KIND = "staff"

    class Duty(models.TextChoices):
        DISCLOSURE = "disclosure", "政务公开"
        WEBSITE = "website", "政府网站管理"

    duty = models.CharField(max_length=12, choices=Duty.choices)
    headcount = models.PositiveIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What a list calls it."""
        return f"{self.get_duty_display()} {self.headcount} 人"
