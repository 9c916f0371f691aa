"""The municipality's design tokens as a stylesheet."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from trajecten.domain.house_style import theme


@cache_control(public=True, max_age=3600)
def stylesheet(request: HttpRequest, gemeente: str) -> HttpResponse:
    css = theme.stylesheet(request.municipality.slug, request.municipality.theme)
    return HttpResponse(css, content_type="text/css; charset=utf-8")
