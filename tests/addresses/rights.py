"""Rights and rules: my data, moderation, settings, officials, the log, and retention."""

from tests.addresses.row import EVERYBODY, Keys, Row, Things
from tests.factories.buurtschouw import ReportFactory
from tests.factories.core import (
    ConsentFactory,
    ModerationDecisionFactory,
    ObjectionFactory,
    ParticipantFactory,
    StaffInvitationFactory,
    StaffRoleFactory,
)
from trajecten import registry
from trajecten.domain.house_style import thresholds
from trajecten.domain.moderation import objecting

SETTINGS = {
    "accent": "#0b5351",
    "sun": "#f4b942",
    "welcome_title": "Welkom",
    "service_level_days": 4,
    **{f"keep_{rule.key.replace('.', '_')}": 365 for rule in registry.retention()},
    **{threshold.key: threshold.default for threshold in thresholds.THRESHOLDS},
}

# fmt: off
PORTAL: list[Row] = []
MUNICIPALITY: list[Row] = [
    # My data
    Row("my-data", "L++++++++"),
    Row("my-data-export", "L++++++++"),
    Row("my-data-consent", "L++++++++", "POST", body={"purpose": "contact", "choice": "withdraw"}),
    Row("my-data-erase", "L++++++++"),
    Row("my-data-erase", "L++++++++", "POST", body={"words": "public", "confirmation": "Polderwijk"}),
    # Moderation
    Row("report-abuse", EVERYBODY, of="contribution"),
    Row("report-abuse", EVERYBODY, "POST", of="contribution", body={"reason": "personal"}),
    Row("objection", EVERYBODY, of="objection"),
    Row("objection", EVERYBODY, "POST", of="objection", body={"words": "Er staan geen namen in."}),
    Row("moderation", "L..++x..+"),
    Row("moderation-csv", "L..++x..+"),
    Row("moderation-xlsx", "L..++x..+"),
    Row("moderation-read-first", "L..x+x..+"),
    Row("moderation-read-first", "L..x+x..+", "POST"),
    Row("moderation-item", "L..++x..+", of="contribution"),
    Row("moderation-publish", "L..++x..+", of="contribution"),
    Row("moderation-publish", "L..++x..+", "POST", of="contribution"),
    Row("moderation-hide", "L..++x..+", of="contribution"),
    Row("moderation-hide", "L..++x..+", "POST", of="contribution", body={"reason": "insult"}),
    Row("moderation-answer", "L..++x..+", of="hidden"),
    Row("moderation-answer", "L..x+x..+", "POST", of="hidden", body={"outcome": "granted", "answer": "Ja."}),
    # Settings
    Row("settings", "L..x+x..+"),
    Row("settings", "L..x+x..+", "POST", body=SETTINGS),
    Row("settings-colours", "L..x+x..+", query="?accent=%230b5351&sun=%23f4b942"),
    Row("settings-tried", EVERYBODY, query="?accent=%230b5351"),
    Row("logo", EVERYBODY),
    # Officials and the log
    Row("logbook", "L..x+x..+"),
    Row("logbook-csv", "L..x+x..+"),
    Row("logbook-xlsx", "L..x+x..+"),
    Row("staff", "L..x+x..+"),
    Row("staff-csv", "L..x+x..+"),
    Row("staff-xlsx", "L..x+x..+"),
    Row("staff-invite", "L..x+x..+"),
    Row("staff-invite", "L..x+x..+", "POST", body={"email": "nieuw@example.org", "role": "handler"}),
    Row("staff-invitation-withdraw", "L..x+x..+", "POST", of="staff_invitation"),
    Row("staff-official", "L..x+x..+", of="official"),
    Row("staff-official", "L..x+x..+", "POST", of="official", body={"roles": "clerk"}),
    Row("staff-revoke", "L..x+x..+", of="official"),
    Row("staff-revoke", "L..x+x..+", "POST", of="official"),
    Row("team-new", "L..x+x..+"),
    Row("team-new", "L..x+x..+", "POST", body={"name": "Buiten"}),
    Row("team-edit", "L..x+x..+", of="team"),
    Row("team-edit", "L..x+x..+", "POST", of="team", body={"name": "Binnen"}),
    Row("retention", "L..x+x..+"),
    Row("retention-csv", "L..x+x..+"),
    Row("retention-xlsx", "L..x+x..+"),
]
# fmt: on


def keys(things: Things) -> Keys:
    """A report that was hidden, with an objection to it, an official who was invited, and one who takes part."""
    report, municipality = things.report, things.schouw.municipality
    ConsentFactory(participant=ParticipantFactory(user=things.coordinator, email=things.coordinator.email))
    hidden = ReportFactory(schouw=things.schouw, category=things.category, hidden=True)
    ObjectionFactory(decision=ModerationDecisionFactory(target=hidden))
    invited = StaffInvitationFactory(
        user=StaffRoleFactory(municipality=municipality).user, municipality=municipality
    )
    return {
        "contribution": {"kind": report._meta.label_lower, "pk": report.pk},
        "hidden": {"kind": report._meta.label_lower, "pk": hidden.pk},
        "staff_invitation": {"pk": invited.pk},
        "official": {"pk": invited.user_id},
        "team": {"pk": things.category.team_id},
        "objection": {"token": objecting.token(report)},
    }
