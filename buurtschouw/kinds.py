"""What a melding, a compliment and an idea are on this portal: what may become of each, and the words for it.

A compliment is passed on to the team that it is about, with thanks: nothing is promised on it, and nobody is asked
whether it is solved. An idea is answered like a report, and lives on besides (``domain.ideas``). Each of the three
waits for an answer within the same term.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from buurtschouw.enums import TRANSITIONS, ReportKind, ReportStatus
from trajecten.enums import VerdictValue

Words = str | Promise

# A compliment is read, and passed on within the municipality or to another organisation; two may be handled as one.
COMPLIMENT_TRANSITIONS: Mapping[str, frozenset[str]] = {
    ReportStatus.NEW: frozenset({"acknowledged", "done", "forwarded", "merged"}),
    ReportStatus.ACKNOWLEDGED: frozenset({"acknowledged", "done", "forwarded", "merged"}),
    ReportStatus.DONE: frozenset({"acknowledged"}),
    ReportStatus.FORWARDED: frozenset({"acknowledged"}),
    ReportStatus.MERGED: frozenset(),
}


@dataclass(frozen=True)
class Kind:
    """One kind of report. ``statuses`` are the names of statuses that read otherwise than those of a melding.

    ``asks_verdict``: who reported says in the end what they think of it. ``can_be_promised``: it asks for something.
    ``numbered`` wants ``number``, the three ``counted`` want ``n``.
    """

    transitions: Mapping[str, frozenset[str]]
    numbered: Words
    arrived: Words
    said: Words
    own: Words
    support_question: Words
    support: Words
    supported: Words
    counted: Words
    counted_sentence: Words
    counted_others: Words
    sent_in: Words
    done: Words
    not_done: Words
    question: Words = ""
    again: Words = ""
    came_back: Words = ""
    verdicts: Mapping[str, tuple[Words, Words]] = field(default_factory=dict)
    statuses: Mapping[str, Words] = field(default_factory=dict)

    @property
    def answers(self) -> Mapping[str, frozenset[str]]:
        """Where an answer may lead: merging is an act of its own, and so is undoing it."""
        return {before: after - {ReportStatus.MERGED} for before, after in self.transitions.items()}

    @property
    def asks_verdict(self) -> bool:
        return bool(self.question)

    @property
    def can_be_promised(self) -> bool:
        return any(ReportStatus.PLANNED in after for after in self.transitions.values())

    def status(self, status: str) -> Words:
        """The name of a status, as it reads for this kind."""
        return self.statuses.get(status, ReportStatus(status).label)


KINDS: Mapping[str, Kind] = {
    ReportKind.PROBLEM: Kind(
        transitions=TRANSITIONS,
        numbered=_("Report %(number)s"),
        arrived=_("Thank you, your report has arrived"),
        said=_("What was reported"),
        own=_("What you reported"),
        support_question=_("Do you see this too?"),
        support=_("I support this report"),
        supported=_("You support this report."),
        counted=ngettext_lazy("%(n)d person sees this too", "%(n)d people see this too", "n"),
        counted_sentence=ngettext_lazy("%(n)d person sees this too.", "%(n)d people see this too.", "n"),
        counted_others=ngettext_lazy(
            "%(n)d other person sees this too.", "%(n)d other people see this too.", "n"
        ),
        sent_in=_("Reported"),
        done=_("Done, says the municipality"),
        not_done=_("The municipality does not do this"),
        question=_("Is it solved?"),
        again=_("If you say no, your report is opened again."),
        came_back=_("Back: not solved"),
        verdicts={
            VerdictValue.YES: (_("Solved, says the reporter"), _("solved")),
            VerdictValue.PARTLY: (_("Partly solved, says the reporter"), _("partly solved")),
            VerdictValue.NO: (_("Not solved, says the reporter"), _("not solved")),
        },
    ),
    ReportKind.COMPLIMENT: Kind(
        transitions=COMPLIMENT_TRANSITIONS,
        numbered=_("Compliment %(number)s"),
        arrived=_("Thank you, your compliment has arrived"),
        said=_("What is good here"),
        own=_("Your compliment"),
        support_question=_("Do you think so too?"),
        support=_("I think so too"),
        supported=_("You said that you think so too."),
        counted=ngettext_lazy("%(n)d person thinks so too", "%(n)d people think so too", "n"),
        counted_sentence=ngettext_lazy("%(n)d person thinks so too.", "%(n)d people think so too.", "n"),
        counted_others=ngettext_lazy(
            "%(n)d other person thinks so too.", "%(n)d other people think so too.", "n"
        ),
        sent_in=_("Compliment given"),
        done=_("Passed on, with thanks"),
        not_done=_("The municipality does not do this"),
        statuses={ReportStatus.DONE: _("passed on, with thanks")},
    ),
    ReportKind.IDEA: Kind(
        transitions=TRANSITIONS,
        numbered=_("Idea %(number)s"),
        arrived=_("Thank you, your idea has arrived"),
        said=_("The idea"),
        own=_("Your idea"),
        support_question=_("Is this a good idea?"),
        support=_("Good idea"),
        supported=_("You said that this is a good idea."),
        counted=ngettext_lazy("%(n)d person says: good idea", "%(n)d people say: good idea", "n"),
        counted_sentence=ngettext_lazy("%(n)d person says: good idea.", "%(n)d people say: good idea.", "n"),
        counted_others=ngettext_lazy(
            "%(n)d other person says: good idea.", "%(n)d other people say: good idea.", "n"
        ),
        sent_in=_("Idea sent in"),
        done=_("Done, says the municipality"),
        not_done=_("The municipality does not do this"),
        question=_("Are you content with what was done with your idea?"),
        again=_("If you say no, your idea is opened again."),
        came_back=_("Back: not content"),
        verdicts={
            VerdictValue.YES: (_("Content, says who had the idea"), _("content")),
            VerdictValue.PARTLY: (_("Partly content, says who had the idea"), _("partly content")),
            VerdictValue.NO: (_("Not content, says who had the idea"), _("not content")),
        },
    ),
}
