"""The app of one walker: its page, its manifest, its service worker and what it shows.

All of it lies below the walker's own secret address, so the worker has the walk and nothing else in its scope.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buurtschouw.domain import walk_state
from buurtschouw.forms.walking import ObservationForm
from buurtschouw.models import Schouw
from buurtschouw.walk_texts import WALK_LABELS
from trajecten.browser_texts import as_json
from trajecten.domain.photos import cleaning
from trajecten.models import Enrolment

WORKER = "dist/js/walk-worker.js"
# What each script loads besides itself, written by static/build.mjs.
PARTS = "dist/js/parts.json"
SCRIPTS = ("walk.js", "portal.js")
STYLES = ("dist/css/portal.css", "dist/css/maps.css", "dist/css/walk.css")
FILES = (
    "dist/icons.svg",
    "dist/images/mark.svg",
    "dist/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
)
ICONS = ((192, "any"), (512, "any"), (512, "maskable"))
WHITE = "#ffffff"
PINE = "#0b5351"


def find(request: HttpRequest, token: str) -> tuple[Enrolment, Schouw]:
    """Who walks, and the walk; 404 for a token of another trajectory than a walk."""
    rows = Enrolment.objects.select_related("participant__user", "trajectory__schouw")
    walker: Enrolment = get_object_or_404(rows, token=token, trajectory__schouw__isnull=False)
    schouw: Schouw = walker.trajectory.schouw
    schouw.trajectory = walker.trajectory
    schouw.municipality = schouw.trajectory.municipality = request.municipality
    return walker, schouw


def may_answer(request: HttpRequest, walker: Enrolment, schouw: Schouw) -> bool:
    """Whether who is signed in is this walker, and an official who answers reports."""
    is_theirs = request.user.is_authenticated and walker.participant.user_id == request.user.pk
    return is_theirs and request.user.has_perm("buurtschouw.answer_report", schouw)


@require_safe
@never_cache
def app(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The page of the app. It holds the walk itself, so that it needs nothing else without a network."""
    walker, schouw = find(request, token)
    context = {
        "schouw": schouw,
        "walker": walker,
        "walk": json.dumps(walk_state.of_walk(schouw), cls=DjangoJSONEncoder, ensure_ascii=False),
        "labels": as_json(WALK_LABELS),
        "form": ObservationForm(schouw=schouw),
        "modules": _modules(),
        "max_photos": cleaning.MAX_PHOTOS,
        "max_bytes": cleaning.MAX_BYTES,
    }
    return render(request, "buurtschouw/walk.html", context)


@require_safe
@never_cache
def state(request: HttpRequest, gemeente: str, token: str) -> JsonResponse:
    """What changes: the walk as it is planned now, what this walker gave, and the group's scores."""
    walker, schouw = find(request, token)
    shown: dict[str, Any] = {"walk": walk_state.of_walk(schouw), **walk_state.of_walker(walker, schouw)}
    if may_answer(request, walker, schouw):
        shown |= {"to_answer": walk_state.to_answer(schouw), "csrf": get_token(request)}
    return JsonResponse(shown)


@require_safe
def manifest(request: HttpRequest, gemeente: str, token: str) -> JsonResponse:
    """The web app manifest of this walk, with which a phone can put it on its home screen."""
    _walker, schouw = find(request, token)
    start = _path("walk", gemeente, token)
    icons = [
        {
            "src": static(f"dist/images/walk-{size}{'-maskable' if purpose == 'maskable' else ''}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size, purpose in ICONS
    ]
    return JsonResponse(
        {
            "id": start,
            "name": schouw.trajectory.title,
            "short_name": _("Walk"),
            "lang": request.LANGUAGE_CODE,
            "start_url": start,
            "scope": start,
            "display": "standalone",
            "background_color": WHITE,
            "theme_color": PINE,
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_safe
def worker(request: HttpRequest, gemeente: str, token: str) -> HttpResponse:
    """The service worker: the built script, with before it what to keep for when there is no network.

    Its version is that of all it keeps, so a new build is a new worker, and the browser asks each time.
    """
    find(request, token)
    code = _worker_code()
    kept = [_path("walk", gemeente, token), _path("walk-manifest", gemeente, token), *_shell(gemeente)]
    version = hashlib.sha256("\n".join([code, *kept]).encode()).hexdigest()[:16]
    data = [reverse(name, kwargs={"gemeente": gemeente}) for name in ("area-boundaries", "background")]
    head = json.dumps({"version": version, "kept": kept, "data": data})
    response = HttpResponse(f"self.WALK = {head};\n{code}", content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = _path("walk", gemeente, token)
    return response


def _path(name: str, gemeente: str, token: str) -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": gemeente, "token": token})


def _shell(gemeente: str) -> list[str]:
    """Everything that the page loads, by the addresses at which it does."""
    scripts = [static(f"dist/js/{name}") for name in SCRIPTS]
    icons = [static(f"dist/images/walk-{size}.png") for size in (192, 512)]
    parts = [
        _part(part) for script in SCRIPTS for when in ("now", "later") for part in _parts()[script][when]
    ]
    theme = reverse("municipality-theme", kwargs={"gemeente": gemeente})
    return [theme, *scripts, *sorted(set(parts)), *(static(path) for path in (*STYLES, *FILES)), *icons]


@cache
def _worker_code() -> str:
    return _built(WORKER)


@cache
def _parts() -> dict[str, dict[str, list[str]]]:
    parts: dict[str, dict[str, list[str]]] = json.loads(_built(PARTS))
    return parts


def _modules() -> list[str]:
    """What the app's script needs before it can begin, to be asked for at once instead of one after the other."""
    return [static("dist/js/walk.js"), *(_part(part) for part in _parts()["walk.js"]["now"])]


def _part(name: str) -> str:
    """The address of a part: its name has its content in it already, so it has no other."""
    return f"{settings.STATIC_URL}dist/js/{name}"


def _built(path: str) -> str:
    file = finders.find(path)
    if not isinstance(file, str):
        raise FileNotFoundError(path)
    return Path(file).read_text(encoding="utf-8")
