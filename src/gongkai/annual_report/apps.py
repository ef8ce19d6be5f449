from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    name = "gongkai.annual_report"
    label = "annual_report"
    verbose_name = "年度报告"

    def ready(self) -> None:
        from gongkai.annual_report.kinds import KINDS
        from gongkai.annual_report.seals import seal_breaks
        from gongkai.foundation import kinds, verification

        kinds.register(*KINDS)
        verification.register(seal_breaks)
