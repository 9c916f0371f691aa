"""The demo's part about the desk: templates, two reports handled together, a question, tasks, and a round."""

import uuid
from datetime import datetime, timedelta

from django.utils import timezone
from django_scopes import scope

from buurtschouw.demo.stories import NAMESPACE
from buurtschouw.domain import answer_templates, answering, merging, rounds, subtasks
from buurtschouw.models import AnswerTemplate, Category, Report
from trajecten.demo import people
from trajecten.demo.past import Past
from trajecten.domain import workdays
from trajecten.models import Municipality, Team

# Name, theme (all where empty), status and words.
TEMPLATES = (
    (
        "Wij gaan kijken",
        "",
        "acknowledged",
        "Dank u wel voor uw melding over {thema} in {buurt}. Deze week gaat er iemand kijken. Daarna hoort u van ons "
        "wat wij doen.",
    ),
    (
        "Waar is het precies?",
        "",
        "waiting",
        "U meldde dit op {gemeld}. Wij zijn gaan kijken, maar konden het niet vinden. Kunt u ons vertellen waar het "
        "precies is? Een foto helpt ook.",
    ),
    (
        "Lamp vervangen",
        "Verlichting",
        "done",
        "De lamp in de {straat} is vervangen en brandt weer. Ziet u dat hij toch nog uitvalt? Laat het ons weten.",
    ),
    (
        "Lantaarn van de netbeheerder",
        "Verlichting",
        "forwarded",
        "De storing zit in de kabel onder de {straat}. Die is van de netbeheerder. Wij hebben melding {nummer} "
        "doorgegeven, zonder uw naam.",
    ),
    (
        "Container geleegd",
        "Afval",
        "done",
        "De container is vanochtend geleegd en wij hebben opgeruimd wat ernaast stond.",
    ),
    (
        "Snoeien in de winter",
        "Groen en bomen",
        "not_done",
        "Wij snoeien hier niet in het broedseizoen, want er kunnen nesten in zitten. In de winter kijken wij opnieuw.",
    ),
)
ROUND = 6


def load(past: Past) -> None:
    """Add it once, to the reports of Polderwijk that there are."""
    municipality = people.municipality(people.POLDERWIJK)
    with scope(municipality=municipality):
        if AnswerTemplate.objects.exists():
            return
        now = timezone.now()
        with past.at(now - timedelta(days=30)):
            _templates(municipality)
        _merge(now, past)
        _ask(now, past)
        with past.at(now - timedelta(hours=7)):
            _tasks()
        _round(municipality)


def _templates(municipality: Municipality) -> None:
    themes = {theme.name: theme for theme in Category.objects.all()}
    for name, theme, status, text in TEMPLATES:
        answer_templates.keep(
            template=AnswerTemplate(municipality=municipality),
            by=people.account("behandelaar.polderwijk"),
            name=name,
            category=themes[theme] if theme else None,
            status=status,
            text=text,
            is_active=True,
        )


def _told(name: str) -> Report | None:
    """The report of a written story, where it has happened already."""
    rows = Report.objects.defer("search").select_related("category")
    return rows.filter(key=uuid.uuid5(NAMESPACE, f"scripted-{name}")).first()


def _merge(now: datetime, past: Past) -> None:
    kept, same = _told("twee-lampen"), _told("twee-lampen-ook")
    if kept and same:
        with past.at(now - timedelta(hours=6)):
            merging.merge(report=same, into=kept, by=people.account("behandelaar.polderwijk"))


def _ask(now: datetime, past: Past) -> None:
    report = _told("achter-de-flat")
    if report and report.is_open:
        with past.at(now - timedelta(hours=3)):
            answering.answer(
                report=report,
                by=people.account("behandelaar.polderwijk"),
                version=report.version,
                status="waiting",
                message="Dank u wel. Er staan drie flats aan het water. Bij welke flat liggen de banden? Een foto "
                "helpt ons om ze snel te vinden.",
            )


def _tasks() -> None:
    report, by = _told("tegels-speeltuin"), people.account("behandelaar.polderwijk")
    if report is None or not report.is_open:
        return
    soon = workdays.after(timezone.localdate(), 3)
    first = subtasks.add(report=report, by=by, text="Opmeten hoeveel tegels er los liggen", owner=by)
    subtasks.tick(subtask=first, by=by, is_done=True)
    subtasks.add(
        report=report, by=by, text="Stratenmaker inplannen voor het stuk bij het hek", owner=by, due_on=soon
    )
    green = Team.objects.filter(name="Groen").first()
    subtasks.add(
        report=report, by=by, text="Hek losmaken voordat de stratenmaker komt", team=green, due_on=soon
    )


def _round(municipality: Municipality) -> None:
    """What the handler's team still has to look at, in walking order, shared with the team."""
    official = people.account("behandelaar.polderwijk")
    rows = Report.objects.open().filter(category__team__members=official, point__isnull=False)
    found = list(rows.defer("search").order_by("due_on", "pk")[:ROUND])
    shortlist = rounds.of(municipality=municipality, official=official)
    rounds.add(shortlist=shortlist, reports=found)
    if found:
        rounds.order(shortlist=shortlist, start=found[0])
    rounds.share(shortlist=shortlist, is_shared=True)
