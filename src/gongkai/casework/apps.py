from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "gongkai.casework"
    label = "casework"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        from gongkai.casework.kinds import KINDS
        from gongkai.casework.proof import case_breaks
        from gongkai.casework.side.proof import side_breaks
        from gongkai.foundation import kinds, verification

        kinds.register(*KINDS)
        verification.register(case_breaks)
        verification.register(side_breaks)
