"""A walk lies between 2000 and 2100. A date outside that was a mistake of typing: its walk has no date then."""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations, models
from django.db.models import Q

FROM, UNTIL = datetime(2000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


def forget_mistyped(apps: Any, _schema_editor: Any) -> None:
    schouwen = apps.get_model("buurtschouw", "Schouw").objects
    schouwen.filter(Q(walk_at__lt=FROM) | Q(walk_at__gte=UNTIL)).update(walk_at=None)


class Migration(migrations.Migration):
    dependencies = [("buurtschouw", "0001_schouw_and_reports")]

    operations = [
        migrations.RunPython(forget_mistyped, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="schouw",
            constraint=models.CheckConstraint(
                condition=Q(walk_at__isnull=True) | Q(walk_at__gte=FROM, walk_at__lt=UNTIL),
                name="schouw_walk_in_reach",
            ),
        ),
    ]
