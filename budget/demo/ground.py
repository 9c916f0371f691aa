"""What every trajectory about the budget of Polderwijk builds on (``data/town.toml``): the programmes of the council,
the keys by which money is shown per buurt, the calendar, and what people said of lines."""

import uuid
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from budget.demo import scene
from budget.demo.crowd import Crowd
from budget.demo.figures import LAST
from budget.domain import area_keys, line_answers
from budget.domain.planning import own_dates
from budget.domain.programmes import keeping
from budget.domain.programmes.keeping import Wanted
from budget.enums import AreaKeyKind, BudgetKind, Moment, Understood
from budget.models import AreaKey, Budget, BudgetLine, CalendarDate, LineFeedback, Programme
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.models import Area, Municipality

BROWSERS = uuid.UUID("8f9de6c2-3d0c-4c5e-a8b7-5a1f9d7c4e11")
FROM_YEAR = 2023
UNDERSTOOD = (Understood.YES, Understood.PARTLY, Understood.YES, Understood.NO)
# A year before the budget goes into force: a week later than usual, because of the autumn holiday.
DATES = {Moment.DRAFT: date(LAST - 1, 10, 8), Moment.COUNCIL: date(LAST - 1, 11, 12)}


def load(crowd: Crowd, past: Past) -> None:
    """Add what is not there yet."""
    municipality, said, now = crowd.municipality, scene.read("town"), timezone.now()
    with past.at(now - timedelta(days=540)):
        _keep_programmes(municipality, said["programme"])
    with past.at(now - timedelta(days=105)):
        if not AreaKey.objects.exists():
            _keep_keys(municipality, said)
        if not CalendarDate.objects.exists():
            by = people.account("coordinator.polderwijk")
            own_dates.choose(municipality=municipality, year=LAST, days=DATES, by=by)
    if not LineFeedback.objects.exists():
        _answer(crowd, past, said["feedback"])


def _keep_programmes(municipality: Municipality, told: list[dict[str, Any]]) -> None:
    known = set(Programme.objects.values_list("code", flat=True))
    for one in told:
        if one["code"] not in known:
            texts = {name: one[name] for name in ("goal", "approach", "decides")}
            shares = {code: Decimal(str(share)) for code, share in one["shares"].items()}
            wanted = Wanted(one["code"], one["name"], FROM_YEAR, None, shares, texts)
            by = people.account("coordinator.polderwijk")
            keeping.keep(municipality=municipality, by=by, programme=None, wanted=wanted)


def _keep_keys(municipality: Municipality, said: dict[str, Any]) -> None:
    by = people.account("coordinator.polderwijk")
    areas = {area.code: area for area in Area.objects.order_by("year").defer("geometry")}
    clients, booked = said["clients"], said["bookings"]
    weights = {areas[code]: Decimal(number) for code, number in clients["weights"].items()}
    own = area_keys.keep(
        key=AreaKey(municipality=municipality),
        by=by,
        name=clients["name"],
        kind=AreaKeyKind.OWN,
        source=clients["source"],
        weights=weights,
    )
    as_booked = area_keys.keep(
        key=AreaKey(municipality=municipality),
        by=by,
        name=booked["name"],
        kind=AreaKeyKind.BOOKINGS,
        source=booked["source"],
        weights={},
    )
    keys: dict[str, AreaKey | None] = {**dict.fromkeys(clients["fields"], own), booked["field"]: as_booked}
    area_keys.use(municipality=municipality, by=by, keys=keys)
    _book(areas, booked)


def _book(areas: dict[str, Area], booked: dict[str, Any]) -> None:
    """So many thousandths of what was spent on the task field that year."""
    budget = Budget.objects.get(year=booked["year"], kind=BudgetKind.REALISED, is_current=True)
    rows = BudgetLine.objects.filter(budget=budget, task_field=booked["field"])
    spent = sum(rows.values_list("expenditure", flat=True))
    amounts = {(booked["field"], areas[code]): spent * part // 1000 for code, part in booked["parts"].items()}
    area_keys.book(budget=budget, by=people.account("coordinator.polderwijk"), amounts=amounts)


def _answer(crowd: Crowd, past: Past, told: list[dict[str, Any]]) -> None:
    """In the last two months; two of three without an account or address."""
    rng, now = Random("feedback"), timezone.now()  # noqa: S311
    for line in told:
        for number in range(line["answers"]):
            browser = uuid.uuid5(BROWSERS, f"{line['field']} {number}")
            with past.at(now - timedelta(days=rng.uniform(1, 60))):
                line_answers.answer(
                    municipality=crowd.municipality,
                    year=LAST,
                    task_field=line["field"],
                    by=crowd.person(rng.randint(1, 60)) if number % 3 == 0 else browser,
                    understood=UNDERSTOOD[(number + len(line["field"])) % len(UNDERSTOOD)],
                    enough=line["enough"][number % len(line["enough"])],
                    words=line["words"][number] if number < len(line["words"]) else "",
                )
