"""What the buurtschouw adds to the front page and to "my overview"."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from buurtschouw.domain import schouwen
from buurtschouw.domain.chain import chains_of
from buurtschouw.domain.ideas import joining
from buurtschouw.domain.preparing import roles
from buurtschouw.domain.queries import public, verdicts
from buurtschouw.enums import ReportKind
from buurtschouw.models import Idea, Joining, Report, Schouw
from trajecten.domain import moments
from trajecten.domain.overview.mine import Mine
from trajecten.enums import EnrolmentStatus, Role
from trajecten.models import Enrolment, Municipality, Participant
from trajecten.registry import MenuItem, Menus, Pages, Result, Wait, Way

RESULTS = 4
MINE = 50
MOST_PULLED = 10


def ways(municipality: Municipality) -> Iterator[Way]:
    """Report something, walk along with the next schouw, see what was reported."""
    open_now = schouwen.accepting_reports()
    slug = municipality.slug
    if open_now:
        days = min(schouw.service_level_days for schouw in open_now)
        text = ngettext(
            "Photo, place, done. You hear within %(n)d working day what we do.",
            "Photo, place, done. You hear within %(n)d working days what we do.",
            days,
        ) % {"n": days}
        yield Way(_("Report something on the street"), text, _url("choose", slug), "pin", rank=10)
    for schouw in schouwen.running():
        if schouw.walk_at and schouw.walk_at > timezone.now():
            yield Way(
                _("Walk along with the buurtschouw"),
                _when_and_where(schouw),
                _url("schouw", slug, pk=schouw.pk),
                icon="walk",
                rank=20,
            )
            break
    if Idea.objects.filter(is_ranked=True).exists():
        yield Way(
            _("Ideas for the neighbourhood"),
            _("Say which ones are good, join one, or take the lead."),
            _url("ideas", slug),
            "people",
            rank=30,
        )
    yield Way(
        _("See what others reported"),
        _("On the map and in a list, with what was done about it."),
        _url("reports", slug),
        "map",
        rank=90,
    )


def _when_and_where(schouw: Schouw) -> str:
    day = capfirst(date_format(timezone.localtime(schouw.walk_at), "l j F"))
    where = schouw.meeting_point or schouw.trajectory.title
    return f"{day}, {moments.clock(schouw.walk_at)}, {where}."


def _url(name: str, slug: str, **parts: object) -> str:
    return reverse(f"buurtschouw:{name}", kwargs={"gemeente": slug, **parts})


def results(municipality: Municipality) -> Iterator[Result]:
    """Reports whose words are public and that were closed last."""
    found = list(public.closed().with_names()[:RESULTS])
    chains = chains_of(found, own=False)
    for report in found:
        url = _url("public-report", municipality.slug, number=report.pk)
        yield Result(_kicker(report), report.title, url, chains[report.pk], report.closed_at)


def mine(municipality: Municipality, participant: Participant) -> Iterator[Result]:
    """The participant's own reports, newest first, each to its tracking page."""
    found = list(Report.objects.filter(author=participant).with_names().order_by("-id")[:MINE])
    chains = chains_of(found)
    for report in found:
        url = _url("track", municipality.slug, token=report.token)
        yield Result(_kicker(report), report.title, url, chains[report.pk], report.created_at)
    yield from _joined(municipality, participant)


def _joined(municipality: Municipality, participant: Participant) -> Iterator[Result]:
    """The ideas that the participant joins or pulls, each to the own page there."""
    rows = Joining.objects.filter(participant=participant, confirmed_at__isnull=False)
    named = rows.select_related("report__category", "report__area")
    found = list(named.defer("report__search", "report__area__geometry").order_by("-pk")[:MINE])
    chains = chains_of((row.report for row in found), own=False)
    for row in found:
        url = _url("joining", municipality.slug, token=row.token)
        role = _("You pull this") if row.pulls else _("You join this")
        yield Result(
            f"{role} · {_kicker(row.report)}", row.report.title, url, chains[row.report_id], row.confirmed_at
        )


def waits(mine: Mine) -> Iterator[Wait]:
    """The participant's own reports that are called closed, of which they have not said whether it is solved; ideas
    that they pull and that others joined since."""
    yield from _joined_since(mine)
    for report in verdicts.to_judge(mine.participant)[:MINE]:
        day = date_format(timezone.localtime(report.closed_at), "j F Y")
        yield Wait(
            kicker=_kicker(report),
            title=report.title,
            url=_url("track", mine.municipality.slug, token=report.token),
            action=_("Say what you think of it") if report.is_idea else _("Say whether it is solved"),
            when=_("Finished on %(date)s") % {"date": day},
            since=report.closed_at,
        )


def _joined_since(mine: Mine) -> Iterator[Wait]:
    """Ideas that the participant pulls, and to whose joiners nobody wrote since the last one came."""
    for found in joining.unwelcomed(mine.participant)[:MOST_PULLED]:
        yield Wait(
            kicker=_kicker(found.report),
            title=found.report.title,
            url=_url("joining", mine.municipality.slug, token=found.token),
            action=_("Write to who joined"),
            when=_("Somebody joined on %(date)s")
            % {"date": date_format(timezone.localtime(found.last_joined), "j F Y")},
            since=found.last_joined,
        )


def own_page(walker: Enrolment) -> tuple[str, str] | None:
    """The app of who walks along; who stopped has none."""
    if walker.status == EnrolmentStatus.LEFT:
        return None
    return _("Open the app of the walk"), _url("walk", walker.municipality.slug, token=walker.token)


def _kicker(report: Report) -> str:
    where = report.area.name if report.area else report.address
    sort = "" if report.kind == ReportKind.PROBLEM else capfirst(report.get_kind_display())
    return " · ".join(part for part in (sort, where, report.category.name) if part)


def desk(municipality: Municipality, roles: Collection[str]) -> str:
    """The queue for who answers or reads reports, the walks for who only plans them."""
    name = "schouwen" if set(roles) == {Role.COORDINATOR} else "queue"
    return _url(name, municipality.slug)


def area(municipality: Municipality, number: int) -> str:
    """What was reported in this area."""
    return f"{_url('reports', municipality.slug)}?area={number}"


def enrolled(enrolment: Enrolment) -> Iterator[tuple[str, str]]:
    """The preparation, for who takes part in the core group of a walk."""
    if roles.prepares(enrolment):
        slug = enrolment.trajectory.municipality.slug
        yield _("To the preparation of the walk"), _url("core-group", slug, token=enrolment.token)


def finished(municipality: Municipality) -> str:
    """The reports that are closed."""
    return f"{_url('reports', municipality.slug)}?state=closed"


PAGES = Pages(
    ways=ways, results=results, mine=mine, desk=desk, area=area, finished=finished, enrolled=enrolled
)

MENUS = Menus(
    residents=(
        MenuItem(gettext_lazy("Map of reports"), "buurtschouw:reports"),
        MenuItem(gettext_lazy("Ideas"), "buurtschouw:ideas"),
    ),
    officials=(
        MenuItem(gettext_lazy("Work queue"), "buurtschouw:queue"),
        MenuItem(gettext_lazy("Energy"), "buurtschouw:ideas-desk"),
    ),
    management=(
        MenuItem(
            gettext_lazy("Walks"),
            "buurtschouw:schouwen",
            gettext_lazy("Plan a buurtschouw, and see how each one goes."),
            for_everybody=True,
        ),
        MenuItem(
            gettext_lazy("Figures"),
            "buurtschouw:figures",
            gettext_lazy("How much comes in, how fast it is answered, and whether it was solved."),
            for_everybody=True,
        ),
        MenuItem(
            gettext_lazy("Themes"),
            "buurtschouw:categories",
            gettext_lazy("What people report about, and which team answers."),
        ),
        MenuItem(
            gettext_lazy("Answer templates"),
            "buurtschouw:answer-templates",
            gettext_lazy("Answers that you give more often, with words that the portal fills in."),
        ),
        MenuItem(
            gettext_lazy("Other systems"),
            "buurtschouw:destinations",
            gettext_lazy("Where reports are forwarded to, and what each theme becomes there."),
        ),
        MenuItem(
            gettext_lazy("Open311 keys"),
            "buurtschouw:open311-keys",
            gettext_lazy("Which other systems may send reports and read them."),
        ),
        MenuItem(
            gettext_lazy("Statements"),
            "buurtschouw:statement-sets",
            gettext_lazy("What is scored at the stops of a walk, in sets to use again."),
        ),
    ),
)
