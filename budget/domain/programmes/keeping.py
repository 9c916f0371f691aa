"""Keeping programmes: one with a form, or all of them from a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.domain.programmes.sharing import TakenTwice, Taking, taken_twice
from budget.models import Programme, ProgrammeShare
from trajecten.domain import activities
from trajecten.models import Municipality, User


@dataclass(frozen=True)
class Wanted:
    """A programme as it is to be kept; ``shares`` are parts from 0 to 1. ``texts`` are goal, approach and decides."""

    code: str
    name: str
    from_year: int
    until_year: int | None
    shares: Mapping[str, Decimal]
    texts: Mapping[str, str]

    def taking(self) -> Taking:
        return Taking(f"{self.code} {self.name}", self.from_year, self.until_year, self.shares)


class ProgrammeRefused(Exception):
    """Nothing was kept. ``reasons`` are texts by the field or the task field that they are about."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        super().__init__("; ".join(reasons.values()))
        self.reasons = dict(reasons)


class ProgrammeChanged(Exception):
    """Nothing was kept: meanwhile somebody else kept ``programme``."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(str(programme))
        self.programme = programme


@transaction.atomic
def keep(
    *,
    municipality: Municipality,
    by: User,
    programme: Programme | None,
    wanted: Wanted,
    version: int | None = None,
) -> Programme:
    """Keep a new programme or change one, with its shares in place of those that it had.

    Refused (``ProgrammeRefused``): the same number in the same first year twice, and task fields of which programmes
    take more than all in a year, naming the other programmes. Raises ``ProgrammeChanged`` when ``version`` is given
    and not the newest. Two at once take their turns.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    if programme:
        programme = Programme.objects.get(pk=programme.pk)
        if version not in (None, programme.version):
            raise ProgrammeChanged(programme)
    own = programme.pk if programme else None
    others = list(
        Programme.objects.filter(municipality=municipality).exclude(pk=own).prefetch_related("shares")
    )
    if any((other.code, other.from_year) == (wanted.code, wanted.from_year) for other in others):
        raise ProgrammeRefused({"code": _("There is a programme with this number from this year already.")})
    twice = taken_twice(wanted.taking(), map(_taking, others))
    if twice:
        raise ProgrammeRefused({one.task_field: too_much(one) for one in twice})
    return _keep(municipality, by, programme, wanted)


def _taking(programme: Programme) -> Taking:
    shares = {share.task_field: share.share for share in programme.shares.all()}
    return Taking(str(programme), programme.from_year, programme.until_year, shares)


def too_much(one: TakenTwice) -> str:
    """In words: which programmes take it too, and what is left."""
    if not one.others:
        return _("This programme takes a task field, and a part of it once more.")
    values = {
        "names": ", ".join(one.others),
        "year": one.year,
        "left": number_format((one.left * 100).normalize()),
    }
    return (
        ngettext(
            "In %(year)s %(names)s takes a part of this too. At most %(left)s %% is left.",
            "In %(year)s %(names)s take parts of this too. At most %(left)s %% is left.",
            len(one.others),
        )
        % values
    )


def _keep(municipality: Municipality, by: User, programme: Programme | None, wanted: Wanted) -> Programme:
    kept = programme or Programme(municipality=municipality, version=0)
    kept.version += 1
    own: dict[str, Any] = {"code": wanted.code, "name": wanted.name, **wanted.texts}
    for name, value in {**own, "from_year": wanted.from_year, "until_year": wanted.until_year}.items():
        setattr(kept, name, value)
    kept.save()
    activities.record(verb="programme_changed" if programme else "programme_made", target=kept, by=by)
    kept.shares.all().delete()
    ProgrammeShare.objects.bulk_create(
        ProgrammeShare(municipality=municipality, programme=kept, task_field=code, share=share)
        for code, share in wanted.shares.items()
    )
    return kept


@transaction.atomic
def keep_all(
    *, municipality: Municipality, by: User, wanted: Sequence[Wanted]
) -> tuple[list[Programme], Mapping[str, Mapping[str, str]]]:
    """Keep the programmes of a file or none of them: those that were kept, and why not by number of the programme.

    One with a number that is known from the same year is changed, and keeps its texts and its last year. All of the
    file goes in the place of what those programmes had before that is looked at.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    known = {(one.code, one.from_year): one for one in Programme.objects.filter(municipality=municipality)}
    same = [known[one.code, one.from_year] for one in wanted if (one.code, one.from_year) in known]
    mark = transaction.savepoint()
    ProgrammeShare.objects.filter(programme__in=same).delete()
    kept, refused = list[Programme](), dict[str, Mapping[str, str]]()
    for one in wanted:
        programme = known.get((one.code, one.from_year))
        try:
            kept.append(
                keep(municipality=municipality, by=by, programme=programme, wanted=_completed(one, programme))
            )
        except ProgrammeRefused as error:
            refused[one.code] = error.reasons
    if refused:
        transaction.savepoint_rollback(mark)
        return [], refused
    return kept, {}


def _completed(wanted: Wanted, programme: Programme | None) -> Wanted:
    if programme is None:
        return wanted
    texts = {name: getattr(programme, name) for name in ("goal", "approach", "decides")}
    return Wanted(wanted.code, wanted.name, wanted.from_year, programme.until_year, wanted.shares, texts)


def listed(municipality: Municipality) -> Iterable[Programme]:
    """All programmes with their shares, by number and year."""
    rows = Programme.objects.filter(municipality=municipality).prefetch_related("shares")
    return rows.order_by("code", "from_year")
