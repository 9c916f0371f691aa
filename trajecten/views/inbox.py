"""Messages in the portal itself, for who is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from trajecten.domain.telling import inbox as inboxes
from trajecten.forms.inbox import MarkForm
from trajecten.models import Notification
from trajecten.views.paging import LongPaginator

PER_PAGE = 25


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest, gemeente: str) -> HttpResponse:
    """The newest first; a POST marks one of them, or all. Somebody else's message is not there: 404."""
    if request.method == "POST":
        return _mark(request)
    rows = inboxes.of(user=request.user, municipality=request.municipality)
    only_unread = request.GET.get("show") == "unread"
    if only_unread:
        rows = rows.filter(read_at__isnull=True)
    paginator = LongPaginator(rows, PER_PAGE, request.GET.get("page"))
    context = {
        "page": paginator.shown(),
        "only_unread": only_unread,
        "query": "show=unread" if only_unread else "",
    }
    return render(request, "trajecten/inbox/inbox.html", context)


def _mark(request: HttpRequest) -> HttpResponse:
    form = MarkForm(request.POST)
    if not form.is_valid():
        raise Http404
    whose = {"user": request.user, "municipality": request.municipality}
    number = form.cleaned_data["number"]
    if number:
        try:
            inboxes.mark(**whose, number=number, read=form.cleaned_data["read"])
        except Notification.DoesNotExist as error:
            raise Http404 from error
    else:
        n = inboxes.mark_all(**whose)
        words = ngettext("%(n)d message is marked as read.", "%(n)d messages are marked as read.", n)
        messages.success(request, words % {"n": n} if n else _("You had read everything already."))
    return redirect("inbox", gemeente=request.municipality.slug)


@never_cache
@login_required
@require_GET
def inbox_message(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """On to what the message is about; it is read from then on."""
    try:
        found = inboxes.mark(user=request.user, municipality=request.municipality, number=pk)
    except Notification.DoesNotExist as error:
        raise Http404 from error
    return HttpResponseRedirect(found.path) if found.path else redirect("inbox", gemeente=gemeente)
