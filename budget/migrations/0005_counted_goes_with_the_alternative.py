import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("budget", "0004_versions_of_programmes")]

    operations = [
        migrations.AlterField(
            model_name="counted",
            name="alternative",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="budget.alternative"
            ),
        )
    ]
