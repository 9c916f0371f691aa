"""The results of a walk as a PDF: all of it, with every observation, for who reads on paper or keeps it."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from buurtschouw.domain.results import drawing, observed, report, taking_part
from buurtschouw.domain.results.observed import Observation
from buurtschouw.models import Answer, EvaluationReply, EvaluationWords, Lesson, Report, Schouw, Score
from buurtschouw.views.results import charts, readable
from trajecten.domain import paper
from trajecten.domain.house_style import theme
from trajecten.models import Attachment, Commitment, Verdict
from trajecten.views.promises import showing

# Making it takes seconds, and everybody may ask for it: what did not change is made once an hour.
KEPT_SECONDS = 3600
MOST_PHOTOS = 60


@require_safe
def results_pdf(request: HttpRequest, gemeente: str, pk: int) -> HttpResponse:
    """For who may read the results; the same bytes as long as nothing in them changed."""
    schouw = readable(request, pk)
    language = get_language() or settings.LANGUAGE_CODE
    key = f"buurtschouw.results:{schouw.pk}:{language}:{_state(schouw)}"
    made = cache.get(key)
    if made is None:
        made = pdf(schouw, language)
        cache.set(key, made, KEPT_SECONDS)
    name = f"{slugify(schouw.trajectory.title) or 'schouw'}-resultaten.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _state(schouw: Schouw) -> str:
    """Changes with all that others may read or see, and with all that is counted: what is hidden is so at once."""
    words = EvaluationWords.objects.filter(reply__evaluation__schouw=schouw)
    replies = EvaluationReply.objects.filter(evaluation__schouw=schouw)
    reports = Report.objects.filter(schouw=schouw)
    judged = Verdict.objects.filter(
        content_type=ContentType.objects.get_for_model(Report), object_id__in=reports.values("pk")
    )
    parts = (
        list(reports.order_by("pk").values_list("pk", "moderation", "version")),
        list(judged.order_by("pk").values_list("pk", "value")),
        replies.aggregate(n=Count("pk"), last=Max("changed_at")),
        Answer.objects.filter(report__schouw=schouw).aggregate(last=Max("pk")),
        list(observed.public_photos(schouw).order_by("pk").values_list("pk", flat=True)),
        list(words.order_by("pk").values_list("pk", "moderation")),
        list(Lesson.objects.filter(schouw=schouw).order_by("pk").values_list("pk", "is_public", "text")),
        list(
            Commitment.objects.filter(trajectory=schouw.trajectory_id)
            .order_by("pk")
            .values_list("pk", "version")
        ),
        Score.objects.filter(stop__schouw=schouw).aggregate(n=Count("pk"), last=Max("changed_at")),
        schouw.trajectory.title,
        schouw.trajectory.summary,
        timezone.localdate(),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def pdf(schouw: Schouw, language: str) -> bytes:
    """The document itself."""
    found = report.result(schouw)
    observations = observed.with_answers(observed.of_walk(schouw))
    photos = [photo for each in observations for photo in each.photos][:MOST_PHOTOS]
    context: dict[str, Any] = {
        **charts(found),
        "language": language,
        "schouw": schouw,
        "result": found,
        "municipality": schouw.municipality,
        "areas": list(schouw.trajectory.areas.defer("geometry")),
        "drawing": drawing.drawing(schouw),
        "funnel": taking_part.funnel(schouw),
        "by_stop": list(_by_stop(observations)),
        "promises": showing.rows(found.promises),
        "shown": {photo.pk for photo in photos},
        "today": timezone.localdate(),
        "accent": theme.accent_of(schouw.municipality.theme),
        "numbers": paper.page_numbers(),
        "font_face": paper.FONT_FACE,
    }
    return paper.pdf(
        html=render_to_string("buurtschouw/results/document.html", context),
        css=render_to_string("buurtschouw/results/document.css", context),
        pictures={f"photo:{photo.uuid}": _content(photo) for photo in photos},
    )


def _content(photo: Attachment) -> bytes:
    """The small version: three beside each other on paper need no more."""
    with photo.thumbnail.open("rb") as file:
        content: bytes = file.read()
    return content


def _by_stop(observations: Iterable[Observation]) -> Iterator[tuple[Any, list[Observation]]]:
    """The observations under the stop at which they were made, in the order of the route."""
    group: list[Observation] = []
    for each in observations:
        if group and group[0].report.stop_id != each.report.stop_id:
            yield group[0].report.stop, group
            group = []
        group.append(each)
    if group:
        yield group[0].report.stop, group
