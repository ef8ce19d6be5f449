from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "gongkai.archive"
    label = "archive"
    verbose_name = "档案"

    def ready(self) -> None:
        from gongkai.archive.proof import archive_breaks
        from gongkai.foundation import verification

        verification.register(archive_breaks)
