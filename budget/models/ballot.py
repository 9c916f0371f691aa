"""The vote on concrete projects within an amount: the ballot, its projects, who voted, and how it was counted."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from budget.enums import BallotRule, ProjectJudgement, VoteOrigin
from budget.method import CHOOSE_PROJECTS
from trajecten.enums import Moderation, ParticipantKind
from trajecten.models import Area, Contribution, MunicipalityOwned, Participant, Trajectory
from trajecten.models.tokens import new_token
from trajecten.rules import is_adviser, is_coordinator, is_handler, is_official


class ProjectBallot(MunicipalityOwned):
    """One vote on projects. ``budget`` is in whole euro.

    Residents propose projects until and including ``proposals_until``; without it only officials enter them. From
    ``opened_at`` on its projects do not change any more, and it takes votes until and including ``closes_on`` or until
    it is closed before. ``counted_at`` is when it was counted; from then on nobody knows who voted.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="project_ballots")
    title = models.CharField(_("title"), max_length=120)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    budget = models.PositiveBigIntegerField(_("amount in euro"))
    rule = models.CharField(
        _("how it is counted"), max_length=12, choices=BallotRule, default=BallotRule.EQUAL_SHARES
    )
    allows_guests = models.BooleanField(_("also without an account"), default=True)
    proposals_until = models.DateField(_("residents propose until and including"), null=True, blank=True)
    opens_on = models.DateField(_("voting begins on"), null=True, blank=True)
    closes_on = models.DateField(_("voting ends on"))
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)

    class Meta:
        verbose_name = _("vote on projects")
        verbose_name_plural = _("votes on projects")
        ordering = ["-id"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_adviser,
            "change": is_coordinator | is_adviser,
            "count": is_coordinator,
            "type": is_coordinator | is_handler,
        }
        indexes = [models.Index(fields=["municipality", "-id"], name="project_ballot_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(budget__gt=0), name="project_ballot_has_budget"),
            models.CheckConstraint(
                condition=Q(counted_at__isnull=True) | Q(opened_at__isnull=False),
                name="project_ballot_counted_was_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def takes_projects(self) -> bool:
        """Whether residents can propose a project now."""
        in_time = self.proposals_until is not None and timezone.localdate() <= self.proposals_until
        return in_time and self.opened_at is None and self.trajectory.allows(CHOOSE_PROJECTS)

    @property
    def takes_votes(self) -> bool:
        """Whether one can vote now, or change one's vote."""
        return self.opened_at is not None and not self.is_over and self.trajectory.allows(CHOOSE_PROJECTS)

    @property
    def is_over(self) -> bool:
        """Whether voting has ended, by its day or because somebody closed it before."""
        return self.closed_at is not None or (
            self.opened_at is not None and timezone.localdate() > self.closes_on
        )


class ProjectQuerySet(models.QuerySet["BallotProject"]):
    def on_ballot(self) -> "ProjectQuerySet":
        """Those that one can vote for: feasible, with a cost, and open to be read."""
        feasible = Q(judgement=ProjectJudgement.FEASIBLE, cost__isnull=False)
        return self.filter(feasible, moderation=Moderation.PUBLISHED)

    def for_everybody(self) -> "ProjectQuerySet":
        """Those that everybody may read, also when they can't be carried out."""
        return self.filter(moderation=Moderation.PUBLISHED, confirmed_at__isnull=False)

    def with_names(self) -> "ProjectQuerySet":
        """With what a row of a list shows, without boundaries."""
        return self.select_related("area", "author", "ballot").defer("area__geometry")


class BallotProject(Contribution):
    """A project to vote on, proposed by a resident (``author``) or entered by an official. ``text`` says what it is.

    ``number`` is its own within the ballot, given in the order in which projects came, and breaks ties. ``estimate`` is
    what the proposer thinks that it costs, ``cost`` what officials judged; both in whole euro. ``token`` opens the
    proposer's own page. A guest who did not confirm by mail (``confirmed_at``) has proposed nothing yet.
    """

    ballot = models.ForeignKey(
        ProjectBallot, on_delete=models.PROTECT, related_name="projects", db_index=False
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=100)
    estimate = models.PositiveBigIntegerField(_("what you think that it costs"), null=True, blank=True)
    cost = models.PositiveBigIntegerField(_("cost in euro"), null=True, blank=True)
    judgement = models.CharField(
        _("can it be carried out"), max_length=12, choices=ProjectJudgement, default=ProjectJudgement.WAITING
    )
    reason = models.TextField(_("why"), max_length=1000, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    objects: Any = ScopedManager(models.Manager.from_queryset(ProjectQuerySet), municipality="municipality")

    class Meta:
        verbose_name = _("project to vote on")
        verbose_name_plural = _("projects to vote on")
        ordering = ["number"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_handler | is_adviser,
            "change": is_coordinator | is_handler | is_adviser,
            "judge": is_coordinator | is_handler,
        }
        indexes = [
            models.Index(fields=["municipality", "-id"], name="ballot_project_newest"),
            models.Index(
                fields=["created_at"],
                name="ballot_project_unconfirmed",
                condition=Q(confirmed_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "number"], name="ballot_project_number_once"),
            models.CheckConstraint(condition=~Q(title=""), name="ballot_project_has_title"),
            models.CheckConstraint(
                condition=~Q(judgement="feasible") | Q(cost__isnull=False),
                name="ballot_project_feasible_costs",
            ),
            models.CheckConstraint(
                condition=~Q(judgement="not_feasible") | ~Q(reason=""),
                name="ballot_project_refused_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectVote(MunicipalityOwned):
    """One person's ballot paper: ``choices`` are the numbers of the projects. It is gone once the vote is counted.

    ``participant`` is nobody for one on paper, which has the number that was written on it instead, so that none is
    typed twice. ``area`` and ``kind`` are those of the person then, for the turnout. Who typed a mail address votes
    when that address confirms it (``confirmed_at``). ``token`` opens the own page.
    """

    ballot = models.ForeignKey(ProjectBallot, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="project_votes"
    )
    choices = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    origin = models.CharField(max_length=6, choices=VoteOrigin, default=VoteOrigin.PORTAL)
    paper = models.PositiveIntegerField(_("number on the paper"), null=True, blank=True)
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=ParticipantKind, blank=True)
    token = models.CharField(max_length=40, default=new_token, unique=True, editable=False)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("ballot paper")
        verbose_name_plural = _("ballot papers")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["asked_at"], name="project_vote_unconfirmed", condition=Q(confirmed_at__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "participant"], name="project_vote_once_a_person"),
            models.UniqueConstraint(fields=["ballot", "paper"], name="project_vote_paper_once"),
            models.CheckConstraint(
                condition=Q(origin="paper", paper__isnull=False, participant__isnull=True)
                | Q(origin="portal", paper__isnull=True),
                name="project_vote_paper_is_nobodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.pk}"


class BallotResult(MunicipalityOwned):
    """How ballots were counted, frozen under a number. Never changed.

    ``file`` is the checkable file (Pabulib's .pb), its voters numbered anew in an order drawn by lot; ``sha256`` that
    of its bytes. An election held elsewhere has no ``ballot`` and keeps no file: only what came of it. ``outcome`` is
    as ``budget.domain.ballots.counting`` makes it, ``turnout`` as ``turnout`` does.
    """

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="ballot_results")
    ballot = models.OneToOneField(
        ProjectBallot, on_delete=models.PROTECT, null=True, blank=True, related_name="result"
    )
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    rule = models.CharField(_("how it was counted"), max_length=12, choices=BallotRule)
    file = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    outcome = models.JSONField()
    turnout = models.JSONField(default=dict)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("result of a vote on projects")
        verbose_name_plural = _("results of votes on projects")
        ordering = ["-number"]
        rules_permissions = {
            "view": is_official | is_adviser,
            "add": is_coordinator | is_adviser,
            "promise": is_coordinator,
        }
        constraints = [
            models.UniqueConstraint(fields=["trajectory", "number"], name="ballot_result_number_once"),
            models.CheckConstraint(
                condition=Q(ballot__isnull=True, file="") | (Q(ballot__isnull=False) & ~Q(file="")),
                name="ballot_result_keeps_own_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"
