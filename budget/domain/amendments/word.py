"""The concept amendment as a Word document (OOXML), with headings and a table that screen readers know as such."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table

from budget.domain.amendments import sheet
from budget.domain.amendments.lines import Shift
from budget.models import Amendment, Outcome
from trajecten import money
from trajecten.models import Municipality

# Of the five columns, in centimetres; together as wide as the text on the sheet.
WIDTHS = (4.4, 2.5, 2.3, 2.5, 4.3)


@dataclass(frozen=True)
class Paper:
    """What stands on the paper. ``moved`` is what goes from one line to another, in whole euro; ``address`` is the page
    where it can be checked."""

    amendment: Amendment
    outcome: Outcome
    municipality: Municipality
    year: int
    shifts: Sequence[Shift]
    moved: int
    address: str


def document(paper: Paper) -> bytes:
    """The document as a file."""
    made = Document()
    sheet.lay_out(made, title=paper.amendment.title, author=paper.municipality.name)
    made.add_paragraph(_kicker(paper.amendment))
    made.add_heading(paper.amendment.title, level=1)
    made.add_paragraph(
        _("To the budget of %(year)s of the municipality of %(name)s. Made by residents.")
        % {"year": paper.year, "name": paper.municipality.name}
    )
    _said(made, _("The council finds that"), paper.amendment.findings)
    if paper.amendment.considerations:
        _said(made, _("The council considers that"), paper.amendment.considerations)
    made.add_heading(_("The council decides to change these lines"), level=2)
    _lines(made, paper.shifts)
    made.add_heading(_("Cover"), level=2)
    made.add_paragraph(
        _(
            "The changes add up to %(zero)s: %(moved)s more is covered by %(moved)s less. The total stays the same."
        )
        % {"zero": money.whole(0), "moved": money.whole(paper.moved)}
    )
    made.add_heading(_("How this was made"), level=2)
    made.add_paragraph(
        _(
            "Counted of %(n)d alternatives that balance. Everybody can check it: %(address)s (SHA-256 %(sum)s)."
        )
        % {"n": paper.outcome.residents, "address": paper.address, "sum": paper.outcome.sha256}
    )
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _kicker(amendment: Amendment) -> str:
    parts = [_("Concept amendment")]
    if amendment.handed_in_at:
        day = date_format(timezone.localtime(amendment.handed_in_at), "j F Y")
        parts.append(_("handed in on %(day)s") % {"day": day})
    return ", ".join(parts)


def _said(made: Made, heading: str, words: str) -> None:
    made.add_heading(heading, level=2)
    for paragraph in words.split("\n\n"):
        if paragraph.strip():
            made.add_paragraph(paragraph.strip())


def _lines(made: Made, shifts: Sequence[Shift]) -> None:
    table = made.add_table(rows=1, cols=5, style="Table Grid")
    headings = (
        _("Line"),
        _("In the budget"),
        pgettext("column of amounts", "Change"),
        _("Becomes"),
        _("Why"),
    )
    _fill(table, 0, headings)
    sheet.repeat_heading(table)
    for shift in shifts:
        table.add_row()
        words = (
            f"{shift.line.line.code} {shift.name}",
            money.whole(shift.now),
            money.change(shift.change),
            money.whole(shift.becomes),
            shift.line.summary,
        )
        _fill(table, len(table.rows) - 1, words)
    table.add_row()
    _fill(table, len(table.rows) - 1, (_("Together"), "", money.whole(0), "", ""))
    sheet.set_widths(table, WIDTHS)


def _fill(table: Table, number: int, words: Sequence[str]) -> None:
    for place, text in enumerate(words):
        cell = table.rows[number].cells[place].paragraphs[0]
        cell.text = text
        if number and place in (1, 2, 3):
            cell.alignment = WD_ALIGN_PARAGRAPH.RIGHT
