"""A resident who keeps a promise tells of it, and is named only when they want that."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0020_inbox_by_date")]

    operations = [
        migrations.AddField(
            model_name="commitment",
            name="owner_is_named",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="commitment",
            name="read_until",
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="commitmentupdate",
            name="told_by_resident",
            field=models.BooleanField(default=False),
        ),
    ]
