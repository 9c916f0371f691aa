from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class YouthConfig(AppConfig):
    name = "youth"
    verbose_name = _("Youth Manifesto")

    def ready(self) -> None:
        from trajecten import registry
        from youth.domain.standing import standings
        from youth.method import METHOD
        from youth.offer import OFFER

        registry.register_method(METHOD, standings=standings, offer=OFFER)
