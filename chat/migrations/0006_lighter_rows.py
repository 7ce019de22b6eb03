from django.db import migrations

from accounts.indexes import RemoveIndexInUse


def leave_room(apps, schema_editor):
    """Each message writes its session's row anew: beside the old one that costs no index an entry."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE chat_session SET (fillfactor = 70)")


def fill_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE chat_session RESET (fillfactor)")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('chat', '0005_owed_turns'),
    ]

    operations = [
        # It held the time of the last message; the few sessions that are active are found by another.
        RemoveIndexInUse(
            model_name='session',
            name='session_idle',
        ),
        migrations.RunPython(leave_room, fill_up),
    ]
