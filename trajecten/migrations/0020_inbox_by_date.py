from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0019_trajectory_statuses")]

    operations = [
        migrations.RemoveIndex(model_name="notification", name="notification_inbox"),
        migrations.AddIndex(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("channel", "inapp")),
                fields=["municipality", "user", "-created_at", "-id"],
                name="notification_inbox",
            ),
        ),
        migrations.AddField(
            model_name="fanout",
            name="unless_told",
            field=models.CharField(
                blank=True,
                default="",
                editable=False,
                max_length=110,
                verbose_name="not to who is told under",
            ),
            preserve_default=False,
        ),
    ]
