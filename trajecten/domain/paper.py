"""Pages on paper: PDF made from HTML that the portal rendered itself."""

from typing import Any

from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher


class NothingIsFetched(ValueError):
    """A document asked for something by its address; it is left out, as a document brings all it needs."""


class _Refusing(URLFetcher):
    def fetch(self, url: str, *_args: Any, **_options: Any) -> Any:
        raise NothingIsFetched(url)


def pdf(*, html: str, css: str) -> bytes:
    """A tagged PDF (PDF/UA), with the title and the language that the HTML has. No address in it is fetched."""
    fetcher = _Refusing()
    style = CSS(string=css, url_fetcher=fetcher)
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(
        stylesheets=[style], pdf_variant="pdf/ua-1"
    )
    return made
