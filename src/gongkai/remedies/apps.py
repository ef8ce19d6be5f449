from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "gongkai.remedies"
    label = "remedies"
    verbose_name = "复议诉讼"

    def ready(self) -> None:
        from gongkai.foundation import kinds, sealing_census, verification
        from gongkai.foundation.deferred import deferred

        kinds.declare("gongkai.remedies.kinds")
        sealing_census.declare("gongkai.remedies.sealed_places")
        verification.register(deferred("gongkai.remedies.proof", "complaint_breaks"))
