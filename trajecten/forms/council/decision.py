"""The decision on a council item, line by line."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trajecten import money
from trajecten.domain.council import behind, checking, decisions
from trajecten.domain.council.decisions import Decision, Judged, NewPromise, Settled
from trajecten.enums import COMMITMENT_TRANSITIONS, COUNCIL_DECIDED, CommitmentStatus, LineDecision
from trajecten.forms.amounts import WholeAmountField
from trajecten.forms.council.items import MAX_TEXT, VersionForm, capitalised, day_field
from trajecten.forms.deadlines import DeadlineField
from trajecten.models import Commitment, CouncilItem, CouncilLine, User

OUTCOMES = (CommitmentStatus.DONE, CommitmentStatus.PARTLY, CommitmentStatus.BROKEN)


@dataclass
class Part:
    """The fields on one point, or on the whole, as the page groups them."""

    line: CouncilLine | None = None
    fields: list[forms.BoundField] = field(default_factory=list)
    promise: list[forms.BoundField] = field(default_factory=list)

    @property
    def promise_is_open(self) -> bool:
        """Whether something stands in the fields of the promise, so that they have to be seen."""
        return any(each.value() or each.errors for each in self.promise)


def _words(label: Any, rows: int = 2, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class DecisionForm(VersionForm):
    """What was decided on each point, or on the whole where there are none, and what follows from it.

    What is missing is said by the domain, at its place. Once decided it is a correction, which asks why.
    """

    decided_on = day_field(label=_("Decided on"))

    def __init__(self, *args: Any, item: CouncilItem, officials: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.officials = item, officials
        self.lines = list(item.lines.select_related("commitment"))
        self.standing = [promise for promise in behind.promises(item) if _may_settle(promise)]
        self.fields["version"].initial = item.version
        self.fields["decided_on"].initial = item.decided_on or _meeting_day(item)
        self._add_fields()

    def _add_fields(self) -> None:
        for line in self.lines:
            self._add_line(line)
        if not self.lines:
            choices = [(value, value.label) for value in COUNCIL_DECIDED]
            self.fields["outcome"] = _choice(_("What was decided?"), choices)
            self.fields["outcome"].initial = self.item.status if self.item.is_decided else None
        self.fields["reason"] = _words(
            _("Why, in plain words?"),
            4,
            help_text=_("Needed when it was not adopted as it was. Everybody behind it reads this."),
        )
        self.fields["reason"].initial = self.item.reason
        if not self.lines:
            self._add_promise("", self.item.commitment)
        for promise in self.standing:
            self.fields[f"settle_{promise.pk}"] = _settling(promise)
        if self.item.round:
            self.fields["why_corrected"] = _words(
                _("Why is the decision corrected?"), help_text=_("The earlier one stays to be read.")
            )

    def _add_line(self, line: CouncilLine) -> None:
        said = [value for value in LineDecision.values if value != LineDecision.PENDING]
        choices = [(value, decisions.label(value, line.amount)) for value in said]
        number = line.number
        self.fields[f"decision_{number}"] = _choice(
            gettext("What was decided on point %(n)s?") % {"n": number}, choices
        )
        if line.decision != LineDecision.PENDING:
            self.fields[f"decision_{number}"].initial = line.decision
        if line.amount is not None:
            self.fields[f"amount_{number}"] = _amount(number, line.amount)
            self.fields[f"amount_{number}"].initial = line.adopted_amount
        self.fields[f"changed_text_{number}"] = _words(
            gettext("Point %(n)s as it was adopted") % {"n": number}, help_text=_("Only in other words.")
        )
        self.fields[f"changed_text_{number}"].initial = decisions.own_words(line)
        self.fields[f"reason_{number}"] = _words(
            gettext("Why, at point %(n)s") % {"n": number}, help_text=_("Unless it was adopted as it was.")
        )
        self.fields[f"reason_{number}"].initial = line.reason
        self._add_promise(f"_{number}", line.commitment)

    def _add_promise(self, suffix: str, standing: Commitment | None) -> None:
        """Not where a promise stands, save to give back one that was typed: then the domain says so there."""
        if checking.stands(standing) and not self.data.get(f"promise{suffix}"):
            return
        self.fields[f"promise{suffix}"] = _words(_("What is promised?"))
        self.fields[f"owner{suffix}"] = forms.ModelChoiceField(
            label=_("By whom?"), required=False, queryset=self.officials, empty_label=_("Choose a colleague")
        )
        self.fields[f"deadline{suffix}"] = DeadlineField(label=_("By when?"), required=False)

    def parts(self) -> list[Part]:
        """The fields of each point, in the order of the page."""
        return [self._part(f"_{line.number}", line) for line in self.lines]

    def whole(self) -> Part:
        """The fields on the whole."""
        return self._part("", None)

    def rest(self) -> list[forms.BoundField]:
        """What follows after the points: the reason, promises that were put to them, and why it is corrected."""
        names = ["decided_on", "reason", *(f"settle_{promise.pk}" for promise in self.standing)]
        return [self[name] for name in [*names, "why_corrected"] if name in self.fields]

    def _part(self, suffix: str, line: CouncilLine | None) -> Part:
        first = "decision" if line else "outcome"
        names = [f"{first}{suffix}", f"amount{suffix}", f"changed_text{suffix}"] + (
            [f"reason{suffix}"] if line else []
        )
        promise = [f"{name}{suffix}" for name in ("promise", "owner", "deadline")]
        return Part(
            line,
            [self[name] for name in names if name in self.fields],
            [self[name] for name in promise if name in self.fields],
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for suffix in ["", *(f"_{line.number}" for line in self.lines)]:
            self._check_promise(suffix)
        return given

    def _check_promise(self, suffix: str) -> None:
        """All of a promise, or nothing of it."""
        names = [f"{name}{suffix}" for name in ("promise", "owner", "deadline")]
        values = [self.cleaned_data.get(name) for name in names]
        if not any(values):
            return
        words = (_("Write down what is promised."), _("Choose who promises it."), _("Fill in by when."))
        for name, value, message in zip(names, values, words, strict=True):
            if not value and name not in self.errors:
                self.add_error(name, message)

    def decision(self) -> Decision:
        """What ``deciding.decide`` takes."""
        given = self.cleaned_data
        return Decision(
            decided_on=given["decided_on"],
            outcome=given.get("outcome", ""),
            reason=given["reason"],
            lines=[self._judged(line.number) for line in self.lines],
            promise=self._promise(""),
            settled=[
                Settled(promise, given[f"settle_{promise.pk}"])
                for promise in self.standing
                if given[f"settle_{promise.pk}"]
            ],
            why_corrected=given.get("why_corrected", ""),
        )

    def _judged(self, number: int) -> Judged:
        given = self.cleaned_data
        return Judged(
            number,
            given[f"decision_{number}"] or LineDecision.PENDING,
            given[f"changed_text_{number}"],
            given[f"reason_{number}"],
            self._promise(f"_{number}"),
            given.get(f"amount_{number}"),
        )

    def _promise(self, suffix: str) -> NewPromise | None:
        text = self.cleaned_data.get(f"promise{suffix}")
        if not text:
            return None
        owner, deadline = (self.cleaned_data[f"{name}{suffix}"] for name in ("owner", "deadline"))
        return NewPromise(text=text, owner=owner, deadline=deadline)

    def renewed(self, item: CouncilItem) -> "DecisionForm":
        """The same form with everything that was typed, for the item as it is now."""
        typed = {**self.data.dict(), "version": item.version}
        return DecisionForm(typed, item=item, officials=self.officials)


def _choice(label: Any, choices: list[tuple[Any, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=capitalised(choices),
        widget=forms.RadioSelect(attrs={"class": "portal-tiles"}),
    )


def _amount(number: int, asked: int) -> WholeAmountField:
    """What was adopted of the amount of a point. Less is asked for with a minus sign, as it stands in the point."""
    return WholeAmountField(
        label=gettext("Amount adopted on point %(n)s, in euro") % {"n": number},
        required=False,
        help_text=gettext("Only when it is another amount than was asked: %(asked)s.")
        % {"asked": money.change(asked)},
    )


def _settling(promise: Commitment) -> forms.ChoiceField:
    allowed = COMMITMENT_TRANSITIONS[promise.status]
    choices = [(value, value.label) for value in OUTCOMES if value in allowed]
    return forms.ChoiceField(
        label=gettext("Promise %(number)s: “%(text)s”") % {"number": promise.pk, "text": promise.text},
        required=False,
        choices=[("", gettext("Stays open")), *capitalised(choices)],
    )


def _may_settle(promise: Commitment) -> bool:
    return promise.is_open


def _meeting_day(item: CouncilItem) -> Any:
    today = timezone.localdate()
    return min(item.scheduled_for, today) if item.scheduled_for else today
