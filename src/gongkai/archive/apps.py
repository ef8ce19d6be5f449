from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "gongkai.archive"
    label = "archive"
    verbose_name = "档案"

    def ready(self) -> None:
        from gongkai.foundation import sealing_census, verification
        from gongkai.foundation.deferred import deferred

        verification.register(deferred("gongkai.archive.proof", "archive_breaks"))
        sealing_census.declare("gongkai.archive.sealed_places")
