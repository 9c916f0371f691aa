from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuurtschouwConfig(AppConfig):
    name = "buurtschouw"
    verbose_name = _("Digitale buurtschouw")

    def ready(self) -> None:
        from buurtschouw.domain.schouwen import facts
        from buurtschouw.method import METHOD
        from buurtschouw.notifications import MESSAGES
        from trajecten import registry

        registry.register_method(METHOD, facts=facts)
        registry.register_messages(MESSAGES)
