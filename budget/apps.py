from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = _("Budgetmonitoring")

    def ready(self) -> None:
        from budget.domain.standing import standings
        from budget.method import METHOD
        from budget.offer import OFFER
        from trajecten import registry

        registry.register_method(METHOD, standings=standings, offer=OFFER)
