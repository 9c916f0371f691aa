from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectenConfig(AppConfig):
    name = "trajecten"
    verbose_name = _("Participation portal")

    def ready(self) -> None:
        from trajecten import receivers  # noqa: F401
