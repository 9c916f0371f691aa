"""Reports of abuse: somebody says that a contribution should not be there."""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from trajecten.domain import activities
from trajecten.domain.telling import notify
from trajecten.enums import AbuseReason, Moderation
from trajecten.models import AbuseReport, Contribution, Participant, User
from trajecten.refusals import Refused

HANDLED = "trajecten.abuse_handled"


class AbuseRefused(Refused):
    """It can't be reported; the message says why. ``field`` says where something is missing, if anywhere."""


def open_on(target: Contribution) -> QuerySet[AbuseReport]:
    """What nobody has looked at yet, oldest first."""
    kind = ContentType.objects.get_for_model(target)
    return AbuseReport.objects.filter(
        content_type=kind, object_id=target.pk, handled_at__isnull=True
    ).order_by("id")


@transaction.atomic
def report(
    *, contribution: Contribution, reason: str, words: str, by: Participant | None, device: str
) -> AbuseReport:
    """Report a contribution. The same device again, while nobody has looked yet, gives the first report.

    It stays public until an official decides. Refused (``AbuseRefused``) for what is hidden already, and without
    words where the reason says nothing by itself.
    """
    if contribution.moderation == Moderation.HIDDEN:
        raise AbuseRefused(_("This text is hidden already. You do not have to report it any more."))
    if reason == AbuseReason.OTHER and not words.strip():
        raise AbuseRefused(_("Write down what is wrong with it."), field="words")
    made = AbuseReport(
        municipality_id=contribution.municipality_id,
        target=contribution,
        reason=reason,
        words=words.strip(),
        reporter=by,
        device=device,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        return open_on(contribution).get(device=device)
    activities.record(verb="abuse_reported", target=contribution, by=by)
    return made


def close(*, contribution: Contribution, by: User | None) -> int:
    """Handle all open reports on it with the decision that was just made. Who left an address hears the outcome.

    Call it within the transaction of the decision. Returns how many.
    """
    found = list(open_on(contribution).select_for_update(of=("self",)).select_related("reporter"))
    AbuseReport.objects.filter(pk__in=[row.pk for row in found]).update(
        handled_at=timezone.now(), handled_by=by
    )
    for row in found:
        if row.reporter and row.reporter.can_be_told:
            notify.owe(
                key=HANDLED,
                to=row.reporter,
                municipality=contribution.municipality,
                about=row,
                delivery_key=f"{HANDLED}:{row.pk}",
                context={"outcome": contribution.moderation},
            )
    return len(found)
