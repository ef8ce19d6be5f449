"""Organs with their history (行政机关及其沿革)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class OrganKind(models.TextChoices):
    """What an organ is (机关类别), as the contract's ``GET /api/v1/organs`` names it."""

    GOVERNMENT = "government", "人民政府"
    OFFICE = "office", "政府办公室"
    DEPARTMENT = "department", "区直部门"
    INSTITUTION = "institution", "直属事业单位"
    TOWNSHIP = "township", "乡镇（街道）"


class Organ(models.Model):
    """One organ, under one code for ever; its names change by date, its code does not."""

    code = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=16, choices=OrganKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    position = models.PositiveIntegerField(default=0)
    founded_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    disclosure_office = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    phone = models.CharField(max_length=64, blank=True)
    fax = models.CharField(max_length=64, blank=True)
    email = models.CharField(max_length=128, blank=True)
    website = models.CharField(max_length=128, blank=True)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(ended_on__gte=models.F("founded_on")),
                name="organ_ends_after_founding",
            )
        ]

    def __str__(self) -> str:
        return self.code


class OrganName(models.Model):
    """What an organ was called, from which day (机关名称). ``until`` is the last day of the name."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="names")
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=50)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        # A name without a first day was there from the beginning; the two databases place NULL differently.
        ordering = ["organ", models.F("from_on").asc(nulls_first=True), "id"]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name
