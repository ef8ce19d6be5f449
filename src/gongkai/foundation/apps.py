from datetime import timedelta

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "gongkai.foundation"
    label = "foundation"
    verbose_name = "基础"

    def ready(self) -> None:
        from gongkai.foundation import background
        from gongkai.foundation.leftovers import forget_failures, forget_sessions
        from gongkai.foundation.outbox_sending import send_next

        for name, every, work in (
            ("outbox", timedelta(0), send_next),
            ("sessions", timedelta(hours=1), forget_sessions),
            ("failed-sign-ins", timedelta(hours=1), forget_failures),
        ):
            background.register(background.Job(name, every, work))
