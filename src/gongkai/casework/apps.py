from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "gongkai.casework"
    label = "casework"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from gongkai.foundation import kinds, sealing_census, verification
        from gongkai.foundation.deferred import deferred

        kinds.declare("gongkai.casework.kinds")
        verification.register(deferred("gongkai.casework.proof", "case_breaks"))
        verification.register(deferred("gongkai.casework.side.proof", "side_breaks"))
        verification.register(deferred("gongkai.casework.secret_proof", "secret_breaks"))
        sealing_census.declare("gongkai.casework.sealed_places")
