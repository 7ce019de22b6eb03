from django.db import migrations, models


def by_variant(apps, schema_editor):
    """Documents had one variant until now, the usual one."""
    for version in apps.get_model("scenarios", "ScenarioVersion").objects.iterator():
        version.paths = {"usual": version.shortest_path}
        version.save(update_fields=["paths"])


class Migration(migrations.Migration):
    dependencies = [("scenarios", "0001_initial")]

    operations = [
        migrations.AddField(
            "scenarioversion",
            "paths",
            models.JSONField(default=dict, help_text="The solver's shortest justified path of each variant."),
        ),
        migrations.RunPython(by_variant, migrations.RunPython.noop),
        migrations.RemoveField("scenarioversion", "shortest_path"),
    ]
