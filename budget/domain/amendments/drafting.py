"""Drafting the amendment: begun from the outcome, in words that people write on."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.domain.amendments import lines
from budget.domain.amendments.refusals import AmendmentChanged, AmendmentRefused
from budget.models import Amendment, Outcome
from trajecten import money
from trajecten.domain import activities
from trajecten.models import User

DRAFTED, CHANGED = "amendment_drafted", "amendment_changed"


@transaction.atomic
def draft(*, outcome: Outcome, by: User) -> Amendment:
    """Begin the amendment of a frozen outcome, with words to go on from. One that was begun already is given.

    Refused (``AmendmentRefused``): an interim count, and when residents together leave every line as it is.
    """
    outcome = (
        Outcome.objects.select_for_update(of=("self",)).select_related("round__budget").get(pk=outcome.pk)
    )
    begun = Amendment.objects.filter(outcome=outcome).first()
    if begun:
        return begun
    if outcome.was_open:
        raise AmendmentRefused(_("This is an interim count. Count again when the round has ended."))
    shifts = lines.shifts(outcome)
    if not shifts:
        raise AmendmentRefused(_("Together residents leave every line as it is. There is nothing to amend."))
    with translation.override(settings.LANGUAGE_CODE):
        title = _("The budget of residents for %(year)s") % {"year": outcome.round.budget.year}
        findings = _findings(outcome, lines.moved(shifts))
    amendment = Amendment.objects.create(
        municipality_id=outcome.municipality_id,
        outcome=outcome,
        title=title,
        findings=findings,
        considerations=_considerations(shifts),
        made_by=by,
    )
    activities.record(verb=DRAFTED, target=outcome, by=by, is_public=True)
    return amendment


def _findings(outcome: Outcome, moved: int) -> str:
    words = ngettext(
        "%(n)d person made an alternative to the budget of %(year)s that balances. Together they move %(moved)s from "
        "one line to another; counted on %(day)s, with the checksum %(sum)s.",
        "%(n)d people made an alternative to the budget of %(year)s that balances. Together they move %(moved)s from "
        "one line to another; counted on %(day)s, with the checksum %(sum)s.",
        outcome.residents,
    )
    return words % {
        "n": outcome.residents,
        "year": outcome.round.budget.year,
        "moved": money.whole(moved),
        "day": date_format(timezone.localtime(outcome.created_at), "j F Y"),
        "sum": outcome.sha256[:12],
    }


def _considerations(shifts: list[lines.Shift]) -> str:
    """What was written of the reasons, line by line; empty where nobody did yet."""
    return "\n\n".join(f"{shift.name}: {shift.line.summary}" for shift in shifts if shift.line.summary)


@transaction.atomic
def change(
    *, amendment: Amendment, by: User, version: int, title: str, findings: str, considerations: str
) -> Amendment:
    """Write the words anew. Raises ``AmendmentChanged`` when ``version`` is not the newest, and ``AmendmentRefused``
    once it was handed in."""
    amendment = lock(amendment)
    if amendment.council_item_id:
        raise AmendmentRefused(_("It has been handed in, and stays as it is."))
    if amendment.version != version:
        raise AmendmentChanged(amendment)
    amendment.title, amendment.findings = title.strip(), findings.strip()
    amendment.considerations = considerations.strip()
    amendment.version += 1
    amendment.save(update_fields=["title", "findings", "considerations", "version"])
    activities.record(verb=CHANGED, target=amendment.outcome, by=by)
    return amendment


def lock(amendment: Amendment) -> Amendment:
    """The newest row, locked, with its outcome."""
    rows = Amendment.objects.select_for_update(of=("self",))
    return rows.select_related("outcome__round__budget", "outcome__trajectory__municipality").get(
        pk=amendment.pk
    )
