from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "gongkai.casework"
    label = "casework"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from datetime import timedelta

        from gongkai.casework.filing import forget_keys
        from gongkai.casework.kinds import KINDS
        from gongkai.casework.proof import case_breaks
        from gongkai.foundation import background, kinds, verification

        kinds.register(*KINDS)
        verification.register(case_breaks)
        background.register(background.Job("idempotency-keys", timedelta(hours=6), forget_keys))
