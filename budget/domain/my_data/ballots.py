"""What a vote on projects keeps of people, and for how long.

Who voted is known until the votes are counted; then nobody knows it any more, not even the portal. What somebody
proposed stays with the vote; who proposed it without an account goes a year after the count.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.domain.ballots import telling
from budget.models import BallotProject, ProjectVote
from trajecten.domain.my_data import erasing
from trajecten.domain.my_data.telling import moment
from trajecten.enums import ErasedWords, Moderation, NotificationState
from trajecten.models import Notification, Participant
from trajecten.registry import Fact, Kept, PersonalData, RetentionRule


def votes(participant: Participant) -> Iterator[Kept]:
    """Somebody's own votes that have not been counted yet. Of those that have, nothing is known any more."""
    rows = ProjectVote.objects.filter(participant=participant).select_related("ballot", "area")
    for vote in rows.defer("area__geometry").order_by("pk"):
        yield Kept(
            vote.ballot.title,
            (
                Fact(
                    "choices", _("Numbers of the projects that you chose"), ", ".join(map(str, vote.choices))
                ),
                Fact("area", _("Neighbourhood"), vote.area.name if vote.area else ""),
                Fact("kind", _("As"), vote.get_kind_display()),
                Fact("asked_at", _("Filled in at"), moment(vote.asked_at)),
                Fact("confirmed_at", _("Confirmed at"), moment(vote.confirmed_at)),
                Fact("kept", _("How long"), _("Until the votes are counted. Then nobody knows who voted.")),
            ),
        )


def erase_votes(participant: Participant, words: str) -> None:
    """Who has themselves erased does not vote: the paper goes."""
    ProjectVote.objects.filter(participant=participant).delete()


def projects(participant: Participant) -> Iterator[Kept]:
    """What somebody proposed."""
    rows = BallotProject.objects.filter(author=participant).with_names().order_by("pk")
    for project in rows:
        yield Kept(
            project.title,
            (
                Fact("ballot", _("Vote on projects"), project.ballot.title),
                Fact("text", _("Your words"), project.text),
                Fact("estimate", _("What you think that it costs"), project.estimate),
                Fact("area", _("Neighbourhood"), project.area.name if project.area else ""),
                Fact("judgement", _("Can it be carried out?"), project.get_judgement_display()),
                Fact("created_at", _("Sent"), moment(project.created_at)),
            ),
        )


def erase_projects(participant: Participant, words: str) -> None:
    """People voted on what is public, so that stays without a name; what nobody read goes, unless all words stay.

    Who wants no words to stay takes those of a project out; its name stays where people can vote on it.
    """
    mine = BallotProject.objects.filter(author=participant)
    if words != ErasedWords.ALL:
        unread = ~Q(moderation=Moderation.PUBLISHED) | Q(confirmed_at__isnull=True)
        mine.filter(unread, ballot__opened_at__isnull=True).delete()
    if words == ErasedWords.NONE:
        mine.update(text=str(_("The words have been removed.")))


PARTS = (
    PersonalData("budget.votes", gettext_lazy("Votes on projects"), ("project_votes",), votes, erase_votes),
    PersonalData(
        "budget.projects",
        gettext_lazy("Projects that you proposed"),
        ("ballotprojects",),
        projects,
        erase_projects,
    ),
)


def unconfirmed_votes(before: datetime) -> QuerySet[Any]:
    """Votes of addresses that were typed and never confirmed it."""
    rows = ProjectVote.objects.filter(confirmed_at__isnull=True, asked_at__lt=before)
    return rows.annotate(since=F("asked_at")).order_by("asked_at")


def uncounted_votes(before: datetime) -> QuerySet[Any]:
    """Votes that were not counted, counted from the end of the vote."""
    ended = Coalesce("ballot__closed_at", Cast("ballot__closes_on", DateTimeField()))
    rows = ProjectVote.objects.annotate(since=ended)
    return rows.filter(since__lt=before).order_by("since", "pk")


def remove_votes(rows: Collection[Any]) -> None:
    """The whole paper, and who it was when nothing else is known of them."""
    guests = [row.participant_id for row in rows if row.participant_id]
    ProjectVote.objects.filter(pk__in=[row.pk for row in rows]).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def unconfirmed_projects(before: datetime) -> QuerySet[Any]:
    """Proposals of addresses that never confirmed them."""
    rows = BallotProject.objects.filter(confirmed_at__isnull=True, created_at__lt=before)
    return rows.annotate(since=F("created_at")).order_by("created_at")


def remove_projects(rows: Collection[Any]) -> None:
    """The whole proposal, and who it was when nothing else is known of them."""
    guests = [row.author_id for row in rows if row.author_id]
    BallotProject.objects.filter(pk__in=[row.pk for row in rows]).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def proposers(before: datetime) -> QuerySet[Any]:
    """Who proposed a project without an account, in a vote that was counted."""
    rows = BallotProject.objects.filter(author__isnull=False, author__user__isnull=True)
    counted = rows.filter(ballot__counted_at__lt=before)
    return counted.annotate(since=F("ballot__counted_at")).order_by("ballot__counted_at", "pk")


def forget_proposers(rows: Collection[Any]) -> None:
    """The project becomes nobody's."""
    guests = [row.author_id for row in rows]
    BallotProject.objects.filter(pk__in=[row.pk for row in rows]).update(author=None)
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


def mails(before: datetime) -> QuerySet[Any]:
    """Mails by which one could see who voted: those that asked to confirm it, and those that told the result."""
    rows = Notification.objects.filter(key__in=(telling.VOTE_ASKED, telling.COUNTED), created_at__lt=before)
    sent = rows.exclude(state=NotificationState.QUEUED)
    return sent.annotate(since=F("created_at")).order_by("created_at")


def remove_mails(rows: Collection[Any]) -> None:
    """The whole row of the outbox, and who it was when nothing else is known of them."""
    guests = [row.participant_id for row in rows if row.participant_id]
    Notification.objects.filter(pk__in=[row.pk for row in rows]).delete()
    erasing.forget_idle_guests(Participant.objects.filter(pk__in=guests))


RULES = (
    RetentionRule(
        "budget.votes_mails",
        gettext_lazy("mails to who voted on projects"),
        gettext_lazy("The whole row: to whom, about what, when. After that nothing tells who voted"),
        30,
        mails,
        remove_mails,
    ),
    RetentionRule(
        "budget.votes_unconfirmed",
        gettext_lazy("votes on projects that were not confirmed by mail"),
        gettext_lazy("The whole paper, and the mail address when nothing else is known of it"),
        30,
        unconfirmed_votes,
        remove_votes,
    ),
    RetentionRule(
        "budget.votes_uncounted",
        gettext_lazy("votes on projects that were not counted"),
        gettext_lazy(
            "The whole paper. Of votes that are counted nothing is kept but the file without names: "
            "who voted is forgotten at that moment."
        ),
        180,
        uncounted_votes,
        remove_votes,
    ),
    RetentionRule(
        "budget.projects_unconfirmed",
        gettext_lazy("projects that were not confirmed by mail"),
        gettext_lazy("The whole proposal, and the mail address when nothing else is known of it"),
        30,
        unconfirmed_projects,
        remove_projects,
    ),
    RetentionRule(
        "budget.proposers",
        gettext_lazy("who proposed a project, without account"),
        gettext_lazy("Name and mail address, counted from the count. The project stays."),
        365,
        proposers,
        forget_proposers,
    ),
)
