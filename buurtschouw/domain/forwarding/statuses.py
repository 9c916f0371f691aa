"""What the statuses of other systems mean here, and how they are called.

Signalen: the public interface says ``OPEN`` or ``CLOSED``; older versions, and those that say more, its codes of the
workflow. Open311: ``open`` and ``closed``, and the statuses of the extension for updates, in capitals or not.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from buurtschouw.enums import Phase, System

# What is said of everything that is open is no news.
PLAIN = frozenset({"", "open", "m", "unchanged"})

_Words = tuple[Phase, str | Promise]

_SIGNALEN: Mapping[str, _Words] = {
    "open": (Phase.OPEN, _("open")),
    "closed": (Phase.DONE, _("closed")),
    "m": (Phase.OPEN, _("reported")),
    "i": (Phase.OPEN, _("waits to be handled")),
    "b": (Phase.OPEN, _("in progress")),
    "h": (Phase.OPEN, _("on hold")),
    "ingepland": (Phase.OPEN, _("planned")),
    "reopened": (Phase.OPEN, _("open again")),
    "closure requested": (Phase.OPEN, _("almost finished")),
    "reopen requested": (Phase.OPEN, _("asked to open it again")),
    "reaction requested": (Phase.OPEN, _("waits for an answer")),
    "reaction received": (Phase.OPEN, _("an answer came in")),
    "forward to external": (Phase.OPEN, _("passed on")),
    "ready to send": (Phase.OPEN, _("passed on")),
    "sent": (Phase.OPEN, _("passed on")),
    "send failed": (Phase.OPEN, _("passed on")),
    "done external": (Phase.OPEN, _("almost finished")),
    "o": (Phase.DONE, _("finished")),
    "s": (Phase.DONE, _("split up into several reports")),
    "a": (Phase.DECLINED, pgettext_lazy("status of another system", "cancelled")),
}

_OPEN311: Mapping[str, _Words] = {
    "open": (Phase.OPEN, _("open")),
    "unchanged": (Phase.OPEN, _("open")),
    "in_progress": (Phase.OPEN, _("in progress")),
    "planned": (Phase.OPEN, _("planned")),
    "action_scheduled": (Phase.OPEN, _("planned")),
    "investigating": (Phase.OPEN, _("being looked into")),
    "internal_referral": (Phase.OPEN, _("passed on")),
    "for_triage": (Phase.OPEN, _("waits to be handled")),
    "reopen": (Phase.OPEN, _("open again")),
    "closed": (Phase.DONE, _("closed")),
    "fixed": (Phase.DONE, _("finished")),
    "duplicate": (Phase.DECLINED, _("known already under another number")),
    "not_councils_responsibility": (Phase.DECLINED, _("not theirs to do")),
    "no_further_action": (Phase.DECLINED, _("nothing more is done")),
    "cancelled": (Phase.DECLINED, pgettext_lazy("status of another system", "cancelled")),
}

_OF = {System.SIGNALEN.value: _SIGNALEN, System.OPEN311.value: _OPEN311}


def is_known(system: str, status: str) -> bool:
    return status.lower() in _OF[system]


def phase_of(system: str, status: str) -> Phase:
    """What it means. A status that nobody knows means open still: nothing is closed by a misunderstanding."""
    return _OF[system].get(status.lower(), (Phase.OPEN, ""))[0]


def words_of(system: str, status: str) -> str:
    """How it is called; one that nobody knows by its own name."""
    return str(_OF[system].get(status.lower(), (Phase.OPEN, status))[1])
