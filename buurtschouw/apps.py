from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BuurtschouwConfig(AppConfig):
    name = "buurtschouw"
    verbose_name = _("Digitale buurtschouw")

    def ready(self) -> None:
        from buurtschouw.contributions import KINDS
        from buurtschouw.domain import schouwen
        from buurtschouw.domain.assignments import WORK
        from buurtschouw.domain.evaluation.merging import unite_replies
        from buurtschouw.domain.ideas import merging, naming
        from buurtschouw.domain.my_data import evaluating, ideas, preparing, reports
        from buurtschouw.domain.preparing import gathering
        from buurtschouw.domain.retention import RULES
        from buurtschouw.domain.service import service
        from buurtschouw.domain.standing import standings
        from buurtschouw.domain.subtasks import WORK as TASKS
        from buurtschouw.method import METHOD
        from buurtschouw.models import EvaluationReply, Joining, Score
        from buurtschouw.notifications import CATEGORIES, MESSAGES
        from buurtschouw.offer import OFFER
        from buurtschouw.pages import MENUS, PAGES, own_page, waits
        from trajecten import registry

        registry.register_method(METHOD, standings=standings, offer=OFFER)
        registry.register_agreed(METHOD.key, schouwen.begin)
        registry.register_categories(CATEGORIES)
        registry.register_meeting_changed(METHOD.key, gathering.follow)
        registry.register_own_page(METHOD.key, own_page)
        registry.register_messages(MESSAGES)
        registry.register_contributions(KINDS)
        registry.register_pages(self.name, PAGES)
        registry.register_menus(self.name, MENUS)
        registry.register_waits(self.name, waits)
        registry.register_service(self.name, service)
        registry.register_personal_data((*reports.PARTS, *preparing.PARTS, *evaluating.PARTS, *ideas.PARTS))
        registry.register_retention((*RULES, *preparing.RULES, *evaluating.RULES, *ideas.RULES))
        registry.register_open_work((*WORK, *TASKS, *preparing.WORK))
        registry.register_union(Score, reports.unite_scores)
        registry.register_union(EvaluationReply, unite_replies)
        registry.register_union(Joining, merging.unite_joinings)
        registry.register_unnaming(self.name, naming.take_off)
        registry.register_demo(self.name, "buurtschouw.demo.loading.load")
        registry.register_later_demo("voorbereiding", "buurtschouw.demo.preparation.load")
        registry.register_scale(self.name, "buurtschouw.scale.load")
