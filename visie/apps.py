from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisieConfig(AppConfig):
    name = "visie"
    verbose_name = _("Visie en cultuurverandering")

    def ready(self) -> None:
        from trajecten import registry
        from visie.domain.standing import standings
        from visie.method import METHOD
        from visie.offer import OFFER

        registry.register_method(METHOD, standings=standings, offer=OFFER)
