from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "gongkai.mailbox"
    label = "mailbox"
    verbose_name = "互动信箱"

    def ready(self) -> None:
        from gongkai.foundation import kinds

        kinds.declare("gongkai.mailbox.kinds")
