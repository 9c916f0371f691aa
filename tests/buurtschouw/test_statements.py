"""Statements: sets to use again, words that stay once they were scored, and what a walk scores."""

import io

import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from buurtschouw.domain.preparing import statements
from buurtschouw.domain.preparing.refusals import PreparationRefused
from buurtschouw.domain.preparing.statements import Picture, Words
from buurtschouw.models import Statement, StatementSet
from tests.factories.buurtschouw import CategoryFactory, SchouwFactory
from tests.factories.preparing import ScoreFactory, StatementFactory, StatementSetFactory, StopFactory

pytestmark = pytest.mark.usefixtures("english", "in_scope")


def photo(colour="green"):
    made = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0")
    size = made.tell()
    made.seek(0)
    return {"file": made, "name": "foto.jpg", "size": size}


def keep_set(coordinator, municipality, name="Schoon en heel", made=None):
    return statements.keep_set(
        made=made or StatementSet(municipality=municipality),
        by=coordinator,
        name=name,
        summary="",
        is_active=True,
    )


def change(
    statement, coordinator, *, text=None, is_active=True, picture=statements.NO_PICTURE, category=None
):
    words = Words(category or statement.category, text or statement.text, statement.explanation)
    return statements.change(
        statement=statement, by=coordinator, words=words, position=5, is_active=is_active, picture=picture
    )


def test_two_sets_with_one_name_are_refused(coordinator, municipality):
    first = keep_set(coordinator, municipality)
    assert keep_set(coordinator, municipality, made=first) == first
    with pytest.raises(PreparationRefused, match="already") as refused:
        keep_set(coordinator, municipality, name="schoon EN heel")
    assert refused.value.field == "name"


def test_a_statement_that_nobody_scored_may_change(coordinator):
    changed = change(StatementFactory(), coordinator, text="De stoep is heel.")
    changed.refresh_from_db()
    assert (changed.text, changed.position) == ("De stoep is heel.", 5)


def test_a_statement_that_was_scored_keeps_its_words(coordinator):
    statement = ScoreFactory().statement
    for other in ({"text": "Anders."}, {"category": CategoryFactory()}):
        with pytest.raises(PreparationRefused, match="has been scored") as refused:
            change(statement, coordinator, **other)
        assert (refused.value.field, refused.value.code) == ("text", "scored")
    assert change(statement, coordinator, is_active=False).is_active is False


def test_what_replaces_a_statement_takes_its_place_where_it_was_not_scored(coordinator):
    statement = StatementFactory()
    scored = ScoreFactory(statement=statement).stop.schouw
    coming = SchouwFactory(step="preparation")
    for schouw in (scored, coming):
        schouw.statements.set([statement])
    words = Words(statement.category, "De stoep is heel.")
    new = statements.replace(statement=statement, by=coordinator, words=words, position=7)
    statement.refresh_from_db()
    assert (statement.is_active, new.is_active, new.set) == (False, True, statement.set)
    assert (list(scored.statements.all()), list(coming.statements.all())) == ([statement], [new])
    with pytest.raises(PreparationRefused, match="out of use already"):
        statements.replace(statement=statement, by=coordinator, words=words, position=7)
    assert Statement.objects.filter(set=statement.set).count() == 2


# -- Pictures -------------------------------------------------------------------------------------------------


def test_a_picture_is_written_anew_and_the_old_one_goes(coordinator, django_capture_on_commit_callbacks):
    statement = StatementFactory()
    change(statement, coordinator, picture=Picture("Een vlakke stoep", **photo()))
    statement.refresh_from_db()
    first = statement.picture.name
    with statement.picture.open() as kept, Image.open(kept) as drawn:
        assert not drawn.getexif()
    with django_capture_on_commit_callbacks(execute=True):
        change(statement, coordinator, picture=Picture("Een brede stoep", **photo("red")))
    statement.refresh_from_db()
    assert statement.picture_alt == "Een brede stoep"
    assert not statement.picture.storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        change(statement, coordinator, picture=Picture(is_removed=True))
    statement.refresh_from_db()
    assert (statement.picture.name, statement.picture_alt) == ("", "")


def test_what_replaces_a_statement_has_a_picture_of_its_own(coordinator):
    statement = StatementFactory()
    change(statement, coordinator, picture=Picture("Een vlakke stoep", **photo()))
    statement.refresh_from_db()
    words = Words(statement.category, "De stoep is heel.")
    new = statements.replace(statement=statement, by=coordinator, words=words, position=7)
    assert new.picture.name != statement.picture.name
    assert new.picture.storage.exists(new.picture.name)
    assert new.picture_alt == "Een vlakke stoep"


def test_a_picture_that_is_none_or_has_no_words_is_refused(coordinator):
    statement = StatementFactory()
    with pytest.raises(PreparationRefused) as no_picture:
        change(statement, coordinator, picture=Picture("Plaatje", io.BytesIO(b"<svg/>"), "x.svg", 6))
    assert no_picture.value.field == "picture"
    with pytest.raises(PreparationRefused) as no_words:
        change(statement, coordinator, picture=Picture("", **photo()))
    assert no_words.value.field == "picture_alt"


def test_the_database_wants_words_with_a_picture():
    statement = StatementFactory()
    with pytest.raises(IntegrityError, match="statement_picture_in_words"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(picture="statements/x.jpg")


# -- What a walk scores ---------------------------------------------------------------------------------------


def test_on_offer_is_what_is_in_use_and_fits_the_themes(schouw, category):
    fits = StatementFactory(category=category)
    StatementFactory(category=category, is_active=False)
    StatementFactory(category=category, set=StatementSetFactory(is_active=False))
    StatementFactory()
    chosen_before = StatementFactory(is_active=False)
    schouw.statements.add(chosen_before)
    assert set(statements.on_offer(schouw)) == {fits, chosen_before}


def test_choosing_leaves_no_scored_statement_out(schouw, category, coordinator):
    first, second = (StatementFactory(category=category) for _ in range(2))
    statements.choose(schouw=schouw, statements=[first, second], by=coordinator)
    assert set(statements.of_walk(schouw)) == {first, second}
    ScoreFactory(stop=StopFactory(schouw=schouw), statement=first)
    statements.choose(schouw=schouw, statements=[first], by=coordinator)
    with pytest.raises(PreparationRefused, match="was scored in this walk"):
        statements.choose(schouw=schouw, statements=[second], by=coordinator)
    with pytest.raises(PreparationRefused, match="Not all of these"):
        statements.choose(schouw=schouw, statements=[first, StatementFactory()], by=coordinator)
    assert list(statements.of_walk(schouw)) == [first]
