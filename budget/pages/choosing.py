"""What choosing themes and asking questions add to the shared pages."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from budget.domain.choosing import programmes
from budget.method import ANALYSE, ASK, CHOOSE_THEMES, METHOD
from budget.models import BudgetQuestion, ThemeBallot
from budget.pages.part import Part
from trajecten.domain.chain import SKIPPED, TODO, Link, chain, short_day
from trajecten.domain.promises import chains
from trajecten.enums import TrajectoryStatus
from trajecten.models import Enrolment, Municipality, Participant, Trajectory
from trajecten.registry import Result, Way

MINE = 50
WORDS = 12


def ways(municipality: Municipality) -> Iterator[Way]:
    """Choosing themes where that is open; otherwise following a budget that residents look at."""
    running = Trajectory.objects.filter(method_key=METHOD.key, status=TrajectoryStatus.RUNNING)
    for trajectory in running.order_by("pk"):
        if trajectory.allows(CHOOSE_THEMES):
            title, name, rank = _("Choose what the municipality spends its money on"), "themes", 25
        else:
            title, name, rank = _("Have a say in the budget"), "route", 60
        url = _url(name, municipality.slug, pk=trajectory.pk)
        yield Way(title, trajectory.title, url, "euro", rank=rank)


def results(municipality: Municipality) -> Iterator[Result]:
    """Questions that were answered last."""
    rows = BudgetQuestion.objects.filter(moderation="published", answered_at__isnull=False)
    found = list(rows.select_related("commitment").order_by("-answered_at")[:4])
    yield from _shown(municipality, found, own=False)


def mine(municipality: Municipality, participant: Participant) -> Iterator[Result]:
    """The participant's own questions and choices of themes, each to its own page."""
    rows = BudgetQuestion.objects.filter(author=participant).select_related("commitment")
    yield from _shown(municipality, list(rows.order_by("-pk")[:MINE]), own=True)
    ballots = ThemeBallot.objects.filter(participant=participant, confirmed_at__isnull=False)
    for ballot in ballots.select_related("trajectory").order_by("-pk")[:MINE]:
        url = _url("theme-ballot", municipality.slug, token=ballot.token)
        said = chain(
            said=Link("done", short_day(ballot.confirmed_at)),
            promised=SKIPPED,
            decided=SKIPPED,
            done=SKIPPED,
            verdict=SKIPPED,
        )
        yield Result(_("Themes that you chose"), ballot.trajectory.title, url, said, ballot.confirmed_at)


def _shown(municipality: Municipality, found: list[BudgetQuestion], *, own: bool) -> Iterator[Result]:
    links = chains.chains_of(row.commitment for row in found if row.commitment)
    for row in found:
        name = "question-own" if own else "question"
        key = {"token": row.token} if own else {"pk": row.pk}
        asked = chain(
            said=Link("done", short_day(row.created_at)),
            promised=TODO,
            decided=SKIPPED,
            done=TODO,
            verdict=TODO,
        )
        yield Result(
            _("Question about the budget"),
            Truncator(row.text).words(WORDS),
            _url(name, municipality.slug, **key),
            links[row.commitment_id] if row.commitment_id else asked,
            row.created_at if own else row.answered_at,
        )


def enrolled(enrolment: Enrolment) -> Iterator[tuple[str, str]]:
    """Choosing themes, telling what one found of a programme, and asking questions, by the secret of the own page."""
    trajectory, token = enrolment.trajectory, enrolment.token
    if trajectory.method_key != METHOD.key or not trajectory.open_step:
        return
    slug = trajectory.municipality.slug
    if trajectory.allows(CHOOSE_THEMES):
        yield _("Choose what you find important"), _url("themes-member", slug, token=token)
    if trajectory.allows(ANALYSE):
        for choice in programmes.chosen(trajectory):
            told = _("Add what you found about “%(programme)s”") % {"programme": choice.programme.name}
            yield told, _url("programme-member", slug, token=token, programme=choice.programme_id)
    if trajectory.allows(ASK):
        yield _("Ask a question about the budget"), _url("ask-member", slug, token=token)


def _url(name: str, slug: str, **parts: object) -> str:
    return reverse(f"budget:{name}", kwargs={"gemeente": slug, **parts})


PART = Part(
    ways=ways,
    results=results,
    mine=mine,
    enrolled=enrolled,
)
