from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Replace


def _renamed(apps, was, becomes):
    """The placeholder for the day of the report, which read as the day of a promise, in every template."""
    templates = apps.get_model("buurtschouw", "AnswerTemplate")._base_manager
    templates.filter(text__contains=was).update(text=Replace(F("text"), Value(was), Value(becomes)))


def rename(apps, schema_editor):
    _renamed(apps, "{datum}", "{gemeld}")


def name_back(apps, schema_editor):
    _renamed(apps, "{gemeld}", "{datum}")


class Migration(migrations.Migration):
    dependencies = [
        ("buurtschouw", "0016_joined_first"),
    ]

    operations = [migrations.RunPython(rename, name_back)]
