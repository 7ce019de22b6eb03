"""People become random keys, names and words leave, and the database guards both tables of the trail."""

from django.db import migrations

TABLES = ("accounts_auditevent", "accounts_auditseal")
SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION accounts_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation'; END; $$;
"""
POSTGRESQL_TRIGGER = """
CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION accounts_audit_refuse();
"""
WORDS = {"reason", "email", "name"}


def put_keys_for_people(apps, schema_editor):
    AuditEvent, PersonKey, User = (apps.get_model("accounts", name) for name in ("AuditEvent", "PersonKey", "User"))
    people = set(User.objects.values_list("pk", flat=True))

    def key_of(person):
        return PersonKey.objects.get_or_create(user_id=person)[0].key

    by_id = {str(person): person for person in people}
    for event in AuditEvent.objects.iterator():
        event.actor = key_of(event.actor) if event.actor in people else None
        if event.object_type == "accounts.user" and event.object_id in by_id:
            event.object_id = str(key_of(by_id[event.object_id]))
        event.data = {name: value for name, value in event.data.items() if name not in WORDS}
        if event.data.get("person") in by_id:
            event.data["person"] = str(key_of(by_id[event.data["person"]]))
        event.save()


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(SQLITE.format(table=table, verb=verb))
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION, params=None)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL_TRIGGER.format(table=table))


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for verb in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS accounts_audit_refuse() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_audit_chain")]
    operations = [
        migrations.RunPython(put_keys_for_people, migrations.RunPython.noop),
        migrations.RemoveField("auditevent", "actor_name"),
        migrations.RemoveField("auditevent", "object_name"),
        migrations.RunPython(refuse_changes, allow_changes),
    ]
