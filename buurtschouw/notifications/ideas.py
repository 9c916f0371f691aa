"""The messages about an idea, and what their templates need."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_noop as _

from buurtschouw.domain.ideas import power, telling
from buurtschouw.models import Joining, Judgement, PullerMessage, Report
from buurtschouw.notifications import reports
from buurtschouw.notifications.reports import _url
from trajecten.domain.telling import texts
from trajecten.enums import Moderation
from trajecten.models import Activity, Notification
from trajecten.registry import Category, Message, NothingToSay, Placeholder


def own_url(joining: Joining) -> str:
    """The own page of who joins: who has this address can change it, pull the idea, and leave."""
    return _url("buurtschouw:joining", gemeente=joining.municipality.slug, token=joining.token)


def _about_joining(row: Notification) -> Joining:
    if not isinstance(row.about, Joining) or row.about.participant is None:
        raise NothingToSay("left already")
    row.about.municipality = row.about.report.municipality = row.municipality
    return row.about


def _of_idea(report: Report, row: Notification) -> dict[str, Any]:
    """What every message about an idea tells: raises ``NothingToSay`` when it may not be told any more."""
    report.municipality = row.municipality
    if report.moderation == Moderation.HIDDEN:
        raise NothingToSay("hidden")
    idea_url = _url("buurtschouw:public-report", gemeente=row.municipality.slug, number=report.pk)
    return {"report": report, "idea_url": idea_url}


def _own_page(report: Report, row: Notification) -> str:
    """The own page of the reader where they join; empty otherwise."""
    mine = Joining.objects.filter(report=report, participant=row.participant, confirmed_at__isnull=False)
    found = mine.first() if row.participant else None
    if found:
        found.municipality = row.municipality
    return own_url(found) if found else ""


def asked(row: Notification) -> Mapping[str, Any]:
    """The link to confirm, or to the own page of who is in already. Raises ``NothingToSay`` for who left."""
    joining = _about_joining(row)
    return {**_of_idea(joining.report, row), "joining": joining, "own_url": own_url(joining)}


def joined(row: Notification) -> Mapping[str, Any]:
    """Who joined, for who pulls the idea. Raises ``NothingToSay`` for who left, and when the reader pulls no more."""
    joining = _about_joining(row)
    report = joining.report
    mine = Joining.objects.filter(report=report, participant=row.participant, pulls_since__isnull=False)
    own = mine.first()
    if own is None:
        raise NothingToSay("pulls it no longer")
    own.municipality = row.municipality
    total = power.confirmed([report.pk]).exclude(pk=own.pk).count()
    others = ngettext("%(n)d other person joins now.", "%(n)d other people join now.", total) % {"n": total}
    return {**_of_idea(report, row), "joining": joining, "others": others, "own_url": own_url(own)}


def news(row: Notification) -> Mapping[str, Any]:
    """What happened to the idea, with the own page of who joins it. Raises as ``followed``."""
    told = followed(row)
    return {**told, "own_url": _own_page(told["report"], row)}


def followed(row: Notification) -> Mapping[str, Any]:
    """What happened to the idea. Raises ``NothingToSay`` when it is gone, or was judged otherwise since."""
    act = row.about
    if not isinstance(act, Activity) or not isinstance(act.target, Report):
        raise NothingToSay("the idea is gone")
    report = act.target
    told = {"happened": gettext(HAPPENED[act.verb]), "words": ""}
    if act.verb == telling.JUDGED:
        told |= _judgement(act, report)
    return {**_of_idea(report, row), **told}


HAPPENED = {
    telling.PULLED: _("Somebody pulls this idea now: they take the lead to make it happen."),
    telling.LET_GO: _("Nobody pulls this idea now. Is it something for you?"),
    telling.JUDGED: _("The municipality judged whether this idea is feasible."),
    telling.TOOK_IN: _(
        "Another idea says the same, so they go on together as this one. Who joined that idea joins this one now."
    ),
    telling.WENT_APART: _(
        "The municipality took this idea apart again from the one that it went together with."
    ),
}


def _judgement(act: Activity, report: Report) -> dict[str, Any]:
    made = Judgement.objects.filter(report=report).last()
    if made is None or made.pk != act.details.get("judgement"):
        raise NothingToSay("judged otherwise since")
    happened = gettext("Is this idea feasible? The municipality says: %(level)s.") % {
        "level": made.get_level_display()
    }
    return {"happened": happened, "words": made.reason}


def answered(row: Notification) -> Mapping[str, Any]:
    """The answer for who joins. Raises as ``reports.followed_answered``."""
    told = reports.followed_answered(row)
    return {**told, "own_url": _own_page(told["report"], row)}


def message(row: Notification) -> Mapping[str, Any]:
    """What who pulls the idea wrote. Raises ``NothingToSay`` when it is gone, or the reader left meanwhile."""
    made = row.about
    if not isinstance(made, PullerMessage):
        raise NothingToSay("the message is gone")
    own = _own_page(made.report, row)
    if not own:
        raise NothingToSay("left already")
    return {**_of_idea(made.report, row), "words": made.text, "by": _writer(made), "own_url": own}


def _writer(made: PullerMessage) -> str:
    named = Joining.objects.filter(report=made.report, participant=made.by, is_named=True).first()
    return capfirst(named.public_name) if named else gettext("Who pulls this idea")


CATEGORIES = (Category("my-ideas", gettext_lazy("Ideas that you join or had")),)

ABOUT_AN_IDEA = (
    Placeholder(
        "idee",
        gettext_lazy("The idea in a few words"),
        lambda context: texts.as_title(context["report"].public_title),
        "Een ruilkast op het plein",
    ),
)

MESSAGES = (
    Message(
        key=telling.ASKED,
        app="buurtschouw",
        audience=_("Who wants to join an idea with a mail address, without signing in"),
        trigger=_("Somebody fills in the address to join or pull an idea; asks to confirm it"),
        category="my-ideas",
        context=asked,
        target="own_url",
        placeholders=ABOUT_AN_IDEA,
    ),
    Message(
        key=telling.JOINED,
        app="buurtschouw",
        audience=_("Who pulls the idea"),
        trigger=_("Somebody joins the idea"),
        category="my-ideas",
        context=joined,
        stops=_("ideas that you join"),
        target="own_url",
        placeholders=ABOUT_AN_IDEA,
    ),
    Message(
        key=telling.NEWS,
        app="buurtschouw",
        audience=_("Who joins or pulls the idea, and who had it"),
        trigger=_(
            "Somebody pulls the idea, nobody does any more, or an official judged whether it is feasible"
        ),
        category="my-ideas",
        context=news,
        stops=_("ideas that you join"),
        target="idea_url",
        placeholders=ABOUT_AN_IDEA,
    ),
    Message(
        key=telling.ANSWERED,
        app="buurtschouw",
        audience=_("Who joins or pulls the idea"),
        trigger=_(
            "An official answers or closes the idea, and no promise on it asks them whether it was kept"
        ),
        category="my-ideas",
        context=answered,
        stops=_("ideas that you join"),
        target="public_url",
        placeholders=ABOUT_AN_IDEA,
    ),
    Message(
        key=telling.MESSAGE,
        app="buurtschouw",
        audience=_("Who joins the idea"),
        trigger=_("Who pulls the idea writes to them through the portal"),
        category="my-ideas",
        context=message,
        stops=_("ideas that you join"),
        target="idea_url",
        placeholders=ABOUT_AN_IDEA,
    ),
    Message(
        key=telling.FOLLOWED,
        app="buurtschouw",
        audience=_("Who follows the idea"),
        trigger=_(
            "Somebody pulls the idea, nobody does any more, or an official judged whether it is feasible"
        ),
        category="followed",
        context=followed,
        stops=_("what you follow"),
        target="idea_url",
        same_for_all=True,
        placeholders=ABOUT_AN_IDEA,
    ),
)
