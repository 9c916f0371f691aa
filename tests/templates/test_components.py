"""The parts that pages are made of: what they say to who does not see them, and what no page may hold."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.utils import translation

from tests.templates.markup import Element, tree
from trajecten.demo import styleguide
from trajecten.domain.chain import ChainLink
from trajecten.templatetags.filter_bar import chosen
from trajecten.templatetags.portal import sites_linked

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.relative_to(ROOT / "templates").parts]
ICONS = {path.stem for path in (ROOT / "static/src/icons").glob("*.svg")}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def component(name: str, **context: object) -> Element:
    return tree(render_to_string(f"components/{name}.html", context))


def test_the_chain_is_an_ordered_list_with_its_states_in_words() -> None:
    links = [
        ChainLink("Said", "done", "18 people"),
        ChainLink("Promised", "broken", "was for 1 June"),
        ChainLink("Decided", "skipped"),
        ChainLink("Done", "now"),
        ChainLink("Verdict", "broken", "not solved", words=""),
    ]
    chain = component("chain", links=links).one("ol")
    items = chain.every("li")
    assert [item.text for item in items] == [
        "Said, complete, 18 people",
        "Promised, not kept, was for 1 June",
        "Decided, does not apply",
        "Done, now",
        "Verdict, not solved",
    ]
    assert [item.get("aria-current") for item in items] == [None, None, None, "step", None]
    assert chain["role"] == "list"
    assert "portal-chain__link--broken" in items[1].classes


def test_the_chain_of_a_mail_says_the_same_without_colour() -> None:
    links = [
        ChainLink("Said", "done", "3 June"),
        ChainLink("Promised", "broken", "was for 1 June"),
        ChainLink("Done", "todo"),
    ]
    text = render_to_string("mail/chain.txt", {"links": [*links, ChainLink("Decided", "skipped")]})
    assert text.split("\n")[:4] == [
        "Said: complete, 3 June",
        "Promised: not kept, was for 1 June",
        "Done: still to come",
        "",
    ]
    assert tree(render_to_string("mail/chain.html", {"links": links})).text == (
        "✓ Said: 3 June ✕ Promised: was for 1 June Done (still to come)"
    )


def test_steps_say_what_is_missing_who_and_since_when() -> None:
    steps = [
        {"title": "First", "state": "done"},
        {"title": "Second", "state": "now", "unmet": ["No date yet."]},
        {"title": "Third"},
    ]
    first, second, third = component("steps", steps=steps).every("li", cls="portal-step")
    assert first.one("h3").text == "First, done"
    assert second.one(cls="portal-need").text == "Still needed for the next step No date yet."
    assert third.one("h3").text == "Third, not yet"
    who = component("need", unmet=[{"text": "The baseline.", "who": "the core group"}])
    assert who.one("li").text == "The baseline. Who: the core group."


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Done", "done"), ("planned for 4 June", "planned for 4 June"), ("PDF", "PDF"), ("", ""), ("É", "é")],
)
def test_a_tag_begins_with_a_small_letter(text: str, shown: str) -> None:
    assert component("tag", text=text).one("span").text == shown


def test_a_figure_is_a_link_that_says_what_it_counts() -> None:
    figures = component(
        "figures", figures=[{"label": "New", "value": 14, "url": "/new", "note": "oldest 2 days"}]
    )
    link = figures.one("a")
    assert (link["href"], link.text) == ("/new", "14 New")
    assert figures.one("dt").text == "New"


def test_a_bar_is_a_progress_with_a_name() -> None:
    page = component("bar", id="kept", label="Kept", value=61, max=86, note="61 of 86")
    bar = page.one("progress")
    assert (bar["value"], bar["max"]) == ("61", "86")
    assert page.one(id=bar["aria-labelledby"]).text == "Kept"


def test_words_of_people_are_escaped() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    event = {"who": hostile, "title": hostile, "text": hostile, "tag": hostile}
    parts = [
        component("timeline", events=[event]),
        component("card", title=hostile, text=hostile, eyebrow=hostile, url="#"),
        component("alert", text=hostile, heading=hostile),
        component("map", id="m", label=hostile, after="a", data={"points": hostile}),
        tree(render_to_string("mail/quote.html", {"text": hostile, "kicker": hostile})),
    ]
    assert [part.every("img") for part in parts] == [[], [], [], [], []]
    assert parts[3].one(id="m")["data-points"] == hostile


def test_a_note_of_officials_says_that_it_is_internal() -> None:
    page = component("timeline", events=[{"who": "Team", "kind": "internal", "text": "Call first."}])
    assert "Only officials see this" in page.text


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, ["1", "2", "3", "…", "20"]),
        (7, ["1", "…", "5", "6", "7", "8", "9", "…", "20"]),
        (20, ["1", "…", "18", "19", "20"]),
    ],
)
def test_pages_of_a_list(number: int, shown: list[str]) -> None:
    page = Paginator(range(480), 25).page(number)
    nav = component("pagination", page=page, query="theme=green").one("nav")
    numbers = [part.text.removeprefix("Page ") for part in nav.parts if isinstance(part, Element)]
    assert [text for text in numbers if text not in ("Previous", "Next")] == shown
    assert nav.one("a", **{"aria-current": "page"})["href"] == f"?theme=green&page={number}"


def test_one_page_needs_no_numbers() -> None:
    assert component("pagination", page=Paginator(range(3), 25).page(1)).every("nav") == []


def test_every_component_is_in_the_style_guide() -> None:
    page = (ROOT / "templates/styleguide.html").read_text()
    of_the_base = {
        "header",
        "footer",
        "brand",
        "language",
        "account_menu",
        "account_items",
        "sign_out",
        "menu",
        "menu_items",
        "main_menu",
        "bell",
        "search",
        "demo_line",
        "messages",
        "chain",
    }
    names = {path.stem for path in (ROOT / "templates/components").glob("*.html")} - of_the_base
    assert {name for name in names if f'"components/{name}.html"' not in page} == set()


def test_the_style_guide_shows_every_icon() -> None:
    assert set(styleguide.examples()["icons"]) == ICONS


def test_every_icon_that_a_template_names_exists() -> None:
    named = re.compile(r'components/icon\.html" with name="([\w-]+)"')
    used = {name for path in TEMPLATES for name in named.findall(path.read_text())}
    assert len(used) > 5
    assert used - ICONS == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_no_page_holds_script_or_style_of_its_own(path: Path) -> None:
    """The Content-Security-Policy allows neither; a JSON block is data. A file that is read at home brings its own."""
    text = path.read_text()
    assert not re.search(r"""\s(style|on[a-z]+)=["']""", text)
    assert "<style" not in text or (path.parent.name == "my_data" and path.stem == "export")
    scripts = re.findall(r"<script[^>]*>", text)
    assert [tag for tag in scripts if " src=" not in tag and 'type="application/json"' not in tag] == []


def test_the_lock_file_names_no_registry() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert all("resolved" not in package for package in json.loads(lock)["packages"].values())
    assert "registry" not in lock


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Het lijkt op naam@example.org.", "Het lijkt op naam@example.org."),
        (
            "Meld het daar: https://duinstad.example.org/melden.",
            'Meld het daar: <a href="https://duinstad.example.org/melden">https://duinstad.example.org/melden</a>.',
        ),
        ('<b>https://a.example.org"x</b>', None),
    ],
)
def test_only_sites_become_links(text: str, shown: str | None) -> None:
    made = sites_linked(text)
    if shown is None:
        assert "<b>" not in made
        assert '"x' not in made
    else:
        assert made == shown


class ListFilter(forms.Form):
    """A filter with every kind of field that tells of itself on the fold."""

    arranging = ("order",)

    words = forms.CharField(label="Search", required=False)
    state = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Open"), ("One", [("done", "done")])]
    )
    day = forms.DateField(label="From", required=False)
    mine = forms.BooleanField(label="Only mine", required=False)
    order = forms.ChoiceField(label="Order", required=False, choices=[("new", "Newest first")])
    view = forms.CharField(required=False, widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, []),
        ({"order": "new", "view": "map"}, []),
        ({"state": "done", "mine": "on"}, ["Status: Done", "Only mine"]),
        ({"words": "kerb", "state": "gone", "day": "2026-06-03"}, ["Search: kerb", "From: June 3, 2026"]),
    ],
)
def test_the_fold_of_a_filter_tells_what_is_chosen(asked: dict[str, str], told: list[str]) -> None:
    assert chosen(ListFilter(asked)) == told
    bar = component("filter_bar", form=ListFilter(asked))
    assert bar.one("summary").text == " ".join(["Filter", " · ".join(told)]).strip()
    assert ("open" in bar.one("details").attributes) == (asked.get("state") == "gone")
    assert len(bar.every("form", role="search")) == 1


def test_a_filter_of_one_field_has_no_fold() -> None:
    bar = component("filter_bar", form=ChoiceOnly({}), clear_url="/all/")
    assert bar.every("details") == []
    assert bar.one("a", href="/all/").text == "Clear filters"


class ChoiceOnly(forms.Form):
    method = forms.ChoiceField(label="Method", required=False, choices=[("a", "A")])
