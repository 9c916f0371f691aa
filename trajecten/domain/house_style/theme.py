"""A municipality's colours: from two it chooses to the tokens that every page stands on, in light and in dark.

The tokens of a municipality are a dict with at most these keys, each a colour as ``#rrggbb``:

- ``accent``: what acts and what is done (buttons, links, the chain);
- ``accent_hover``: the accent under a pointer; made from the accent when left out;
- ``sun``: the one warm colour, for "now, your turn".

What is left out has the portal's own colour. ``check_contrast`` is asked before colours are stored;
``stylesheet`` trusts nobody and falls back on the portal's own colour for what is not a colour.
"""

import colorsys
import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

Rgb = tuple[float, float, float]

DEFAULTS: Mapping[str, str] = {"accent": "#0b5351", "sun": "#f4b942"}
FIELDS = ("accent", "accent_hover", "sun")

# WCAG 2.2, success criterion 1.4.3: text at level AA.
TEXT_CONTRAST = 4.5

PAPER, INK = "#ffffff", "#14292b"
DARK_PAPER, DARK_INK, DARK_WARM = "#172425", "#0f1919", "#1c1a14"
DARK_SATURATION = 0.45

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 (none) to 21 (black on white).

    WCAG 2.2, definitions of "contrast ratio" and "relative luminance" (https://www.w3.org/TR/WCAG22/):
    (L1 + 0.05) / (L2 + 0.05), with L = 0.2126 R + 0.7152 G + 0.0722 B over linear sRGB parts.
    """
    lighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def check_contrast(tokens: Mapping[str, object]) -> list[tuple[str, str]]:
    """Why these colours can't be used, as (field, reason); an empty list when they can.

    Refused: an unknown field; what is not ``#rrggbb``; an accent on which white text falls under 4.5:1 (WCAG AA);
    a sun on which dark text does. As text on a tint of itself the accent is darkened until it can be read.
    """
    refusals = [(field, _("There is no such colour.")) for field in tokens if field not in FIELDS]
    for field in FIELDS:
        if field in tokens and tokens[field] != "":
            reason = _refusal(field, tokens[field])
            if reason:
                refusals.append((field, reason))
    return refusals


def stylesheet(slug: str, tokens: Mapping[str, object]) -> str:
    """The CSS that gives ``<html class="voorbeeld-theme {slug}-theme">`` the municipality's colours.

    Raises ValueError for a slug that is not lower case letters, digits and hyphens, as it becomes a selector.
    """
    if not _SLUG.fullmatch(slug):
        raise ValueError(f"{slug!r} can't be part of a selector.")
    accent = _chosen(tokens, "accent") or DEFAULTS["accent"]
    hover = _chosen(tokens, "accent_hover") or _mix(accent, "#000000", 0.25)
    sun = _chosen(tokens, "sun") or DEFAULTS["sun"]
    # Both classes, so that this wins from the portal's own tokens whichever is loaded last.
    selector = f".voorbeeld-theme.{slug}-theme"
    light = _rule(selector, {**_light(accent, hover), **_sun(sun, wash=_mix(sun, PAPER, 0.86))})
    dark = _rule(selector, {**_dark(accent), **_sun(sun, wash=_mix(sun, DARK_WARM, 0.85))})
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}\n"


def is_colour(value: str) -> bool:
    """Whether this is a colour as ``#rrggbb``."""
    return bool(_COLOUR.fullmatch(value))


def accent_of(tokens: Mapping[str, object]) -> str:
    """The accent, for where tokens can't reach: mail and PDF."""
    return _chosen(tokens, "accent") or DEFAULTS["accent"]


def _refusal(field: str, value: object) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        return _("Write a colour as # and six digits or letters a to f, such as #0b5351.")
    if field == "sun":
        return _too_low(_("dark letters on it"), contrast(value, INK))
    return _too_low(_("white letters on it"), contrast(value, PAPER))


def _too_low(what: str, ratio: float) -> str:
    if ratio >= TEXT_CONTRAST:
        return ""
    # Rounded down: 4.46 must not read as the 4.5 that it is not.
    shown = f"{int(ratio * 10) / 10}"
    return _("Too little contrast for %(what)s: %(ratio)s to 1, and 4.5 to 1 is needed (WCAG AA).") % {
        "what": what,
        "ratio": shown,
    }


def _chosen(tokens: Mapping[str, object], field: str) -> str | None:
    value = tokens.get(field)
    return value.lower() if isinstance(value, str) and _COLOUR.fullmatch(value) else None


def _light(accent: str, hover: str) -> dict[str, str]:
    grounds = _grounds(accent, paper=PAPER, steps=(0.95, 0.9, 0.86, 0.8))
    text = darkened(accent, ground=grounds["accent-1-bg-active"], ratio=TEXT_CONTRAST)
    return {
        **grounds,
        **_acting(accent, hover, on_it=PAPER),
        **_writing(text, _mix(text, "#000000", 0.25), outline=_mix(accent, PAPER, 0.65)),
    }


def _dark(accent: str) -> dict[str, str]:
    """The accent lightened until it can be read on the dark page, and dark letters on top of it."""
    light = lightened(accent, ground=DARK_PAPER, ratio=7.0)
    hover = _mix(light, "#ffffff", 0.35)
    return {
        **_grounds(light, paper=DARK_PAPER, steps=(0.95, 0.86, 0.8, 0.74)),
        **_acting(light, hover, on_it=DARK_INK),
        **_writing(light, hover, outline=_mix(light, DARK_PAPER, 0.5)),
    }


def lightened(colour: str, *, ground: str, ratio: float) -> str:
    """The colour in its own hue, no lighter than it takes to reach this contrast on the (dark) ground.

    Strong colours are toned down: on a dark page they seem to glow.
    """
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _rgb(colour)))
    while lightness < 1:
        parts = colorsys.hls_to_rgb(hue, lightness, min(saturation, DARK_SATURATION))
        lighter = _hex(part * 255 for part in parts)
        if contrast(lighter, ground) >= ratio:
            return lighter
        lightness += 0.01
    return "#ffffff"


def darkened(colour: str, *, ground: str, ratio: float) -> str:
    """The colour mixed with as little black as gives it this contrast on the (light) ground."""
    shades = (_mix(colour, "#000000", step / 100) for step in range(101))
    return next((shade for shade in shades if contrast(shade, ground) >= ratio), "#000000")


def _grounds(colour: str, *, paper: str, steps: tuple[float, float, float, float]) -> dict[str, str]:
    names = ("subtle", "default", "hover", "active")
    return {f"accent-1-bg-{name}": _mix(colour, paper, step) for name, step in zip(names, steps, strict=True)}


def _acting(colour: str, hover: str, *, on_it: str) -> dict[str, str]:
    tokens = {"accent-1-inverse-bg-default": colour}
    for state in ("hover", "active"):
        tokens[f"accent-1-inverse-bg-{state}"] = hover
    for state in ("default", "hover", "active"):
        tokens[f"accent-1-inverse-color-{state}"] = on_it
    return tokens


def _writing(colour: str, hover: str, *, outline: str) -> dict[str, str]:
    tokens = {"accent-1-border-subtle": outline}
    for part in ("border", "color"):
        tokens[f"accent-1-{part}-default"] = colour
        tokens[f"accent-1-{part}-hover"] = hover
        tokens[f"accent-1-{part}-active"] = hover
    return tokens


def _sun(sun: str, *, wash: str) -> dict[str, str]:
    return {
        "highlight-bg-default": wash,
        "highlight-border-default": sun,
        "highlight-inverse-bg-default": sun,
        "highlight-inverse-color-default": INK,
    }


def _rule(selector: str, tokens: Mapping[str, str]) -> str:
    return f"{selector}{{{''.join(f'--basis-color-{name}:{value};' for name, value in tokens.items())}}}"


def _mix(colour: str, other: str, share: float) -> str:
    """The colour with this share (0 to 1) of the other, in sRGB."""
    pairs = zip(_rgb(colour), _rgb(other), strict=True)
    return _hex((1 - share) * one + share * two for one, two in pairs)


def _hex(parts: Iterable[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _rgb(colour: str) -> Rgb:
    return (float(int(colour[1:3], 16)), float(int(colour[3:5], 16)), float(int(colour[5:7], 16)))


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
