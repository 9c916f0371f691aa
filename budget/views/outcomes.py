"""The residents' alternative for everybody: what it comes to, how it was counted, and the files to check it by."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from budget.domain.outcomes import reasons
from budget.models import Outcome, OutcomeLine, Round
from budget.views import shifts
from budget.views.reasons import together
from trajecten import money
from trajecten.enums import ParticipantKind

LINES, PROPOSALS = "regels", "voorstellen"


def found(request: HttpRequest, round_: int, number: int) -> Outcome:
    """The outcome with what its pages show. Raises Http404, also for an interim count that one may not see."""
    rows = Outcome.objects.select_related("round__budget", "trajectory", "amendment__council_item")
    shown = get_object_or_404(rows, round=round_, number=number)
    if shown.was_open and not request.user.has_perm("budget.view_outcome", shown.round):
        raise Http404
    return shown


@require_safe
def latest(request: HttpRequest, gemeente: str, round: int) -> HttpResponse:
    """To the count for everybody; before there is one, a page that says when there will be."""
    asked = get_object_or_404(Round.objects.select_related("trajectory"), pk=round, opened_at__isnull=False)
    newest = asked.outcomes.filter(was_open=False).first()
    if newest:
        return redirect("budget:outcome", gemeente=gemeente, round=round, number=newest.number)
    return render(request, "budget/outcomes/not_yet.html", {"round": asked})


@require_safe
def outcome(request: HttpRequest, gemeente: str, round: int, number: int) -> HttpResponse:
    """What residents shift together, line by line, and by area and kind."""
    shown = found(request, round, number)
    lines = lines_of(shown)
    drawn = shifts.drawn(lines)
    context = {
        "outcome": shown,
        "changed": [each for each in drawn if each.change],
        "same": [each for each in drawn if not each.change],
        "moved": shifts.moved(lines),
        "tables": _tables(shown, lines),
        "amendment": getattr(shown, "amendment", None),
    }
    return render(request, "budget/outcomes/page.html", context)


def lines_of(shown: Outcome) -> list[OutcomeLine]:
    """The lines in the order of the budget, each knowing its outcome."""
    lines = list(shown.lines.select_related("line"))
    for line in lines:
        line.outcome = shown
    return lines


def _tables(shown: Outcome, lines: list[OutcomeLine]) -> list[dict[str, Any]]:
    """By area and by kind: of each group that is large enough the lines that it changes most."""
    labels = {"kind": dict(ParticipantKind.choices)}
    return [
        {
            "name": name,
            "groups": [_group(shown, lines, group, labels.get(name, {})) for group in groups],
            "hidden": sum(group["residents"] is None for group in groups),
        }
        for name, groups in shown.breakdown.items()
    ]


def _group(
    shown: Outcome, lines: list[OutcomeLine], group: dict[str, Any], labels: dict[str, Any]
) -> dict[str, Any]:
    given = list(zip(lines, group["lines"], strict=False))
    rows = [
        {"line": line.line, "change": round(mean * shown.round.unit), "up": up, "down": down}
        for line, (mean, up, down, _same) in given
        if mean is not None and round(mean * shown.round.unit)
    ]
    return {
        "label": labels.get(group["key"], group["key"]),
        "residents": group["residents"],
        "rows": sorted(rows, key=lambda row: -abs(row["change"])),
        "hidden": sum(mean is None for _line, (mean, *_counts) in given),
    }


@require_safe
def line(request: HttpRequest, gemeente: str, round: int, number: int, line: int) -> HttpResponse:
    """One line: the numbers, the summary, and the reasons that everybody may read."""
    shown = found(request, round, number)
    row = get_object_or_404(shown.lines.select_related("line"), pk=line)
    row.outcome = shown
    given = together(reasons.of_line(row, only_public=True))
    context = {"outcome": shown, "row": row, "reasons": given, "unit": shown.round.unit}
    return render(request, "budget/outcomes/line.html", context)


@require_safe
def explained(request: HttpRequest, gemeente: str, round: int, number: int) -> HttpResponse:
    """How it was counted, with the line that changes most as the example."""
    shown = found(request, round, number)
    lines, unit = lines_of(shown), shown.round.unit
    example = max(lines, key=lambda each: abs(each.mean))
    context = {
        "outcome": shown,
        "example": example,
        "total": example.total * unit,
        "exact": money.change_in_cents(Decimal(example.total * unit) / shown.residents),
        "most": round_up((example.line.cap - example.line.floor) * unit, shown.residents),
        "majority": _majority(lines),
    }
    return render(request, "budget/outcomes/explained.html", context)


def round_up(amount: int, people: int) -> int:
    """The amount each, in whole euro, rounded up."""
    return -(-amount // people)


def _majority(lines: list[OutcomeLine]) -> list[dict[str, Any]]:
    """The lines that change by what a majority wants, in whole euro."""
    rows = [
        {"line": each.line, "change": round(each.common_rank * each.outcome.round.unit)} for each in lines
    ]
    return [row for row in rows if row["change"]]


@require_safe
def file(request: HttpRequest, gemeente: str, round: int, number: int, name: str) -> HttpResponse:
    """The lines, or the proposals without names, exactly as they were counted."""
    shown = found(request, round, number)
    contents = {LINES: shown.lines_file, PROPOSALS: shown.file}
    if name not in contents:
        raise Http404
    attachment = f"{slugify(shown.round.title) or 'begroting'}-{number}-{name}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{attachment}"'}
    return HttpResponse(contents[name], content_type="text/csv; charset=utf-8", headers=headers)
