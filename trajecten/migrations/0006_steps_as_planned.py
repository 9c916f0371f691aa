from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("trajecten", "0005_telling"),
    ]

    operations = [
        migrations.AddField(
            model_name="trajectory",
            name="step_due_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="open step ready by"),
        ),
        migrations.AlterField(
            model_name="steprecord",
            name="event",
            field=models.CharField(
                choices=[
                    ("opened", "opened"),
                    ("closed", "closed"),
                    ("skipped", "skipped"),
                    ("reopened", "reopened"),
                ],
                max_length=10,
                verbose_name="event",
            ),
        ),
        migrations.AddIndex(
            model_name="trajectory",
            index=models.Index(fields=["municipality", "-created_at", "-id"], name="trajectory_recent"),
        ),
        migrations.AddIndex(
            model_name="trajectory",
            index=models.Index(
                condition=models.Q(("status", "running")),
                fields=["municipality", "step_due_on"],
                name="trajectory_due",
            ),
        ),
        migrations.AddIndex(
            model_name="trajectory",
            index=models.Index(
                condition=models.Q(("status", "running")),
                fields=["adviser", "step_due_on"],
                name="trajectory_due_of_adviser",
            ),
        ),
    ]
