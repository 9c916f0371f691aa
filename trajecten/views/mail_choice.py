"""Where the link "stop these mails" leads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trajecten.domain.links import NoSuchLink
from trajecten.domain.telling import unsubscribing
from trajecten.views.access import by_secret_link


@csrf_exempt
@never_cache
@by_secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def mail_choice(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """Ask first, stop on POST: mail scanners follow links too. The page can also let the mails come again.

    A mail program's own button posts here without a cookie (RFC 8058), hence no CSRF token: the signed link is
    what allows it. The answer to a POST is the page itself, because such a program follows no redirect.
    """
    try:
        participant, category = unsubscribing.read(token=token, municipality=request.municipality)
    except NoSuchLink as error:
        raise Http404 from error
    if request.method == "POST":
        act = unsubscribing.resume if request.POST.get("choice") == "resume" else unsubscribing.stop
        act(participant=participant, category=category)
    context = {
        "is_stopped": unsubscribing.is_stopped(participant, category),
        "has_chosen": request.method == "POST",
        "what": unsubscribing.what(category),
        "preferences_url": unsubscribing.preferences_url(
            participant=participant, municipality=request.municipality
        ),
    }
    return render(request, "trajecten/mail_choice.html", context)
