"""What the portal's own templates need beside Django's tags."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.paginator import Page
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from trajecten.domain import moments
from trajecten.domain.house_style import theme
from trajecten.domain.steps import reached, tailoring
from trajecten.domain.telling import following, texts
from trajecten.enums import TrajectoryStatus
from trajecten.models import Trajectory

register = template.Library()
register.filter(texts.as_title)

SITE = re.compile(r"(https?://\S*[^\s.,])")


@register.filter
def accent(municipality: object) -> str:
    """The municipality's accent as #rrggbb, for mail, where tokens can't reach; the portal's own without one."""
    tokens = getattr(municipality, "theme", None)
    return theme.accent_of(tokens if isinstance(tokens, dict) else {})


@register.filter
def clock(moment: datetime | None) -> str:
    """The time of day, after its date; nothing for no moment."""
    return moments.clock(moment) if moment else ""


@register.filter
def age(moment: datetime) -> str:
    """How long ago, in its largest unit."""
    return moments.age(moment)


@register.filter
def number(value: object) -> str:
    """A whole number as people read it: "5.935" in Dutch. What is no whole number stays as it is."""
    return number_format(value, force_grouping=True) if isinstance(value, int) else str(value)


@register.filter
def sites_linked(text: object) -> SafeString:
    """The text with addresses of sites in it as links. A mail address in it is an example, and stays text."""
    words, *others = SITE.split(str(text))
    pairs = zip(others[::2], others[1::2], strict=True)
    linked = format_html_join("", '<a href="{0}">{0}</a>{1}', pairs)
    return format_html("{}{}", words, linked)


@register.filter
def small_first(text: object) -> str:
    """The text with a small first letter, as tags have it; an abbreviation stays one."""
    words = str(text)
    return words if words[1:2].isupper() else f"{words[:1].lower()}{words[1:]}"


@register.simple_tag(takes_context=True)
def sign_in_url(context: template.Context) -> str:
    """The page to sign in on, and from there back to this page; not to the front page, nor to a page of the account."""
    request: HttpRequest = context["request"]
    is_worth_it = request.path != "/" and not request.path.startswith("/account/")
    query = {REDIRECT_FIELD_NAME: request.get_full_path()} if is_worth_it else None
    return reverse("account_login", query=query)


@register.simple_tag(takes_context=True)
def was_refused(context: template.Context) -> bool:
    """Whether a form on this page is shown with what is wrong with it, whatever the page calls it."""
    return any(_has_errors(value) for value in context.flatten().values())


def _has_errors(value: object) -> bool:
    if isinstance(value, BaseFormSet):
        return value.is_bound and not value.is_valid()
    if isinstance(value, BaseForm):
        return value.is_bound and bool(value.errors)
    if isinstance(value, dict):
        return any(_has_errors(each) for each in value.values())
    return isinstance(value, list | tuple) and any(_has_errors(each) for each in value)


@register.filter
def page_numbers(page: Page) -> Sequence[int | str]:
    """The numbers to show around this page: the first, the last, two on either side, and marks for the gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.filter
def progress(trajectory: Trajectory) -> dict[str, object]:
    """How far this trajectory is, from its row alone: a state for each step, and the same in words."""
    steps, behind, position = tailoring.of(trajectory).steps, reached(trajectory), trajectory.method.position
    states = ["done" if position(step.key) < behind else "todo" for step in steps]
    words = capfirst(trajectory.get_status_display())
    if trajectory.status == TrajectoryStatus.AGREED and trajectory.starts_on:
        words = _("Begins on %(day)s") % {"day": date_format(trajectory.starts_on, "j F Y")}
    if trajectory.open_step:
        number = steps.index(trajectory.open_step)
        states[number] = "now"
        values = {"number": number + 1, "total": len(steps), "step": trajectory.open_step.name}
        words = _("Step %(number)d of %(total)d: %(step)s") % values
    return {"states": states, "words": words}


@register.inclusion_tag("components/follow.html", takes_context=True)
def follow_button(context: template.Context, target: Any) -> dict[str, Any]:
    """The button to follow this thing, or to stop; who is not signed in is led to that first."""
    request = context["request"]
    is_signed_in = request.user.is_authenticated
    return {
        "municipality": request.municipality,
        "csrf_token": context.get("csrf_token"),
        "kind": following.kind_of(target),
        "number": target.pk,
        "page": request.get_full_path(),
        "is_signed_in": is_signed_in,
        "is_following": is_signed_in and following.is_following(user=request.user, target=target),
    }


@register.inclusion_tag("components/as_files.html", takes_context=True)
def as_files(
    context: dict[str, Any], name: str, query: str = "", *, xlsx: bool = True, **parts: object
) -> dict[str, str]:
    """The links below a list to the same list as a file: ``name`` is that of its page, ``query`` its filter.

    ``parts`` are those of the address, beside the municipality.
    """
    here = context.get("municipality")
    kwargs = {"gemeente": here.slug, **parts} if here else parts
    rest = f"?{query}" if query else ""
    forms = ("csv", "xlsx") if xlsx else ("csv",)
    return {f"{form}_url": reverse(f"{name}-{form}", kwargs=kwargs) + rest for form in forms}
