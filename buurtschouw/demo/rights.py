"""The demo's part about rights: reports of abuse, a text that was hidden, who looked at what, an invitation."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import scope

from buurtschouw.enums import ReportKind
from buurtschouw.models import Report
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain import lookups, participants
from trajecten.domain.moderation import abuse, deciding, objecting
from trajecten.domain.staffing import inviting
from trajecten.enums import AbuseReason, HideReason, Moderation, Role
from trajecten.models import AbuseReport, Municipality

NEW_COLLEAGUE = "wijkcoach.polderwijk@example.org"
LOOKED_AT = 9


def load(past: Past) -> None:
    """Add it once, to the reports of Polderwijk that there are."""
    municipality = people.municipality(people.POLDERWIJK)
    with scope(municipality=municipality):
        if AbuseReport.objects.exists():
            return
        _keep_settings(municipality)
        now = timezone.now()
        public = list(_of_people(Moderation.PUBLISHED)[:4])
        if len(public) == 4:
            _report_abuse(municipality, public[:2], now, past)
            _hide(public[2:], now, past)
        _look(now, past)
        with past.at(now - timedelta(days=2)):
            inviting.invite(
                municipality=municipality,
                email=NEW_COLLEAGUE,
                name="Yara Hoekwater",
                role=Role.HANDLER,
                by=people.account("coordinator.polderwijk"),
            )


def _of_people(moderation: Moderation) -> QuerySet[Report]:
    """Reports of people with an address, the newest first."""
    rows = Report.objects.filter(kind=ReportKind.PROBLEM, moderation=moderation, author__email__isnull=False)
    return (
        rows.select_related("municipality", "author")
        .defer("municipality__boundary", "search")
        .order_by("-pk")
    )


def _keep_settings(municipality: Municipality) -> None:
    """What Polderwijk chose itself: mails are kept shorter than usual, an initiative needs more signatures."""
    municipality.retention_days = {"trajecten.mails": 60}
    municipality.thresholds = {"initiative_signatures": 75}
    municipality.save(update_fields=["retention_days", "thresholds"])


def _report_abuse(municipality: Municipality, reports: list[Report], now: datetime, past: Past) -> None:
    """Two on the first report, one on the second; nobody has looked yet."""
    neighbour = participants.guest(municipality=municipality, email="buurvrouw@example.org", language="nl")
    first, second = reports
    said = (
        (first, AbuseReason.PERSONAL, "Hier staat wie er op nummer 12 woont.", neighbour),
        (first, AbuseReason.PERSONAL, "", None),
        (second, AbuseReason.UNTRUE, "Die bank staat er al jaren niet meer.", None),
    )
    for hours, (report, reason, words, by) in enumerate(said, start=3):
        with past.at(now - timedelta(hours=hours)):
            abuse.report(contribution=report, reason=reason, words=words, by=by, device=f"demo-{hours}")


def _hide(reports: list[Report], now: datetime, past: Past) -> None:
    """One author does not agree and waits for an answer; another got it."""
    handler, coordinator = people.account("behandelaar.polderwijk"), people.account("coordinator.polderwijk")
    waiting, answered = reports
    with past.at(now - timedelta(days=6)):
        deciding.hide(
            contribution=answered,
            by=handler,
            reason=HideReason.INSULT,
            words="U noemt de medewerkers van de buitendienst lui. Zonder die zin mag het openbaar.",
        )
    with past.at(now - timedelta(days=5)):
        objection = objecting.object_to_hiding(contribution=answered, words="Zo bedoelde ik het niet.")
    with past.at(now - timedelta(days=4)):
        objecting.answer(
            objection=objection,
            by=coordinator,
            is_granted=False,
            words="Dat geloof ik. Toch leest het zo. Meld het gerust opnieuw, zonder die zin.",
        )
    with past.at(now - timedelta(days=1)):
        deciding.hide(
            contribution=waiting, by=handler, reason=HideReason.PERSONAL, words="Er staat een naam in."
        )
    with past.at(now - timedelta(hours=8)):
        objecting.object_to_hiding(
            contribution=waiting, words="Dat is de naam van de speeltuin, niet van een mens."
        )


def _look(now: datetime, past: Past) -> None:
    """Officials opened reports in the last days."""
    officials = [people.account(f"{name}.polderwijk") for name in ("behandelaar", "groen", "verkeer")]
    for place, report in enumerate(Report.objects.filter(author__isnull=False).order_by("-pk")[:LOOKED_AT]):
        with past.at(now - timedelta(hours=5 * place + 1)):
            lookups.record(target=report, by=officials[place % len(officials)])
