"""Who acts on an idea at the very moment at which it is merged acts on the one that is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django_scopes import scope

from buurtschouw.domain import merging
from buurtschouw.domain.ideas import joining
from buurtschouw.domain.ideas.joining import Offer
from buurtschouw.models import Joining, Report
from tests.factories.core import ParticipantFactory
from tests.factories.ideas import IdeaReportFactory, JoiningFactory

pytestmark = [pytest.mark.usefixtures("english")]
OFFER = Offer(hours=4)


@pytest.fixture
def pair(schouw: Any, category: Any) -> list[Report]:
    return [IdeaReportFactory(schouw=schouw, category=category, text=text) for text in ("Bank", "Bankje")]


def during_the_merge(act: Callable[[], Any], pair: list[Report], by: Any) -> Any:
    """What ``act`` gives that begins before the merge of the second into the first has ended."""
    begun = Event()

    def later() -> Any:
        try:
            with scope(municipality=pair[0].municipality):
                begun.set()
                return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            merging.merge(report=pair[1], into=pair[0], by=by)
            acted = pool.submit(later)
            begun.wait(timeout=20)
        return acted.result(timeout=20)


@pytest.mark.django_db(transaction=True)
def test_who_pulls_at_that_moment_pulls_the_one_that_is_kept(pair: list[Report], handler: Any) -> None:
    mine = JoiningFactory(report=pair[1])
    assert during_the_merge(lambda: joining.pull(joining=mine), pair, handler).report == pair[0]
    mine.refresh_from_db()
    assert (mine.report, mine.pulls) == (pair[0], True)


@pytest.mark.django_db(transaction=True)
def test_who_joins_at_that_moment_joins_the_one_that_is_kept(pair: list[Report], handler: Any) -> None:
    person = ParticipantFactory(municipality=pair[0].municipality)

    def act() -> Joining:
        return joining.join(report=pair[1], by=person, offer=OFFER)

    assert during_the_merge(act, pair, handler).report == pair[0]
    assert list(Joining.objects.values_list("report", "participant")) == [(pair[0].pk, person.pk)]


@pytest.mark.django_db(transaction=True)
def test_who_leaves_at_that_moment_is_gone_from_both(pair: list[Report], handler: Any) -> None:
    mine = JoiningFactory(report=pair[1])
    during_the_merge(lambda: joining.leave(joining=mine), pair, handler)
    assert not Joining.objects.exists()


@pytest.mark.django_db
def test_who_opened_the_page_before_it_was_undone_acts_on_their_own_idea_again(
    pair: list[Report], handler: Any
) -> None:
    mine = JoiningFactory(report=pair[1])
    merging.merge(report=pair[1], into=pair[0], by=handler)
    opened = Joining.objects.select_related("report").get(pk=mine.pk)
    assert opened.report == pair[0]
    merging.undo(report=pair[1], by=handler)
    assert joining.change(joining=opened, offer=OFFER, about=joining.Introduction()).report == pair[1]
