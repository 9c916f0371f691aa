from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectenConfig(AppConfig):
    name = "trajecten"
    verbose_name = _("Participation portal")

    def ready(self) -> None:
        from trajecten import receivers, registry  # noqa: F401
        from trajecten.notifications import MESSAGES

        registry.register_messages(MESSAGES)
