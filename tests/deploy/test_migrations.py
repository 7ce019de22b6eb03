"""While a new release is put in place the previous one still serves: add, fill, and tighten only a release later."""

import pytest
from django_migration_linter import MigrationLinter
from django_migration_linter.sql_analyser import analyse_sql_statements

pytestmark = [pytest.mark.services, pytest.mark.django_db]
# The last of each room from before this rule; every later one is judged.
NOT_JUDGED = {
    "accounts": 7,
    "assessment": 5,
    "chat": 4,
    "gamification": 4,
    "knowledge": 1,
    "scenarios": 3,
}


def faults(linter: MigrationLinter, app: str, name: str) -> list[str]:
    """What would break the previous release, or shut it out while a table is locked."""
    errors, _, warnings = analyse_sql_statements(linter.sql_analyser_class, linter.get_sql(app, name), [])
    data, _, _ = linter.analyse_data_migration(linter.migration_loader.disk_migrations[app, name])
    return [issue.message for issue in (*errors, *warnings, *data)]


def test_the_previous_release_survives_each_migration():
    linter = MigrationLinter(no_output=True)
    new = [
        (app, name)
        for app, name in linter.migration_loader.disk_migrations
        if int(name[:4]) > NOT_JUDGED.get(app, 9999)
    ]
    found = {f"{app} {name}": told for app, name in sorted(new) if (told := faults(linter, app, name))}
    assert found == {}


def test_a_column_that_the_previous_release_does_not_fill_is_found():
    """One from before the rule, so that we know that the linter looks."""
    assert "NOT NULL constraint on columns" in faults(
        MigrationLinter(no_output=True), "chat", "0004_session_started_on"
    )
