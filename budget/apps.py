from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = _("Budgetmonitoring")

    def ready(self) -> None:
        from budget.contributions import KINDS
        from budget.domain.amendments.promising import promise_adopted
        from budget.domain.standing import standings
        from budget.method import METHOD
        from budget.notifications import CATEGORIES, MESSAGES
        from budget.offer import OFFER
        from budget.pages import MENUS
        from trajecten import registry

        registry.register_method(METHOD, standings=standings, offer=OFFER)
        registry.register_decided(METHOD.key, promise_adopted)
        registry.register_categories(CATEGORIES)
        registry.register_messages(MESSAGES)
        registry.register_contributions(KINDS)
        registry.register_menus(self.name, MENUS)
