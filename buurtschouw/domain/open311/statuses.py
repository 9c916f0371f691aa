"""What a status of ours is called in Open311, and what a status of Open311 is here."""

from buurtschouw.enums import OPEN, ReportStatus

# Of a request there are two.
REQUEST_STATUSES = ("open", "closed")

# Of an update: what is told of an answer that brought a report to this status; a question is for its reporter alone.
TOLD = {
    ReportStatus.NEW: "open",
    ReportStatus.ACKNOWLEDGED: "investigating",
    ReportStatus.PLANNED: "action_scheduled",
    ReportStatus.IN_PROGRESS: "in_progress",
    ReportStatus.DONE: "fixed",
    ReportStatus.NOT_DONE: "no_further_action",
    ReportStatus.FORWARDED: "not_councils_responsibility",
}

# What another system tells us. It looks at it, also again.
_LOOKED_AT = ("open", "reopen", "for_triage", "investigating", "internal_referral")
# It says something to officials only, and nothing changes.
UNCHANGED = "unchanged"
# It has planned it: then there has to be a day.
PLANNED = ("planned", "action_scheduled")
_HEARD = {
    **dict.fromkeys(_LOOKED_AT, ReportStatus.ACKNOWLEDGED),
    **dict.fromkeys(PLANNED, ReportStatus.PLANNED),
    "in_progress": ReportStatus.IN_PROGRESS,
    **dict.fromkeys(("fixed", "closed"), ReportStatus.DONE),
    **dict.fromkeys(
        ("duplicate", "no_further_action", "cancelled", "not_councils_responsibility"), ReportStatus.NOT_DONE
    ),
}
UPDATE_STATUSES = (*_HEARD, UNCHANGED)


def of_request(status: str) -> str:
    """Open or closed."""
    return REQUEST_STATUSES[0] if status in OPEN else REQUEST_STATUSES[1]


def heard(told: str, now: str) -> ReportStatus:
    """The status that an update asks for, of a report with the status ``now``; ``told`` is one of ``_HEARD``.

    What is planned or being done already is not put back to being looked at.
    """
    asked = _HEARD[told]
    if asked == ReportStatus.ACKNOWLEDGED and now in (ReportStatus.PLANNED, ReportStatus.IN_PROGRESS):
        return ReportStatus(now)
    return asked
