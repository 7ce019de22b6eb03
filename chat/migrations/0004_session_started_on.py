from django.db import migrations, models
from django.db.models.functions import TruncDate


def from_started_at(apps, schema_editor):
    apps.get_model("chat", "Session").objects.update(started_on=TruncDate("started_at"))


class Migration(migrations.Migration):
    dependencies = [("chat", "0003_customers_speak_up")]

    operations = [
        migrations.AddField("session", "started_on", models.DateField(null=True)),
        migrations.RunPython(from_started_at, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "session",
            "started_on",
            models.DateField(
                help_text="The learner's date at the start, which the world's dates count from."
            ),
        ),
    ]
