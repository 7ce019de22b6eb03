from django.db import migrations

import accounts.models.fields


def seal(apps, schema_editor):
    """Answers kept in plain text are written again; the column stays what it was."""
    kept = apps.get_model("accounts", "KeptAnswer").objects.using(schema_editor.connection.alias)
    for answer in kept.exclude(body__isnull=True).only("body").iterator():
        answer.save(update_fields=["body"])


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_token_address")]

    operations = [
        migrations.AlterField(
            model_name="keptanswer",
            name="body",
            field=accounts.models.fields.EncryptedJSONField(null=True),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop, elidable=True),
    ]
