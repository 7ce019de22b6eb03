"""Columns of the trail without names. The guard is off until 0005 has filled them."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

guard = import_module("accounts.migrations.0002_audit_events_stay")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_keys_and_providers")]

    operations = [
        migrations.RunPython(guard.allow_changes, guard.refuse_changes),
        migrations.RenameField("auditevent", "actor_id", "actor"),
        migrations.AlterField(
            "auditevent", "object_id", models.CharField(blank=True, db_index=True, max_length=64)
        ),
        migrations.AlterField("auditevent", "object_type", models.CharField(blank=True, max_length=60)),
        migrations.AddField(
            "auditevent",
            "address",
            models.CharField(blank=True, max_length=64, verbose_name="from (keyed hash)"),
        ),
        migrations.AddField(
            "auditevent",
            "result",
            models.CharField(choices=[("done", "Done"), ("refused", "Refused")], default="done", max_length=8),
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("position", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seal",
                        to="accounts.auditevent",
                    ),
                ),
            ],
            options={"ordering": ["position"]},
        ),
    ]
