"""Which version of a programme stood on a page, so that two who change it do not undo each other's work."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budget", "0003_lines_of_budgets")]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
