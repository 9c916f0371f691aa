from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("trajecten", "0002_append_only")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="is_public",
            field=models.BooleanField(default=False, verbose_name="anyone may see it"),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("object_id__isnull", True)),
                fields=["created_at"],
                name="attachment_unclaimed",
            ),
        ),
    ]
