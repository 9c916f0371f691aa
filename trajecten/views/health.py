"""Whether the portal lives, and whether it can do its work."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from redis import Redis, RedisError

from trajecten.tasks import HEARTBEAT_KEY


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of others."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Database, migrations, Redis and the worker's heartbeat: 200 when all are well, 503 with which are not."""
    checks = {
        "database": _database(),
        "migrations": _migrations(),
        "redis": _redis(),
        "worker": _worker(),
    }
    well = all(checks.values())
    report = {name: "ok" if ok else "not ok" for name, ok in checks.items()}
    return JsonResponse({"status": "ok" if well else "not ok", **report}, status=200 if well else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return False


def _redis() -> bool:
    client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.5, socket_timeout=0.5)
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()


def _worker() -> bool:
    return cache.get(HEARTBEAT_KEY) is not None


def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116: where to report a weakness. It expires in a year, counted from now."""
    expires = (timezone.now() + timedelta(days=364)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
