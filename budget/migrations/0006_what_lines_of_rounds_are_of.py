"""What the code of a line of a round is of. Until now that was told by its form: what looks like one is a task field."""

from django.db import migrations, models

OTHERS = r"""
UPDATE budget_roundline SET kind = 'programme' WHERE code !~ '^[0-8][.][0-9]{1,3}[a-z]?$';
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0005_counted_goes_with_the_alternative")]

    operations = [
        migrations.AddField(
            model_name="roundline",
            name="kind",
            field=models.CharField(
                choices=[("field", "task field"), ("programme", "programme")],
                default="field",
                max_length=9,
                verbose_name="line of",
            ),
        ),
        migrations.RunSQL(OTHERS, migrations.RunSQL.noop),
    ]
