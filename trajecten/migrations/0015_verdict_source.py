"""A verdict knows by which contribution it was given, so that of several people without a name each has their own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("trajecten", "0014_digest_with_its_items"),
    ]

    operations = [
        migrations.AddField(
            model_name="verdict",
            name="source_type",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contenttypes.contenttype",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="source_id",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("participant__isnull", True), ("source_id__isnull", False)),
                fields=("content_type", "object_id", "round", "source_type", "source_id"),
                name="verdict_once_a_source",
            ),
        ),
    ]
