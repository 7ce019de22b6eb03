"""The achievements that the product starts with; trainers may change them in admin."""

from django.db import migrations

FIRST = [
    ("first-ticket", "First ticket home", "Passed a scenario.", "ticket", "bronze", [("passes", 1)]),
    ("not-today", "Not today", "Declined an impostor and reported it.", "shield-check", "silver", [("refused_impostors", 1)]),
    ("root-cause", "Root cause", "Fixed it with evidence, without a detour.", "magnifying-glass", "silver", [("direct_fixes", 1)]),
    ("plain-speaker", "Plain speaker", "90 or more for communication.", "chat-bubble-left-right", "bronze", [("plain_talks", 1)]),
    ("clean-notes", "Clean notes", "Five tickets documented at 90 or more.", "clipboard-document-check", "gold", [("clean_notes", 5)]),
    ("who-goes-there", "Who goes there", "Three callers verified at 90 or more.", "identification", "silver", [("sound_verifications", 3)]),
    ("recovered", "Recovered", "Turned a customer at the end of their patience.", "lifebuoy", "gold", [("recoveries", 1)]),
    ("good-handover", "Good handover", "Escalated where that was right.", "arrow-up-right", "silver", [("right_escalations", 1)]),
    ("second-look", "Second look", "Beat your own best by ten points.", "arrow-path", "bronze", [("improvements", 1)]),
    ("all-rounder", "All-rounder", "Passed a scenario in four categories.", "squares-2x2", "gold", [("categories", 4)]),
    ("craftsman", "Craft", "Five scenarios at 90 or more.", "trophy", "platinum", [("excellent_scores", 5)]),
]


def add(apps, schema_editor):
    Achievement = apps.get_model("gamification", "Achievement")
    for position, (slug, title, description, icon, tier, criteria) in enumerate(FIRST):
        Achievement.objects.create(
            slug=slug,
            title=title,
            description=description,
            icon=icon,
            tier=tier,
            criteria=[{"measure": name, "at_least": n} for name, n in criteria],
            position=position * 10,
        )


def remove(apps, schema_editor):
    apps.get_model("gamification", "Achievement").objects.filter(slug__in=[row[0] for row in FIRST]).delete()


class Migration(migrations.Migration):
    dependencies = [("gamification", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
