"""What the clock starts."""

from django.conf import settings

from movisie_portal.celery import app


def test_every_job_of_the_clock_is_known_to_the_workers() -> None:
    """A task that nobody registered is asked for in vain, and nothing says so but the log of a worker."""
    app.loader.import_default_modules()
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert asked <= set(app.tasks)
    assert set(settings.CELERY_TASK_ROUTES) <= set(app.tasks)
