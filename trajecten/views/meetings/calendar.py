"""Calendars that a phone reads by itself, at a secret address."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_scopes import scopes_disabled

from trajecten.domain import participants
from trajecten.domain.meetings import calendars, finding
from trajecten.models import AdviserCalendarLink, CalendarLink, Meeting, Participant
from trajecten.views.access import for_adviser
from trajecten.views.meetings.coming import calendar_file

# What is longer ago is left out of a calendar, and no calendar has more than so many.
SHOWN_AGO = timedelta(days=366)
MOST = 1000


@never_cache
@login_required
def my_calendar(request: HttpRequest, gemeente: str) -> HttpResponse:
    """Where one gets the secret address of one's own calendar, makes a new one, or closes it."""
    participant = participants.known(municipality=request.municipality, user=request.user)
    if request.method == "POST":
        if request.POST.get("choice") != "stop":
            me = participants.of_user(municipality=request.municipality, user=request.user)
            calendars.renew(participant=me)
            messages.success(request, _("This is the address of your calendar. An older one works no more."))
        elif participant:
            calendars.revoke(participant=participant)
            messages.success(request, _("The address of your calendar is closed."))
        return redirect("my-calendar", gemeente=gemeente)
    return _my_calendar(request, participant)


def _my_calendar(request: HttpRequest, participant: Participant | None) -> HttpResponse:
    gemeente = request.municipality.slug
    link = calendars.link_of(participant) if participant else None
    path = reverse("calendar-feed", kwargs={"gemeente": gemeente, "token": link.token}) if link else ""
    mine = finding.of_participant(participant) if participant else Meeting.objects.none()
    rows = mine.filter(ends_at__gte=timezone.now()).order_by("starts_at")[:20]
    context = {"feed_url": request.build_absolute_uri(path) if path else "", "rows": rows}
    return render(request, "trajecten/meetings/calendar.html", context)


@require_safe
def calendar_feed(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The calendar of who has this address; 404 once it was closed or renewed."""
    link = get_object_or_404(CalendarLink.objects.select_related("participant"), token=token)
    since = timezone.now() - SHOWN_AGO
    rows = finding.of_participant(link.participant).filter(starts_at__gte=since).order_by("starts_at")[:MOST]
    events = [calendars.of_meeting(row, with_link=True) for row in rows]
    return calendar_file(
        events, name="agenda", title=_("Meetings %(name)s") % {"name": request.municipality.name}
    )


@for_adviser
def adviser_calendar(request: HttpRequest) -> HttpResponse:
    """Make, renew or close the address of an adviser's calendar."""
    if request.method == "POST":
        if request.POST.get("choice") == "stop":
            calendars.revoke_of_adviser(adviser=request.user)
            messages.success(request, _("The address of your calendar is closed."))
        else:
            calendars.renew_of_adviser(adviser=request.user)
            messages.success(request, _("This is the address of your calendar. An older one works no more."))
        return redirect("adviser-calendar")
    link = AdviserCalendarLink.objects.filter(adviser=request.user).first()
    path = reverse("adviser-feed", kwargs={"token": link.token}) if link else ""
    with scopes_disabled():
        coming = finding.of_adviser(request.user).filter(ends_at__gte=timezone.now())
        rows = list(coming.order_by("starts_at")[:50])
    context = {"feed_url": request.build_absolute_uri(path) if path else "", "rows": rows}
    return render(request, "trajecten/meetings/adviser_calendar.html", context)


@require_safe
def adviser_feed(request: HttpRequest, token: str) -> HttpResponse:
    """All meetings of the adviser's trajectories; 404 for a closed address and for who is no adviser any more."""
    link = get_object_or_404(
        AdviserCalendarLink.objects.select_related("adviser"),
        token=token,
        adviser__is_adviser=True,
        adviser__is_active=True,
    )
    with scopes_disabled():
        rows = finding.of_adviser(link.adviser).filter(starts_at__gte=timezone.now() - SHOWN_AGO)
        events = [
            calendars.of_meeting(row, with_link=True, where=row.municipality.name)
            for row in rows.order_by("starts_at")[:MOST]
        ]
    return calendar_file(events, name="agenda", title=_("Meetings of my trajectories"))
