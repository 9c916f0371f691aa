from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrajectenConfig(AppConfig):
    name = "trajecten"
    verbose_name = _("Participation portal")

    def ready(self) -> None:
        from trajecten import receivers, registry  # noqa: F401
        from trajecten.domain.enrolment import merging
        from trajecten.domain.meetings.merging import unite_attendances
        from trajecten.domain.my_data import core, promising, speaking_up, taking_part
        from trajecten.domain.overview import waiting
        from trajecten.domain.retention import core as retention
        from trajecten.domain.retention import people
        from trajecten.domain.staffing.work import WORK
        from trajecten.followables import FOLLOWABLES
        from trajecten.models import Attendance, Enrolment, Invitation
        from trajecten.notifications import CATEGORIES, MESSAGES

        registry.register_categories(CATEGORIES)
        registry.register_messages(MESSAGES)
        registry.register_followables(FOLLOWABLES)
        registry.register_personal_data(
            (*core.PARTS, *taking_part.PARTS, *speaking_up.PARTS, *promising.PARTS)
        )
        registry.register_retention((*retention.RULES, *people.RULES))
        registry.register_open_work(WORK)
        registry.register_union(Enrolment, merging.unite_enrolments)
        registry.register_union(Invitation, merging.unite_invitations)
        registry.register_scale(self.name, "trajecten.scale.together.load")
        registry.register_union(Attendance, unite_attendances)
        registry.register_waits(self.name, waiting.of_core)
