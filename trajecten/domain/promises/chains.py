"""The chain of a promise: when it was said, by when it is promised, what was decided, done, and the verdict."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trajecten import registry
from trajecten.domain.chain import SKIPPED, TODO, ChainLink, Link, chain, short_day
from trajecten.domain.council.links import decided_on_promises
from trajecten.enums import CommitmentStatus
from trajecten.models import Commitment, CommitmentOrigin


def chain_of(commitment: Commitment) -> tuple[ChainLink, ...]:
    """The five links of one promise."""
    return chains_of([commitment])[commitment.pk]


def chains_of(commitments: Iterable[Commitment]) -> dict[int, tuple[ChainLink, ...]]:
    """The chain of each promise by its key, in a number of statements that does not grow with them."""
    rows = list(commitments)
    keys = [row.pk for row in rows]
    said, decided = _said(keys), decided_on_promises(keys)
    return {
        row.pk: chain(
            said=Link("done", short_day(said[row.pk])) if row.pk in said else SKIPPED,
            promised=_promised(row),
            decided=decided.get(row.pk, SKIPPED),
            done=_done(row),
            verdict=_verdict(row),
            own=False,
        )
        for row in rows
    }


def _said(keys: list[int]) -> dict[int, datetime]:
    """When the first of the contributions behind each promise was made."""
    kinds = {kind.model: kind for kind in registry.contribution_kinds()}
    types = {ContentType.objects.get_for_model(model).pk: model for model in kinds}
    rows = CommitmentOrigin.objects.filter(commitment__in=keys, content_type__in=types)
    origins = list(rows.values_list("commitment", "content_type", "object_id"))
    found: dict[int, datetime] = {}
    for number, model in types.items():
        wanted = {key for _commitment, kind, key in origins if kind == number}
        if not wanted:
            continue
        made = dict(model.objects.filter(pk__in=wanted).values_list("pk", "created_at"))
        for commitment, kind, key in origins:
            if kind == number and key in made:
                found[commitment] = min(made[key], found.get(commitment, made[key]))
    return found


def _promised(commitment: Commitment) -> Link:
    day = short_day(commitment.deadline)
    if commitment.status == CommitmentStatus.BROKEN:
        return Link("broken", _("not kept"), words="")
    if commitment.status == CommitmentStatus.WITHDRAWN:
        return Link("skipped", _("withdrawn"), words="")
    if commitment.is_late:
        return Link("broken", _("was for %(day)s") % {"day": day})
    return Link("done", _("by %(day)s") % {"day": day}, words=_("pledged"))


def _done(commitment: Commitment) -> Link:
    if commitment.status == CommitmentStatus.IN_PROGRESS:
        return Link("now", _("in progress"), words="")
    if commitment.status == CommitmentStatus.BROKEN:
        return Link("broken", _("not done"), words="")
    if commitment.status == CommitmentStatus.WITHDRAWN:
        return SKIPPED
    if commitment.is_claimed and commitment.closed_at:
        partly = commitment.status == CommitmentStatus.PARTLY
        return Link("done", _("partly") if partly else short_day(commitment.closed_at), words=_("complete"))
    return TODO


def _verdict(commitment: Commitment) -> Link:
    """What residents say of the last round; a "no" that opened it again stays red until the next one."""
    if commitment.round and not commitment.is_claimed and commitment.verdict_no:
        return Link("broken", _("last time: not solved"), words="")
    if not commitment.is_claimed:
        return TODO if commitment.is_open else SKIPPED
    if not commitment.verdicts:
        return Link("todo", _("has been asked"), words="")
    return _of_most(commitment)


def _of_most(commitment: Commitment) -> Link:
    """What most of them say; of two answers that were given as often the worse one, so that it is not hidden."""
    yes, partly, no = commitment.verdict_yes, commitment.verdict_partly, commitment.verdict_no
    counted = {"yes": yes, "partly": partly, "no": no, "n": commitment.verdicts}
    if no >= max(yes, partly):
        words = ngettext("%(no)d of %(n)d says no", "%(no)d of %(n)d say no", commitment.verdicts)
    elif partly >= yes:
        words = ngettext(
            "%(partly)d of %(n)d says partly", "%(partly)d of %(n)d say partly", commitment.verdicts
        )
    else:
        words = ngettext("%(yes)d of %(n)d says yes", "%(yes)d of %(n)d say yes", commitment.verdicts)
    return Link("broken" if no >= max(yes, partly) else "done", words % counted, words="")
