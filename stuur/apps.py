from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StuurConfig(AppConfig):
    name = "stuur"
    verbose_name = _("Burgers aan het stuur")

    def ready(self) -> None:
        from stuur.domain.standing import standings
        from stuur.method import METHOD
        from stuur.offer import OFFER
        from trajecten import registry

        registry.register_method(METHOD, standings=standings, offer=OFFER)
        registry.register_successor(
            registry.Successor(
                key=METHOD.key,
                name=METHOD.name,
                becomes=_("An initiative of residents, with who pulls it and who join."),
            )
        )
