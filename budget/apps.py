from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BudgetConfig(AppConfig):
    name = "budget"
    verbose_name = _("Budgetmonitoring")

    def ready(self) -> None:
        from budget.contributions import KINDS
        from budget.domain.alternatives import sharing
        from budget.domain.alternatives.merging import unite_alternatives
        from budget.domain.amendments.promising import promise_adopted
        from budget.domain.ballots.merging import unite_votes
        from budget.domain.choosing.merging import unite_ballots
        from budget.domain.my_data import alternatives, analysing, ballots, choosing, line_answers, observing
        from budget.domain.standing import standings
        from budget.method import METHOD
        from budget.models import Alternative, Observation, ProjectVote, ThemeBallot
        from budget.notifications import CATEGORIES, MESSAGES
        from budget.offer import OFFER
        from budget.pages import MENUS, PAGES, waits
        from trajecten import registry

        registry.register_method(METHOD, standings=standings, offer=OFFER)
        registry.register_decided(METHOD.key, promise_adopted)
        registry.register_categories(CATEGORIES)
        registry.register_messages(MESSAGES)
        registry.register_contributions(KINDS)
        registry.register_menus(self.name, MENUS)
        registry.register_pages(self.name, PAGES)
        registry.register_waits(self.name, waits)
        registry.register_union(ThemeBallot, unite_ballots)
        registry.register_union(Alternative, unite_alternatives)
        registry.register_union(ProjectVote, unite_votes)
        registry.register_union(Observation, observing.unite)
        registry.register_unnaming(self.name, sharing.take_off_names)
        for kept in (line_answers, choosing, analysing, alternatives, ballots, observing):
            registry.register_personal_data(kept.PARTS)
            registry.register_retention(kept.RULES)
        registry.register_demo(self.name, "budget.demo.loading.load")
