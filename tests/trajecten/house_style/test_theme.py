"""A municipality's colours: refused below WCAG AA, and turned into tokens for light and dark."""

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from trajecten.domain.house_style import theme

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def tokens_of(css: str, *, dark: bool = False) -> dict[str, str]:
    part = css.split("@media")[1 if dark else 0]
    return dict(re.findall(r"--basis-color-([\w-]+):(#[0-9a-f]{6});", part))


# The first two by definition; the others as WCAG's formula gives them, worked out by hand.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#123456", "#123456", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert theme.contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert theme.contrast(other, one) == theme.contrast(one, other)


def test_the_portals_own_colours_may_be_used() -> None:
    assert theme.check_contrast(theme.DEFAULTS) == []
    assert theme.check_contrast({}) == []
    assert theme.check_contrast({"accent": "#00528c", "accent_hover": "", "sun": "#ffcc33"}) == []


@pytest.mark.parametrize(
    ("tokens", "fields"),
    [
        ({"accent": "#777777"}, ["accent"]),
        ({"accent": "#0b5351", "accent_hover": "#ffee00"}, ["accent_hover"]),
        ({"sun": "#5a3d00"}, ["sun"]),
        ({"accent": "green"}, ["accent"]),
        ({"accent": "#0b5351;}body{display:none"}, ["accent"]),
        ({"accent": "#0b5351\n"}, ["accent"]),
        ({"accent": 7}, ["accent"]),
        ({"shadow": "#000000"}, ["shadow"]),
        ({"accent": "#fff000", "sun": "#000000"}, ["accent", "sun"]),
    ],
)
def test_what_is_refused(tokens: dict[str, object], fields: list[str]) -> None:
    assert [field for field, _reason in theme.check_contrast(tokens)] == fields


def test_the_reason_says_what_and_how_much() -> None:
    with translation.override("en"):
        ((_field, reason),) = theme.check_contrast({"accent": "#777777"})
    assert (
        reason == "Too little contrast for white letters on it: 4.4 to 1, and 4.5 to 1 is needed (WCAG AA)."
    )


def test_a_colour_that_just_passes_is_darker_as_text() -> None:
    """#767676 carries white letters by a hair; as letters on its own tint it needs to be darker."""
    assert theme.check_contrast({"accent": "#767676"}) == []
    tokens = tokens_of(theme.stylesheet("x", {"accent": "#767676"}))
    assert tokens["accent-1-inverse-bg-default"] == "#767676"
    assert theme.contrast(tokens["accent-1-color-default"], "#767676") > 1.2


def test_the_tokens_stand_on_the_element_that_has_the_theme() -> None:
    css = theme.stylesheet("polderwijk", {"accent": "#00528C"})
    assert css.count(".voorbeeld-theme.polderwijk-theme{") == 2
    assert tokens_of(css)["accent-1-inverse-bg-default"] == "#00528c"
    assert css.count("{") == css.count("}")


def test_hover_is_made_from_the_accent_unless_chosen() -> None:
    made = tokens_of(theme.stylesheet("x", {"accent": "#00528c"}))["accent-1-inverse-bg-hover"]
    assert theme.contrast(made, "#ffffff") > theme.contrast("#00528c", "#ffffff")
    chosen = tokens_of(theme.stylesheet("x", {"accent": "#00528c", "accent_hover": "#003355"}))
    assert chosen["accent-1-inverse-bg-hover"] == "#003355"


@pytest.mark.parametrize("value", ["red", "#12345", "#0b5351}body{}", None, 3])
def test_what_is_no_colour_never_reaches_the_stylesheet(value: object) -> None:
    css = theme.stylesheet("x", {"accent": value, "sun": value})
    assert css == theme.stylesheet("x", {})
    assert theme.accent_of({"accent": value}) == theme.DEFAULTS["accent"]


@pytest.mark.parametrize("slug", ["", "Polder", "a b", "x}body{", "-x", "ë"])
def test_a_slug_that_is_no_selector_is_refused(slug: str) -> None:
    with pytest.raises(ValueError, match="selector"):
        theme.stylesheet(slug, {})


@given(accent=colours)
def test_in_dark_every_accent_can_be_read(accent: str) -> None:
    tokens = tokens_of(theme.stylesheet("x", {"accent": accent}), dark=True)
    text = tokens["accent-1-color-default"]
    button, on_it = tokens["accent-1-inverse-bg-default"], tokens["accent-1-inverse-color-default"]
    assert theme.contrast(text, theme.DARK_PAPER) >= 7
    assert theme.contrast(text, tokens["accent-1-bg-default"]) >= theme.TEXT_CONTRAST
    assert theme.contrast(button, on_it) >= theme.TEXT_CONTRAST


@given(accent=colours, sun=colours)
def test_what_is_let_through_can_be_read_everywhere(accent: str, sun: str) -> None:
    if theme.check_contrast({"accent": accent, "sun": sun}):
        return
    tokens = tokens_of(theme.stylesheet("x", {"accent": accent, "sun": sun}))
    for state in ("default", "hover", "active"):
        text, ground = tokens[f"accent-1-color-{state}"], tokens[f"accent-1-bg-{state}"]
        assert theme.contrast(text, ground) >= theme.TEXT_CONTRAST
        on_it = tokens[f"accent-1-inverse-color-{state}"]
        assert theme.contrast(tokens[f"accent-1-inverse-bg-{state}"], on_it) >= theme.TEXT_CONTRAST
    assert theme.contrast(tokens["highlight-inverse-bg-default"], theme.INK) >= theme.TEXT_CONTRAST
    assert theme.contrast(tokens["highlight-bg-default"], theme.INK) >= theme.TEXT_CONTRAST
