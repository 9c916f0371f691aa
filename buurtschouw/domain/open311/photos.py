"""Photos that another system sends as an address: fetched by a job, and only from servers that its key names.

The address comes from outside, so it could name any server that this one can reach. So only hosts of the key are
asked, over https on its own port, without following redirects or a proxy. The name is looked up once, and the
connection goes to the address that came out after that was found to be a public one. What comes back is a photo only
if it can be decoded as one (``attachments.add``), whatever the server calls it.
"""

import io
import time
import uuid
from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import structlog
from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from buurtschouw.models import ApiKey, AwaitedPhoto, Report
from trajecten.domain import activities, outside
from trajecten.domain.photos import attachments, cleaning

log = structlog.get_logger(__name__)

BATCH = 20
LONGEST_URL = 500
TOTAL_SECONDS = 30.0
SILENT_SECONDS = 8.0
# After so many tries it is given up; each waits twice as long as the one before.
MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=1)
HTTPS = 443

_HEADERS = {"Accept": "image/*", "User-Agent": "movisie-portal"}


class NotFetched(Exception):
    """The photo did not come. ``for_good``: and will not, so that trying again has no use."""

    def __init__(self, why: str, *, for_good: bool) -> None:
        super().__init__(why)
        self.for_good = for_good


def is_fetched(*, key: ApiKey, url: str) -> bool:
    """Whether a photo at this address is fetched for this key."""
    return _host(url) in key.hosts


def await_photo(*, report: Report, key: ApiKey, url: str) -> None:
    """Remember that the photo of a new report is to be fetched."""
    AwaitedPhoto.objects.create(
        municipality_id=report.municipality_id, report=report, key=key, url=url, next_try_at=timezone.now()
    )


def _host(url: str) -> str:
    """The server of an address that may be asked; empty for any other address."""
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme == "https" and parts.port in (None, HTTPS) and "@" not in parts.netloc
    except ValueError:
        return ""
    return (parts.hostname or "") if is_plain and len(url) <= LONGEST_URL else ""


def fetch_due() -> int:
    """Fetch the photos whose time has come. Returns how many were kept.

    Two workers never fetch the same one; one that fails is tried again later, ``MOST_TRIES`` times at most.
    """
    with scopes_disabled():
        due = AwaitedPhoto.objects.filter(next_try_at__lte=timezone.now()).order_by("next_try_at", "id")
        keys = list(due.values_list("pk", flat=True)[:BATCH])
    return sum(_fetch_one(pk) for pk in keys)


@transaction.atomic
def _fetch_one(pk: int) -> bool:
    with scopes_disabled():
        rows = AwaitedPhoto.objects.select_for_update(skip_locked=True, of=("self",))
        waiting = rows.select_related("report__municipality", "key").filter(pk=pk).first()
    if waiting is None:
        return False
    with scope(municipality=waiting.report.municipality):
        return _settle(waiting)


def _settle(waiting: AwaitedPhoto) -> bool:
    try:
        content = fetch(waiting.url, waiting.key.hosts)
        _keep(waiting, content)
    except NotFetched as problem:
        waiting.tries += 1
        log.warning("open311_photo_not_fetched", why=str(problem), tries=waiting.tries)
        if problem.for_good or waiting.tries >= MOST_TRIES:
            activities.record(verb="photo_not_fetched", target=waiting.report, by=None)
            waiting.delete()
        else:
            waiting.next_try_at = timezone.now() + FIRST_PAUSE * 2**waiting.tries
            waiting.save(update_fields=["tries", "next_try_at"])
        return False
    waiting.delete()
    return True


def _keep(waiting: AwaitedPhoto, content: bytes) -> None:
    report = waiting.report
    try:
        attachments.add(
            municipality=report.municipality,
            photo_id=uuid.uuid5(report.key, waiting.url),
            draft_key=report.key,
            upload=io.BytesIO(content),
            name="photo",
            size=len(content),
            target=report,
        )
    except attachments.AttachmentRefused as refused:
        raise NotFetched(refused.code or "refused", for_good=True) from refused


def fetch(url: str, hosts: list[str]) -> bytes:
    """The body at an address on one of these servers, ``cleaning.MAX_BYTES`` at most. Raises ``NotFetched``."""
    host = _host(url)
    if host not in hosts:
        raise NotFetched("host", for_good=True)
    deadline = time.monotonic() + TOTAL_SECONDS
    address = httpx.URL(url)
    headers = {**_HEADERS, "Host": address.netloc.decode("ascii")}
    try:
        with (
            httpx.Client(
                timeout=SILENT_SECONDS,
                follow_redirects=False,
                trust_env=False,
                verify=outside.certificates(),
            ) as client,
            client.stream(
                "GET",
                address.copy_with(host=_public_address(host)),
                headers=headers,
                extensions={"sni_hostname": host},
            ) as answer,
        ):
            _check(answer)
            return _body(answer, deadline)
    except httpx.HTTPError as error:
        raise NotFetched(type(error).__name__, for_good=False) from error


def _check(answer: httpx.Response) -> None:
    if answer.status_code != httpx.codes.OK:
        raise NotFetched(f"status {answer.status_code}", for_good=answer.status_code < 500)
    if not answer.headers.get("Content-Type", "image/").startswith(("image/", "application/octet-stream")):
        raise NotFetched("type", for_good=True)


def _body(answer: httpx.Response, deadline: float) -> bytes:
    body = bytearray()
    for part in answer.iter_bytes():
        body += part
        if len(body) > cleaning.MAX_BYTES:
            raise NotFetched("size", for_good=True)
        if time.monotonic() > deadline:
            raise NotFetched("slow", for_good=False)
    return bytes(body)


def _public_address(host: str) -> str:
    try:
        return outside.address_of(host, HTTPS)
    except outside.NotFound as error:
        raise NotFetched("name", for_good=False) from error
    except outside.Inside as error:
        raise NotFetched("private", for_good=True) from error
