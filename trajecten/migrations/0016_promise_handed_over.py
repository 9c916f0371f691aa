"""The history of a promise says that it got another owner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0015_verdict_source")]

    operations = [
        migrations.AddField(
            model_name="commitmentupdate",
            name="handed_over",
            field=models.BooleanField(default=False),
        ),
    ]
