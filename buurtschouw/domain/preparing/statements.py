"""Statements of quality: in sets to use again, and chosen for a walk."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from buurtschouw.domain.preparing.locking import lock_to_prepare
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.models import Category, Schouw, Score, Statement, StatementSet
from trajecten.domain import activities
from trajecten.domain.photos import cleaning
from trajecten.models import User


@dataclass(frozen=True)
class Words:
    """What a statement says. Once somebody scored it, it keeps these."""

    category: Category
    text: str
    explanation: str = ""

    def differ_from(self, statement: Statement) -> bool:
        known = (statement.category_id, statement.text, statement.explanation)
        return known != (self.category.pk, self.text.strip(), self.explanation.strip())


@dataclass(frozen=True)
class Picture:
    """A picture as it was sent, with what it shows for who can't see it. Without a ``file`` the one that is there."""

    alt: str = ""
    file: BinaryIO | None = None
    name: str = ""
    size: int = 0
    is_removed: bool = False


NO_PICTURE = Picture()


def sets() -> QuerySet[StatementSet]:
    """All sets, those in use first, each with ``statement_count``: how many statements in use it has."""
    count = Count("statements", filter=Q(statements__is_active=True))
    rows: QuerySet[StatementSet] = StatementSet.objects.annotate(statement_count=count)
    return rows.order_by("-is_active", "name", "id")


def in_set(of: StatementSet) -> QuerySet[Statement]:
    """The statements of a set by theme, with ``is_scored``."""
    return _with_scored(Statement.objects.filter(set=of).select_related("category"))


def on_offer(schouw: Schouw) -> QuerySet[Statement]:
    """What can be chosen for this walk: in use and of one of its themes, or chosen already; by set and theme."""
    chosen = Q(pk__in=schouw.statements.values("pk"))
    usable = Q(is_active=True, set__is_active=True, category__in=schouw.categories.values("pk"))
    rows = Statement.objects.filter(chosen | usable).select_related("set", "category")
    return rows.order_by("set__name", "set", "category__position", "category__name", "position", "id")


def of_walk(schouw: Schouw) -> QuerySet[Statement]:
    """What is scored during this walk, by theme."""
    rows: QuerySet[Statement] = schouw.statements.select_related("category")
    return rows.order_by("category__position", "category__name", "position", "id")


def _with_scored(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    return rows.annotate(is_scored=Exists(Score.objects.filter(statement=OuterRef("pk"))))


@transaction.atomic
def keep_set(*, made: StatementSet, by: User, name: str, summary: str, is_active: bool) -> StatementSet:
    """Make a set, or change one. Refused (``PreparationRefused``): a name that another set has, in capitals or not."""
    if StatementSet.objects.filter(name__iexact=name).exclude(pk=made.pk).exists():
        raise _taken()
    is_new = made.pk is None
    made.name, made.summary, made.is_active = name, summary.strip(), is_active
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:  # the same name at the same moment
        raise _taken() from error
    activities.record(verb="statement_set_made" if is_new else "statement_set_changed", target=made, by=by)
    return made


def _taken() -> PreparationRefused:
    return PreparationRefused(_("There is a set with this name already."), field="name")


@transaction.atomic
def add(
    *,
    to: StatementSet,
    by: User,
    words: Words,
    position: int = 100,
    is_active: bool = True,
    picture: Picture = NO_PICTURE,
) -> Statement:
    """Add a statement to a set. Refused (``PreparationRefused``): a picture that ``cleaning.sanitise`` refuses, or one
    without words for who can't see it.
    """
    new = Statement(
        municipality_id=to.municipality_id,
        set=to,
        category=words.category,
        text=words.text.strip(),
        explanation=words.explanation.strip(),
        position=position,
        is_active=is_active,
    )
    _paint(new, picture)
    new.save()
    activities.record(verb="statement_added", target=to, by=by, details={"statement": new.pk})
    return new


@transaction.atomic
def change(
    *,
    statement: Statement,
    by: User,
    words: Words,
    position: int,
    is_active: bool,
    picture: Picture = NO_PICTURE,
) -> Statement:
    """Change a statement. Refused (``PreparationRefused``) as ``add``, and with code "scored" other words or another
    theme once somebody scored it: what they said would be of something else. ``replace`` is for that.
    """
    found = _locked(statement)
    if words.differ_from(found) and Score.objects.filter(statement=found).exists():
        raise PreparationRefused(
            _(
                "This statement has been scored, so its words and theme stay. You can take it out of use and make a "
                "new one of these words."
            ),
            field="text",
            code="scored",
        )
    found.category, found.text = words.category, words.text.strip()
    found.explanation, found.position, found.is_active = words.explanation.strip(), position, is_active
    _paint(found, picture)
    found.save()
    activities.record(verb="statement_changed", target=found.set, by=by, details={"statement": found.pk})
    return found


@transaction.atomic
def replace(
    *, statement: Statement, by: User, words: Words, position: int, picture: Picture = NO_PICTURE
) -> Statement:
    """Take a statement out of use and put one with other words in its place: in its set, and in the walks that chose
    it and in which nobody scored it yet. The picture goes along, unless another one is given.

    Refused as ``add``; done again, when the statement is out of use already.
    """
    found = _locked(statement)
    if not found.is_active:
        raise PreparationRefused(_("This statement is out of use already."), field="text")
    found.is_active = False
    found.save(update_fields=["is_active"])
    if picture.file is None and not picture.is_removed and found.picture:
        with found.picture.open("rb") as kept:
            picture = Picture(picture.alt or found.picture_alt, kept.file, "picture.jpg", found.picture.size)
            new = add(to=found.set, by=by, words=words, position=position, picture=picture)
    else:
        new = add(to=found.set, by=by, words=words, position=position, picture=picture)
    scored = Score.objects.filter(statement=found, stop__schouw=OuterRef("pk"))
    for schouw in Schouw.objects.filter(~Exists(scored), statements=found):
        schouw.statements.remove(found)
        schouw.statements.add(new)
    return new


def _locked(statement: Statement) -> Statement:
    rows = Statement.objects.select_for_update(of=("self",)).select_related("set")
    found: Statement = rows.get(pk=statement.pk)
    return found


def _paint(statement: Statement, picture: Picture) -> None:
    """Put the picture on the row; one that it replaces goes when the transaction is done."""
    before = (statement.picture.storage, str(statement.picture.name)) if statement.picture else None
    if picture.file is not None:
        try:
            clean = cleaning.sanitise(picture.file, name=picture.name, size=picture.size)
        except cleaning.PhotoRefused as refused:
            raise PreparationRefused(refused.message, field="picture") from refused
        statement.picture = ContentFile(clean.thumbnail, "picture.jpg")
    elif picture.is_removed:
        statement.picture = ""
    statement.picture_alt = picture.alt.strip() if statement.picture else ""
    if statement.picture and not statement.picture_alt:
        raise PreparationRefused(
            _("Write what the picture shows, for who can't see it."), field="picture_alt"
        )
    if before and (picture.file is not None or picture.is_removed):
        storage, name = before
        transaction.on_commit(partial(storage.delete, name), robust=True)


@transaction.atomic
def choose(*, schouw: Schouw, statements: Iterable[Statement], by: User) -> None:
    """Let these be what is scored during the walk.

    Refused (``PreparationRefused``): leaving out what was scored in this walk already, what is not on offer, and when
    the open step does not allow to prepare.
    """
    locked = lock_to_prepare(schouw)
    wanted = {statement.pk: statement for statement in statements}
    offered = set(on_offer(locked).values_list("pk", flat=True))
    if not offered.issuperset(wanted):
        raise PreparationRefused(
            _("Not all of these statements can be chosen for this walk."), field="statements"
        )
    _check_kept(locked, wanted)
    locked.statements.set(wanted)
    activities.record(
        verb="statements_chosen", target=locked.trajectory, by=by, details={"statements": len(wanted)}
    )


def _check_kept(schouw: Schouw, wanted: Collection[int]) -> None:
    scored = Score.objects.filter(stop__schouw=schouw).exclude(statement__in=wanted)
    missing = Statement.objects.filter(pk__in=scored.values("statement")).first()
    if missing:
        raise PreparationRefused(
            _("“%(text)s” was scored in this walk already, so it stays.") % {"text": missing.text},
            field="statements",
        )
