"""What the core keeps of somebody who asked for a trajectory, reported abuse, or did not agree with a hiding.

Officials read it and nobody else does, so its words go, unless all words stay.
"""

from collections.abc import Iterator
from secrets import token_hex

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trajecten import registry
from trajecten.domain.my_data.telling import moment
from trajecten.enums import ErasedWords, ObjectionOutcome
from trajecten.models import AbuseReport, Objection, Participant, TrajectoryRequest
from trajecten.models.proposal import new_token
from trajecten.registry import Fact, Kept, PersonalData


def requests(participant: Participant) -> Iterator[Kept]:
    """What somebody asked the advisers for, as the contact of the municipality."""
    for asked in TrajectoryRequest.objects.filter(contact=participant).order_by("pk"):
        yield Kept(
            f"{asked.reference}: {asked.method.name}",
            (
                Fact("contact_name", _("Name"), asked.contact_name),
                Fact("contact_role", _("Role"), asked.contact_role),
                Fact("contact_phone", _("Telephone"), asked.contact_phone),
                Fact("question", _("Question"), asked.question),
                Fact("wishes", _("Wishes"), asked.wishes),
                Fact("status", _("Status"), asked.get_status_display()),
                Fact("asked_at", _("Asked on"), moment(asked.created_at)),
            ),
        )


def erase_contact(participant: Participant, words: str) -> None:
    """What the municipality asked stays; who asked it, and the link by which they followed it, go."""
    forget_contacts(TrajectoryRequest.objects.filter(contact=participant))


def forget_contacts(asked: QuerySet[TrajectoryRequest]) -> None:
    """Let go of name, role, telephone and link of these requests; the contact itself is the caller's to let go."""
    for request in asked.select_for_update(of=("self",)):
        request.contact_name, request.contact_role, request.contact_phone = "", "", ""
        request.token = new_token()
        request.save(update_fields=["contact_name", "contact_role", "contact_phone", "token"])


def abuse_reports(participant: Participant) -> Iterator[Kept]:
    """What somebody said should not be there."""
    for report in AbuseReport.objects.filter(reporter=participant).order_by("pk"):
        yield Kept(
            str(report.get_reason_display()).capitalize(),
            (
                Fact("reason", _("What is wrong with it"), report.reason),
                Fact("words", _("In words"), report.words),
                Fact("at", _("When"), moment(report.at)),
                Fact("handled_at", _("Handled on"), moment(report.handled_at)),
            ),
        )


def erase_abuse_reports(participant: Participant, words: str) -> None:
    """That something was reported stays, so that an official looks at it; not what stands for the visitor."""
    for report in AbuseReport.objects.select_for_update(of=("self",)).filter(reporter=participant):
        report.device = token_hex(32)
        report.words = report.words if words == ErasedWords.ALL else ""
        report.save(update_fields=["device", "words"])


def _objections_of(participant: Participant) -> QuerySet[Objection]:
    """To the hiding of anything that this participant said."""
    of_theirs = Q(pk__in=[])
    for kind in registry.contribution_kinds():
        theirs = kind.model.objects.filter(author=participant).values("pk")
        content_type = ContentType.objects.get_for_model(kind.model)
        of_theirs |= Q(decision__content_type=content_type, decision__object_id__in=theirs)
    found: QuerySet[Objection] = Objection.objects.filter(of_theirs)
    return found


def objections(participant: Participant) -> Iterator[Kept]:
    """Why somebody did not agree that their words were hidden, and what was answered."""
    for objection in _objections_of(participant).order_by("pk"):
        yield Kept(
            _("You did not agree (%(outcome)s)") % {"outcome": objection.get_outcome_display()},
            (
                Fact("words", _("In words"), objection.words),
                Fact("at", _("When"), moment(objection.at)),
                Fact("answer", _("Answer of the municipality"), objection.answer),
                Fact("answered_at", _("Answered on"), moment(objection.answered_at)),
            ),
        )


def erase_objections(participant: Participant, words: str) -> None:
    """An objection that is answered stays without words; one that nobody can be answered on any more goes."""
    found = _objections_of(participant)
    found.filter(outcome=ObjectionOutcome.OPEN).delete()
    if words != ErasedWords.ALL:
        found.update(words="")


PARTS = (
    PersonalData(
        "requests",
        gettext_lazy("What you asked for your municipality"),
        ("trajectory_requests",),
        requests,
        erase_contact,
    ),
    PersonalData(
        "abuse_reports",
        gettext_lazy("What you said should not be here"),
        ("abuse_reports",),
        abuse_reports,
        erase_abuse_reports,
    ),
    PersonalData("objections", gettext_lazy("What you did not agree with"), (), objections, erase_objections),
)
