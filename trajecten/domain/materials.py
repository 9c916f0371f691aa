"""What is handed out at a meeting or with a step, and the shelf from which an adviser takes it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from trajecten import registry
from trajecten.domain import activities, documents
from trajecten.domain.meetings import finding
from trajecten.models import (
    Attendance,
    Enrolment,
    Material,
    Meeting,
    Participant,
    ShelfItem,
    Trajectory,
    User,
)
from trajecten.models.meeting import Document
from trajecten.refusals import Refused

MOST = 50


class MaterialRefused(Refused):
    """A document that can't be added; ``field`` is the field of the form that it is about."""


def add(
    *,
    trajectory: Trajectory,
    title: str,
    by: User,
    meeting: Meeting | None = None,
    step: str = "",
    upload: BinaryIO | None = None,
    name: str = "",
    link: str = "",
    is_public: bool = False,
) -> Material:
    """Add a file or a link to a meeting, or else to a step of the trajectory.

    Refused (``MaterialRefused``): both or neither of file and link, what ``documents.check`` refuses, a step that the
    method has not, and more than ``MOST`` at one place.
    """
    _check_place(trajectory, meeting, step)
    made = Material(
        municipality_id=trajectory.municipality_id,
        trajectory=trajectory,
        meeting=meeting,
        step="" if meeting else step,
        title=title.strip(),
        is_public=is_public,
        added_by=by,
    )
    _fill(made, upload, name, link)
    return _keep(made, by)


def take_from_shelf(
    *,
    item: ShelfItem,
    trajectory: Trajectory,
    by: User,
    meeting: Meeting | None = None,
    is_public: bool = False,
) -> Material:
    """Put a copy of what stands on the adviser's own shelf at a meeting, or with the step it is for.

    What becomes of the shelf later changes nothing here. Refused (``MaterialRefused``): somebody else's shelf, and an
    item for another method.
    """
    if item.adviser_id != by.pk:
        raise MaterialRefused(_("This document is not on your own shelf."), field="item")
    if item.method_key != trajectory.method_key:
        raise MaterialRefused(_("This document is for another method."), field="item")
    _check_place(trajectory, meeting, item.step)
    made = Material(
        municipality_id=trajectory.municipality_id,
        trajectory=trajectory,
        meeting=meeting,
        step="" if meeting else item.step,
        title=item.title,
        link=item.link,
        kind=item.kind,
        size=item.size,
        is_public=is_public,
        added_by=by,
    )
    if item.file:
        with item.file.open("rb") as file:
            made.file = ContentFile(file.read(), made.uuid.hex)
    return _keep(made, by)


def _too_many() -> MaterialRefused:
    message = _("There are %(n)s documents here, and that is the most.") % {"n": MOST}
    return MaterialRefused(message, field="title")


def _keep(made: Material, by: User) -> Material:
    with _file_goes_with_row(made), transaction.atomic():
        Trajectory.objects.select_for_update().get(pk=made.trajectory_id)
        place = Material.objects.filter(trajectory=made.trajectory, meeting=made.meeting, step=made.step)
        if place.count() >= MOST:
            raise _too_many()
        made.save(force_insert=True)
        activities.record(verb="material_added", target=made.meeting or made.trajectory, by=by)
    return made


@contextmanager
def _file_goes_with_row(made: Document) -> Iterator[None]:
    """Leave no file behind when its row could not be kept."""
    try:
        yield
    except BaseException:
        if made.file and getattr(made.file, "_committed", False):
            made.file.storage.delete(str(made.file.name))
        raise


def _check_place(trajectory: Trajectory, meeting: Meeting | None, step: str) -> None:
    if meeting is None and step not in {known.key for known in trajectory.method.steps}:
        raise MaterialRefused(_("Choose a step."), field="step")


def _fill(made: Document, upload: BinaryIO | None, name: str, link: str) -> None:
    if bool(upload) == bool(link):
        raise MaterialRefused(_("Choose a file, or fill in a link; one of both."), field="file")
    made.link = link
    if upload:
        try:
            checked = documents.check(upload, name=name)
        except documents.DocumentRefused as refused:
            raise MaterialRefused(refused.message, field="file") from refused
        made.kind, made.size = checked.kind, len(checked.content)
        made.file = ContentFile(checked.content, made.uuid.hex)


@transaction.atomic
def remove(*, material: Material, by: User) -> None:
    """Take a document away; its file goes when the row is gone for good."""
    activities.record(verb="material_removed", target=material.meeting or material.trajectory, by=by)
    _delete(material)


def _delete(document: Document) -> None:
    file = document.file
    document.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(str(file.name)))


def of_meeting(meeting: Meeting) -> QuerySet[Material]:
    """The documents of a meeting."""
    rows: QuerySet[Material] = Material.objects.filter(meeting=meeting)
    return rows


def of_steps(trajectory: Trajectory) -> list[Material]:
    """The documents with the steps of a trajectory, in the order of the steps."""
    return _by_step(trajectory, Material.objects.all())


def of_steps_for(participant: Participant | None, trajectory: Trajectory) -> list[Material]:
    """As ``of_steps``, those that this visitor may open."""
    return _by_step(trajectory, visible_to(participant))


def _by_step(trajectory: Trajectory, rows: QuerySet[Material]) -> list[Material]:
    found = rows.filter(trajectory=trajectory, meeting__isnull=True).order_by("id")
    return sorted(found, key=lambda row: trajectory.method.position(row.step))


def visible_to(participant: Participant | None) -> QuerySet[Material]:
    """What this visitor may open, with a step or at a meeting that they may see.

    That is what is for everybody; who takes part in the trajectory may open all of it there. Who was invited to a
    meeting of it may open all of that meeting and of the steps, as long as they did not leave.
    """
    at_visible = Q(meeting__isnull=True) | Q(meeting__in=finding.visible_to(participant))
    if participant is None:
        return Material.objects.filter(at_visible, is_public=True)
    trajectory = OuterRef("trajectory")
    inside = Enrolment.objects.filter(participant=participant, trajectory=trajectory).active()
    asked = Attendance.objects.filter(participant=participant, meeting__trajectory=trajectory).standing()
    mine = Q(Exists(asked.filter(meeting=OuterRef("meeting")))) | Q(meeting__isnull=True) & Exists(asked)
    return Material.objects.filter(at_visible, Q(is_public=True) | Exists(inside) | mine)


# -- The shelf ---------------------------------------------------------------------------------------------------


def put_on_shelf(
    *,
    adviser: User,
    method_key: str,
    step: str,
    title: str,
    upload: BinaryIO | None = None,
    name: str = "",
    link: str = "",
) -> ShelfItem:
    """Keep a file or a link to use again. Refused (``MaterialRefused``): as ``add``."""
    if step not in {known.key for known in registry.method(method_key).steps}:
        raise MaterialRefused(_("Choose a step."), field="step")
    made = ShelfItem(adviser=adviser, method_key=method_key, step=step, title=title.strip())
    _fill(made, upload, name, link)
    with _file_goes_with_row(made), transaction.atomic():
        User.objects.select_for_update().get(pk=adviser.pk)
        if ShelfItem.objects.filter(adviser=adviser, method_key=method_key, step=step).count() >= MOST:
            raise _too_many()
        made.save(force_insert=True)
    return made


@transaction.atomic
def take_off_shelf(*, item: ShelfItem) -> None:
    """Remove it from the shelf; copies that were handed out stay."""
    _delete(item)


def shelf_of(adviser: User, method_key: str = "") -> QuerySet[ShelfItem]:
    """What an adviser keeps, of one method when asked."""
    rows = ShelfItem.objects.filter(adviser=adviser)
    return rows.filter(method_key=method_key) if method_key else rows
