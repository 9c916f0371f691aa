"""Words that occur in what everybody may read, and the one that was meant by a word that was typed wrongly.

The words are collected every night. A word of something that was hidden since may still be among them, but is only
shown when something that the reader may see has it.
"""

from collections.abc import Sequence

from django.db import connection, transaction
from django_scopes import scope

from trajecten.domain.searching.kinds import Reader, kinds
from trajecten.models import Municipality, Word

SHORTEST = 4

COLLECT = """
INSERT INTO trajecten_word (municipality_id, word, uses)
SELECT %s, word, ndoc FROM ts_stat(%s)
WHERE char_length(word) BETWEEN %s AND 40 AND word ~ '^[[:alpha:]]+$'
ON CONFLICT (municipality_id, word) DO UPDATE SET uses = trajecten_word.uses + EXCLUDED.uses
"""
NEAREST = """
SELECT typed, COALESCE((
    SELECT word FROM trajecten_word
    WHERE municipality_id = %s::bigint AND word %% typed AND similarity(word, typed) >= 0.33
    ORDER BY similarity(word, typed) DESC, uses DESC, word LIMIT 1
), typed)
FROM unnest(%s::text[]) WITH ORDINALITY AS given(typed, place) ORDER BY place
"""


def collect_all() -> int:
    """Collect the words of every municipality that takes part. Returns how many municipalities."""
    found = list(Municipality.objects.participating())
    for municipality in found:
        with scope(municipality=municipality):
            collect(municipality)
    return len(found)


@transaction.atomic
def collect(municipality: Municipality) -> None:
    """Make the words of this municipality anew, from what everybody may read. Call it in its scope."""
    reader = Reader(municipality)
    Word.objects.filter(municipality=municipality).delete()
    with connection.cursor() as cursor:
        for kind in kinds():
            rows = kind.rows(reader).order_by().annotate(own_words=kind.text).values("own_words")
            if rows.query.is_empty():
                continue
            sql, params = rows.query.sql_with_params()
            statement = f"SELECT to_tsvector('simple', own_words) FROM ({sql}) AS texts"  # noqa: S608
            texts = cursor.mogrify(statement, params)
            cursor.execute(COLLECT, [municipality.pk, texts.decode(), SHORTEST])


def meant(words: Sequence[str], municipality: Municipality) -> list[str]:
    """Each word as it is known, or the known one that is most like it; a short one, or one like none, as it is."""
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [municipality.pk, [word for word in words if len(word) >= SHORTEST]])
        known = dict(cursor.fetchall())
    return [known.get(word, word) for word in words]
