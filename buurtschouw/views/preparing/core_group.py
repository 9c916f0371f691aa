"""The preparation for the residents of the core group, by the secret link of their own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buurtschouw.domain import lessons
from buurtschouw.domain.preparing import gathering, overview, roles, tasks
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.models import Schouw, WalkTask
from buurtschouw.views.preparing import papers
from buurtschouw.views.preparing.page import NAMED
from trajecten.domain.enrolment import queries
from trajecten.models import Enrolment
from trajecten.views.access import by_secret_link


def _mine(token: str) -> tuple[Enrolment, Schouw]:
    """The enrolment with this token, of who prepares a walk and takes part now, with that walk; 404 for others."""
    rows = Enrolment.objects.filter(role__in=roles.PREPARE).active().select_related("participant")
    enrolment = get_object_or_404(rows, token=token)
    walks = Schouw.objects.select_related("trajectory", "municipality", "meeting")
    schouw = get_object_or_404(walks.defer("municipality__boundary"), trajectory=enrolment.trajectory_id)
    return enrolment, schouw


@never_cache
@by_secret_link
@require_safe
def core_group(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The whole preparation. Who is invited is counted; who leads the group also sees the names."""
    enrolment, schouw = _mine(token)
    leads = queries.leads(enrolment) and schouw.meeting is not None
    context = {
        "enrolment": enrolment,
        "schouw": schouw,
        "prepared": overview.of(schouw),
        "writes_lessons": request.user.is_authenticated
        and lessons.core_member(schouw=schouw, user=request.user) is not None,
        "invited": list(gathering.who_comes(schouw.meeting)[:NAMED]) if leads else [],
    }
    return render(request, "buurtschouw/core_group.html", context)


@never_cache
@by_secret_link
@require_POST
def core_group_task(request: HttpRequest, gemeente: str, token: str, task: int) -> HttpResponse:
    """Say that an own task is done, or not after all."""
    enrolment, schouw = _mine(token)
    found = get_object_or_404(WalkTask, schouw=schouw, pk=task)
    is_done = request.POST.get("done") != "0"
    try:
        tasks.mark(task=found, is_done=is_done, by=enrolment.participant)
    except PreparationRefused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Thank you, it is noted.") if is_done else _("The task is open again."))
    return redirect("buurtschouw:core-group", gemeente=gemeente, token=token)


@never_cache
@by_secret_link
@require_safe
def core_group_paper(request: HttpRequest, gemeente: str, token: str, kind: str) -> HttpResponse:
    """The poster or the letter, to print and hand out."""
    _enrolment, schouw = _mine(token)
    return papers.made(request, schouw, kind)
