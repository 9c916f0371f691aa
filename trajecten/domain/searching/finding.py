"""Finding: the words that somebody typed, what matches them, and the part of it that is shown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import IntegerField, QuerySet
from django.db.models.functions import Cast
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from trajecten.domain.searching.kinds import CONFIG, Entry, Kind, Reader, kinds

MOST_WORDS = 8
# So many matches, the newest, are put in order of how well they match; there are more when there are so many.
CANDIDATES = 300
PREVIEW = 4
# A word of so many letters is also found as the beginning of a longer one: "stoep" in "stoeptegel".
PREFIX_FROM = 4
WORD = re.compile(r"[^\W_]{1,40}")
# Characters that no text has, put around what was found by the database and made into marks after escaping.
START, STOP = "\x02", "\x03"
NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True)
class Found:
    """One thing that was found, with the part of its words that matched, as HTML that is safe."""

    entry: Entry
    excerpt: SafeString


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the first few, and whether there is more."""

    kind: Kind
    found: list[Found]
    has_more: bool


def words_of(typed: str) -> list[str]:
    """The words that are searched, in lower case; nothing else of what was typed reaches the database."""
    return [word.lower() for word in WORD.findall(typed)][:MOST_WORDS]


def has_too_many(typed: str) -> bool:
    """Whether more words were typed than are searched."""
    return len(WORD.findall(typed)) > MOST_WORDS


def query_of(words: Sequence[str]) -> SearchQuery:
    """All of these words, each in any form of it."""
    parts = [f"{word}:*" if len(word) >= PREFIX_FROM else word for word in words]
    return SearchQuery(" & ".join(parts), config=CONFIG, search_type="raw")


def preview(*, words: Sequence[str], reader: Reader) -> list[Group]:
    """The best of every kind that has something. It asks each kind once, and once more for what is shown."""
    groups = [_group(kind, words, reader) for kind in kinds()] if words else []
    return [group for group in groups if group.found]


def _group(kind: Kind, words: Sequence[str], reader: Reader) -> Group:
    rows = list(matches(kind=kind, words=words, reader=reader)[: PREVIEW + 1])
    return Group(kind, shown(kind=kind, rows=rows[:PREVIEW], reader=reader), len(rows) > PREVIEW)


def matches(*, kind: Kind, words: Sequence[str], reader: Reader) -> QuerySet[Any]:
    """What this reader may see and has all of the words, the best match first.

    Of very many matches only the newest ``CANDIDATES`` are compared: comparing all would read them all.
    """
    query = query_of(words)
    rows = kind.rows(reader)
    # The index has the municipality as a plain integer: what a GIN index compares with has to be of its very type.
    where = Cast("municipality", IntegerField())
    matching = rows.annotate(where=where, words=kind.vector(reader)).filter(
        where=reader.municipality.pk, words=query
    )
    candidates = matching.order_by(*kind.newest).values("pk")[:CANDIDATES]
    best = rows.filter(pk__in=candidates).annotate(
        match=SearchRank(kind.vector(reader), query),
        excerpt=SearchHeadline(
            kind.text, query, config=CONFIG, start_sel=START, stop_sel=STOP, min_words=12, max_words=28
        ),
    )
    return best.order_by("-match", *kind.newest)


def shown(*, kind: Kind, rows: Sequence[Any], reader: Reader) -> list[Found]:
    """What a page shows of these rows."""
    entries = kind.entries(rows, reader) if rows else {}
    return [Found(entries[row.pk], marked(row.excerpt)) for row in rows if row.pk in entries]


def marked(excerpt: str) -> SafeString:
    """Text of people as HTML: escaped, with marks only where the database put them."""
    kept = NO_TEXT.sub(lambda found: found[0] if found[0] in START + STOP else " ", excerpt)
    html = escape(kept).replace(START, "<mark>").replace(STOP, "</mark>")
    balanced = html.count("<mark>") == html.count("</mark>")
    plain = escape(kept.replace(START, "").replace(STOP, ""))
    return mark_safe(html if balanced else plain)  # noqa: S308  escaped above


def kind_named(key: str) -> Kind | None:
    """The kind with this name in the address."""
    return next((kind for kind in kinds() if kind.key == key), None)
