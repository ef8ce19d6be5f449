from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "gongkai.registers"
    label = "registers"
    verbose_name = "台账"

    def ready(self) -> None:
        from gongkai.foundation import kinds

        kinds.declare("gongkai.registers.kinds")
