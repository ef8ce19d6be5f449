from django.apps import AppConfig


class AnnualReportConfig(AppConfig):
    name = "gongkai.annual_report"
    label = "annual_report"
    verbose_name = "年度报告"

    def ready(self) -> None:
        from gongkai.foundation import kinds, verification
        from gongkai.foundation.deferred import deferred

        kinds.declare("gongkai.annual_report.kinds")
        verification.register(deferred("gongkai.annual_report.seals", "seal_breaks"))
