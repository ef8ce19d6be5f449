"""The checks of a report (检查，勾稽): K1–K18, M1–M3, each a numbered rule."""

from gongkai.rules.report.checks import identities, registers, texts, values, years  # noqa: F401
from gongkai.rules.report.checks.files import NotAReport, report_from_json
from gongkai.rules.report.checks.model import CheckResult, Evidence, Report, Source, run_checks

__all__ = [
    "CheckResult",
    "Evidence",
    "NotAReport",
    "Report",
    "Source",
    "report_from_json",
    "run_checks",
]
