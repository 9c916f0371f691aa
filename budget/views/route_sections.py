"""What came out of the first steps so far, for the route on one page.

Each section asks the database a fixed number of times.
"""

from django.db.models import Count, Q
from django.http import HttpRequest

from budget.domain.choosing import cards, counting, programmes
from budget.models import BudgetQuestion, ProgrammeNote
from trajecten.enums import Moderation
from trajecten.models import Trajectory
from trajecten.views.trajectories.section import Section


def themes(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """Which themes were chosen and why, and how many people voted."""
    chosen = list(cards.chosen(trajectory))
    voters = counting.voters(trajectory)
    if not chosen and not voters:
        return None
    return Section("budget/route/_themes.html", {"chosen": chosen, "voters": voters})


def chosen_programmes(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """Which programmes are looked at further, and why."""
    chosen = list(programmes.chosen(trajectory))
    return Section("budget/route/_programmes.html", {"chosen": chosen}) if chosen else None


def analysis(request: HttpRequest, trajectory: Trajectory) -> Section | None:
    """How many questions were asked and answered, and how much was noted."""
    public = {"trajectory": trajectory, "moderation": Moderation.PUBLISHED}
    asked = BudgetQuestion.objects.filter(**public).aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False))
    )
    notes = ProgrammeNote.objects.filter(**public).count()
    if not asked["asked"] and not notes:
        return None
    return Section("budget/route/_analysis.html", {**asked, "notes": notes})
