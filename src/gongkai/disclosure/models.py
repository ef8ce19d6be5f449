"""Active disclosure (主动公开): information, its publications, normative documents, catalogue, gazette."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from gongkai.foundation.models import Record

STANDING = Q(withdrawn_seq__isnull=True)


class InformationClass(models.TextChoices):
    """The one class a piece of information is counted in (信息类别)."""

    DOCUMENT = "document", "公开文件"
    INTERPRETATION = "interpretation", "政策解读"
    BUDGET = "budget", "财政预决算"
    WELFARE = "welfare", "社会公益事业建设"
    PROJECT = "project", "重大建设项目和征地"
    KEY_OTHER = "key_other", "年报、社会保障、食品药品等"
    BULLETIN = "bulletin", "工作动态和便民信息"


class Channel(models.TextChoices):
    """Where information is published (公开渠道，条例第二十三条)."""

    PORTAL = "portal", "政府网站"
    WECHAT = "wechat", "微信公众号"
    WEIBO = "weibo", "微博"
    SHORT_VIDEO = "short_video", "短视频"
    OTHER = "other", "其他"


class Information(Record):
    """One piece of government information (政府信息，条例第二条), whatever channels it went out by."""

    KIND = "information"

    title = models.CharField(max_length=300)
    information_class = models.CharField(max_length=16, choices=InformationClass.choices)
    formed_on = models.DateField()
    summary = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "title"])]

    def __str__(self) -> str:
        return self.title


class Document(Information):
    """A document issued (制发文件), by the name it went out under."""

    KIND = "documents"

    class IssuedAs(models.TextChoices):
        GOVERNMENT = "government", "以区政府名义"
        GOVERNMENT_OFFICE = "government_office", "以区政府办公室名义"
        OWN = "own", "以本单位名义"

    document_number = models.CharField(max_length=60, blank=True, db_index=True)
    issued_as = models.CharField(max_length=20, choices=IssuedAs.choices)
    genre = models.CharField(max_length=20, blank=True)


class Interpretation(Information):
    """A policy interpretation (政策解读)."""

    KIND = "interpretations"

    class Form(models.TextChoices):
        TEXT = "text", "文字"
        GRAPHIC = "graphic", "图解"
        VIDEO = "video", "视频"
        AUDIO = "audio", "音频"
        PRESS = "press", "新闻发布会"
        INTERVIEW = "interview", "访谈"
        LEADER = "leader", "负责人解读"
        EXPERT = "expert", "专家解读"

    form = models.CharField(max_length=16, choices=Form.choices)
    document_number = models.CharField(max_length=60, blank=True, db_index=True)


class KeyFieldItem(Information):
    """An item of a key field (重点领域信息); its field is its class."""

    KIND = "key-field-items"


class Publication(Record):
    """One appearance of information on one channel (发布). ``information_class`` repeats the bound
    information's class so that ten million rows are counted from one index."""

    KIND = "publications"

    information = models.ForeignKey(Information, models.PROTECT, related_name="publications")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    information_class = models.CharField(max_length=16, choices=InformationClass.choices)
    published_on = models.DateField()
    url = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organ", "published_on", "channel", "information_class"],
                condition=STANDING,
                name="publication_count",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["information", "channel", "published_on"],
                condition=STANDING,
                name="publication_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title of the information published."""
        return self.information.title


class NormativeDocument(Record):
    """A normative document or rule (行政规范性文件、规章，条例第二十条第（一）项).

    What became of it are ``NormativeEvent`` rows, so that "in force" can be asked for any day.
    """

    KIND = "normative-documents"

    class Rank(models.TextChoices):
        NORM = "norm", "行政规范性文件"
        RULE = "rule", "规章"

    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=60, db_index=True)
    rank = models.CharField(max_length=8, choices=Rank.choices)
    made_on = models.DateField()
    effective_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "made_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "document_number"], condition=STANDING, name="normative_number_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def _repeal(self) -> NormativeEvent | None:
        events = [e for e in self.events.all() if e.event == "repealed" and e.withdrawn_seq is None]
        return events[0] if events else None

    @property
    def repealed_on(self) -> date | None:
        """The day of repeal, from its event."""
        repeal = self._repeal()
        return repeal.on if repeal else None

    @property
    def repeal_basis(self) -> str:
        """What it was repealed by, from its event."""
        repeal = self._repeal()
        return repeal.basis if repeal else ""


class NormativeEvent(Record):
    """What became of a normative document after it was made (修改、废止、失效、宣布失效)."""

    KIND = "normative-events"

    class Event(models.TextChoices):
        AMENDED = "amended", "修改"
        REPEALED = "repealed", "废止"
        EXPIRED = "expired", "有效期届满失效"
        DECLARED_INVALID = "declared_invalid", "宣布失效"

    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="events")
    event = models.CharField(max_length=20, choices=Event.choices)
    on = models.DateField()
    basis = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "on"])]

    def __str__(self) -> str:
        return f"{self.get_event_display()} {self.on}"

    @property
    def document_number(self) -> str:
        """The number of the document it happened to."""
        return self.document.document_number


class CatalogueIssue(Record):
    """An issue of the catalogue of government documents (政府文件公开目录)."""

    KIND = "catalogue-issues"

    issue = models.CharField(max_length=60)
    issued_on = models.DateField()
    entries = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organ", "issued_on"])]

    def __str__(self) -> str:
        return self.issue


class GazetteIssue(Record):
    """An issue of the government gazette (政府公报，条例第二十三条)."""

    KIND = "gazette-issues"

    issue = models.CharField(max_length=60)
    issued_on = models.DateField()
    copies = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organ", "issued_on"])]

    def __str__(self) -> str:
        return self.issue


class GazetteDistribution(Record):
    """Copies of a gazette issue handed out at one place (公报发放)."""

    KIND = "gazette-distributions"

    class PlaceType(models.TextChoices):
        TOWNSHIP = "township", "乡镇"
        DEPARTMENT = "department", "部门"
        SERVICE_CENTRE = "service_centre", "政务服务中心"
        LIVELIHOOD_CENTRE = "livelihood_centre", "民生服务中心"
        VILLAGE = "village", "村（社区）代办点"
        CLINIC = "clinic", "卫生院"
        LIBRARY = "library", "图书馆"

    gazette = models.ForeignKey(GazetteIssue, models.PROTECT, related_name="distributions")
    place = models.CharField(max_length=120)
    place_type = models.CharField(max_length=20, choices=PlaceType.choices)
    copies = models.PositiveIntegerField()
    delivered_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["organ", "delivered_on"])]

    def __str__(self) -> str:
        return self.place

    @property
    def issue(self) -> str:
        """The issue handed out."""
        return self.gazette.issue
