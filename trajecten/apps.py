from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectenConfig(AppConfig):
    name = "trajecten"
    verbose_name = _("Participation portal")

    def ready(self) -> None:
        from trajecten import receivers, registry  # noqa: F401
        from trajecten.followables import FOLLOWABLES
        from trajecten.notifications import CATEGORIES, MESSAGES

        registry.register_categories(CATEGORIES)
        registry.register_messages(MESSAGES)
        registry.register_followables(FOLLOWABLES)
