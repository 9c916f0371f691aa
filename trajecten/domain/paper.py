"""Pages on paper: PDF made from HTML that the portal rendered itself, in the portal's own font."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# The parts of the font that pages use too, by the address at which a document asks for them.
FONTS = {
    f"font:{part}": f"dist/files/atkinson-hyperlegible-next-{part}-wght-normal.woff2"
    for part in ("latin", "latin-ext")
}
FONT = "Portal"
NONE: Mapping[str, bytes] = MappingProxyType({})
FONT_FACE = "\n".join(
    f'@font-face {{ font-family: "{FONT}"; src: url("{address}") format("woff2"); }}' for address in FONTS
)


class NothingIsFetched(ValueError):
    """A document asked for something by its address; it is left out, as a document brings all it needs."""


class _Refusing(URLFetcher):
    """Gives out the portal's own font and the pictures that came with the document, and nothing else."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        super().__init__()
        self.pictures = pictures

    def fetch(self, url: str, *_args: Any, **_options: Any) -> Any:
        if url in self.pictures:
            return URLFetcherResponse(url, self.pictures[url], {"Content-Type": "image/jpeg"})
        file = finders.find(FONTS[url]) if url in FONTS else None
        if file is None:
            raise NothingIsFetched(url)
        return URLFetcherResponse(url, Path(file).read_bytes(), {"Content-Type": "font/woff2"})


def page_numbers() -> str:
    """ "page 1 of 2" in the reader's language, as the value of ``content`` in CSS."""
    words = _("page {number} of {total}")
    return f'"{words}"'.replace("{number}", '" counter(page) "').replace("{total}", '" counter(pages) "')


def pdf(*, html: str, css: str, pictures: Mapping[str, bytes] = NONE) -> bytes:
    """A tagged PDF (PDF/UA), with the title and the language that the HTML has. No address in it is fetched.

    ``pictures`` are JPEGs by the address at which the HTML asks for them.
    """
    fetcher, fonts = _Refusing(pictures), FontConfiguration()
    style = CSS(string=css, url_fetcher=fetcher, font_config=fonts)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1"
    )
    return made
