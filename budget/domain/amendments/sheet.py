"""The sheet of a Word document as it is used here: A4, in the language of its words, with a table that repeats its
heading. The template of python-docx is for American paper and English."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import get_language
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
MARGIN = Cm(2.5)


def lay_out(made: Document, *, title: str, author: str) -> None:
    """Before anything is written on it."""
    for section in made.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
    about, now = made.core_properties, timezone.now().replace(tzinfo=None)
    about.title, about.author, about.comments = title, author, ""
    about.created = about.modified = now
    about.language = _language()
    for mark in made.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), _language())


def _language() -> str:
    code = get_language() or "nl"
    return LANGUAGES.get(code.partition("-")[0], code)


def repeat_heading(table: Table) -> None:
    """Let the first row come again on every page, and be known as the heading."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """In centimetres. Each cell has its own too: programs differ in which they read."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
