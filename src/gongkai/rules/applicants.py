"""Classes of applicants (申请人类别): the six columns of table three."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.rules.provision import Provision
from gongkai.rules.rule import Rule, register

CLASSES = Rule(
    id="APP-classes",
    title="申请人类别",
    sentence="申请人情况：自然人；法人或其他组织：商业企业、科研机构、社会公益组织、法律服务机构、其他；总计。",
    provisions=(Provision("report-format-2021", place="第三部分表格"),),
)
register(CLASSES)


@dataclass(frozen=True, slots=True)
class ApplicantClass:
    """One class of applicant (申请人类别) and its column of table three."""

    code: str
    column: str
    label: str
    organisation: bool = True

    @property
    def printed(self) -> str:
        """With the heading above it: 法人或其他组织/商业企业."""
        return f"法人或其他组织/{self.label}" if self.organisation else self.label


APPLICANT_CLASSES: dict[str, ApplicantClass] = {
    c.code: c
    for c in (
        ApplicantClass("natural", "c1", "自然人", organisation=False),
        ApplicantClass("enterprise", "c2", "商业企业"),
        ApplicantClass("research", "c3", "科研机构"),
        ApplicantClass("welfare", "c4", "社会公益组织"),
        ApplicantClass("legal", "c5", "法律服务机构"),
        ApplicantClass("other", "c6", "其他"),
    )
}
