"""Meetings for who comes: the list, a meeting, answering, documents."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from trajecten.domain import documents, materials, participants
from trajecten.domain.links import NoSuchLink
from trajecten.domain.meetings import answering, calendars, finding, inviting, refusals
from trajecten.domain.tables import Column
from trajecten.enums import Answer
from trajecten.forms.meetings.coming import AnswerForm, MeetingsFilterForm
from trajecten.models import Attendance, Enrolment, Material, Meeting, Participant, Trajectory
from trajecten.models.meeting import Document
from trajecten.views.paging import LongPaginator
from trajecten.views.tables import CHUNK, csv_response

PER_PAGE = 20


def visitor(request: HttpRequest) -> Participant | None:
    """The participant that this visitor is here, if they are one."""
    if not request.user.is_authenticated:
        return None
    found: Participant | None = Participant.objects.filter(user=request.user).first()
    return found


@require_safe
def meeting_list(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Meetings for everybody, and those that one is invited to, as a list."""
    form = _filter(request)
    rows = _listed(form, visitor(request))
    paginator = LongPaginator(rows, PER_PAGE, request.GET.get("page"))
    context = {"form": form, "page": paginator.shown(), "query": form.query(), "is_past": form.is_past}
    return render(request, "trajecten/meetings/list.html", context)


COLUMNS = (
    Column(gettext_lazy("Number"), lambda row: row.pk),
    Column(gettext_lazy("Title"), lambda row: row.title),
    Column(gettext_lazy("Trajectory"), lambda row: row.trajectory.title),
    Column(gettext_lazy("Begins at"), lambda row: row.starts_at),
    Column(gettext_lazy("Ends at"), lambda row: row.ends_at),
    Column(gettext_lazy("Place"), lambda row: row.place),
    Column(gettext_lazy("Status"), lambda row: row.get_status_display()),
)


@require_safe
def meetings_csv(request: HttpRequest, gemeente: str) -> StreamingHttpResponse:
    """The meetings for everybody, of the filter of the page."""
    return csv_response(_("Meetings"), COLUMNS, _listed(_filter(request), None).iterator(chunk_size=CHUNK))


def _filter(request: HttpRequest) -> MeetingsFilterForm:
    trajectories = Trajectory.objects.filter(meetings__isnull=False).distinct()
    return MeetingsFilterForm(request.GET, trajectories=trajectories)


def _listed(form: MeetingsFilterForm, participant: Participant | None) -> Any:
    rows = finding.listed(finding.visible_to(participant), past=form.is_past)
    return rows.filter(trajectory=form.trajectory) if form.trajectory else rows


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """One meeting; who is signed in answers here. A meeting that is not for this visitor is not confirmed to exist."""
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    participant = visitor(request)
    return _page(request, _visible(request, participant, pk), participant)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_answer(request: HttpRequest, gemeente: str, pk: int, token: str) -> HttpResponse:
    """The same page for who has the link from the mail, without signing in. Only POST notes an answer: mail scanners
    follow links too."""
    found = get_object_or_404(_rows(), pk=pk)
    try:
        participant = answering.read(token=token, meeting=found)
    except NoSuchLink as error:
        raise Http404 from error
    return _page(request, found, participant, token=token)


def _rows() -> Any:
    return Meeting.objects.select_related("trajectory", "municipality").defer("municipality__boundary")


def _visible(request: HttpRequest, participant: Participant | None, pk: int) -> Meeting:
    found = get_object_or_404(_rows(), pk=pk)
    if found.is_public or request.user.has_perm("trajecten.view_meeting", found):
        return found
    if participant is None or not inviting.invited(found).filter(pk=participant.pk).exists():
        raise Http404
    return found


def _page(
    request: HttpRequest, found: Meeting, participant: Participant | None, token: str = ""
) -> HttpResponse:
    lists = Attendance.objects.filter(meeting=found, participant=participant).standing()
    mine = lists.first() if participant else None
    asked = request.GET.get("antwoord", "")
    answer = asked if asked in Answer.values else mine.answer if mine else ""
    form = AnswerForm(initial={"answer": answer, "name": _known_name(mine, participant)})
    if request.method == "POST":
        form = AnswerForm(request.POST)
        if _noted(request, form, found, participant):
            return redirect(request.path)
    context = _context(found, participant, mine, token) | {"form": form}
    return render(request, "trajecten/meetings/meeting.html", context, status=422 if form.errors else 200)


def _known_name(mine: Attendance | None, participant: Participant | None) -> str:
    """What they filled in for this meeting before, or the name that they have here."""
    given = mine.name if mine else ""
    return given or (participant.display_name if participant else "")


def _noted(request: HttpRequest, form: AnswerForm, found: Meeting, participant: Participant | None) -> bool:
    if not form.is_valid():
        return False
    try:
        given = _answered(request, form, found, participant)
    except refusals.MeetingRefused as refused:
        form.add_error(None, refused.message)
        return False
    messages.success(request, _thanks(given))
    return True


@transaction.atomic
def _answered(
    request: HttpRequest, form: AnswerForm, found: Meeting, participant: Participant | None
) -> Attendance:
    """Who is signed in and did nothing here before becomes a participant by it; not when it is refused."""
    me = participant or participants.of_user(municipality=request.municipality, user=request.user)
    return answering.answer(meeting=found, participant=me, **form.cleaned_data)


def _thanks(given: Attendance) -> str:
    if given.answer == Answer.NO:
        return _("Thank you for letting us know. If it changes, you can still say so here.")
    if given.answer == Answer.MAYBE:
        return _("Thank you. You can still say yes or no here until it begins.")
    return _("Good that you come. If it changes, you can still say so here.")


def _documents(found: Meeting, participant: Participant | None) -> Any:
    return materials.visible_to(participant).filter(meeting=found)


def _context(
    found: Meeting, participant: Participant | None, mine: Attendance | None, token: str
) -> dict[str, Any]:
    parts = {"gemeente": found.municipality.slug, "pk": found.pk}
    query = f"?t={token}" if token else ""
    return {
        "meeting": found,
        "mine": mine,
        "token": token,
        "materials": document_rows(_documents(found, participant), found.municipality.slug, query),
        "ics_url": reverse("meeting-ics", kwargs=parts) + query,
        "counted": finding.coming(found),
    }


def document_rows(rows: Any, slug: str, query: str = "") -> list[dict[str, Any]]:
    """Documents as ``trajecten/meetings/_materials.html`` shows them; ``slug`` is of their municipality."""
    return [
        {
            "row": row,
            "url": row.link or reverse("material", kwargs={"gemeente": slug, "key": row.uuid}) + query,
        }
        for row in rows
    ]


def step_document_rows(
    trajectory: Trajectory, rows: Iterable[Material], query: str = ""
) -> list[dict[str, Any]]:
    """Documents with the steps of this trajectory, each with the name of its step."""
    documents = document_rows(rows, trajectory.municipality.slug, query)
    return [{**each, "step": trajectory.method.step(each["row"].step).name} for each in documents]


@require_safe
def meeting_ics(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """The meeting as a file for a calendar; with the token from the mail also where it is not for everybody."""
    participant = _by_token(request, pk) or visitor(request)
    found = get_object_or_404(_rows(), pk=pk) if participant else _visible(request, None, pk)
    is_invited = participant is not None and inviting.invited(found).filter(pk=participant.pk).exists()
    if not is_invited:
        found = _visible(request, participant, pk)
    event = calendars.of_meeting(found, with_link=is_invited)
    return calendar_file([event], name=slugify(found.title) or "bijeenkomst")


def _by_token(request: HttpRequest, pk: int) -> Participant | None:
    """Who opens it by the token in the address; None without one, or with one that is not of this meeting."""
    given = request.GET.get("t", "")
    found = Meeting.objects.filter(pk=pk).first() if given else None
    try:
        return answering.read(token=given, meeting=found) if found else None
    except NoSuchLink:
        return None


def _by_own_page(request: HttpRequest) -> Participant | None:
    """Who opens it from their own page of a trajectory, by its secret in the address."""
    rows = Enrolment.objects.select_related("participant")
    found = rows.filter(token=request.GET.get("d", "")).first()
    return found.participant if found else None


def calendar_file(events: Any, *, name: str, title: str = "") -> HttpResponse:
    """Events as a file that a calendar opens."""
    response = HttpResponse(calendars.write(events, name=title), content_type=calendars.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@require_safe
def material(request: HttpRequest, gemeente: str, key: uuid.UUID) -> HttpResponse:
    """A document, for who may see it: staff, who takes part (signed in, or by a secret link of theirs), everybody."""
    found = get_object_or_404(Material.objects.select_related("meeting", "trajectory"), uuid=key)
    if not request.user.has_perm("trajecten.view_meeting", found) and not _may_open(request, found):
        raise Http404
    return redirect(found.link) if found.link else saved(found)


def _may_open(request: HttpRequest, found: Material) -> bool:
    people = [visitor(request), _by_own_page(request)]
    if found.meeting_id:
        people.append(_by_token(request, found.meeting_id))
    return any(materials.visible_to(person).filter(pk=found.pk).exists() for person in dict.fromkeys(people))


def saved(document: Document) -> FileResponse:
    """A file to be saved: never shown by the browser within the portal, whatever is in it."""
    name = slugify(document.title) or "document"
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=f"{name}.{document.kind}",
        content_type=documents.TYPES[document.kind],
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
