"""More achievements, and descriptions that say exactly what is counted; what trainers changed stays as it is."""

from django.db import migrations

# (slug, description so far, description that is true to its rule)
SAID_BETTER = [
    ("first-ticket", "Passed a scenario.", "One ticket brought to its right end, at 60 or more."),
    ("root-cause", "Fixed it with evidence, without a detour.", "Solved on the evidence, with full marks for efficiency and no cap."),
    ("plain-speaker", "90 or more for communication.", "A conversation at 90 or more for communication."),
    ("clean-notes", "Five tickets documented at 90 or more.", "Five different tickets documented at 90 or more."),
    ("who-goes-there", "Three callers verified at 90 or more.", "Three different callers verified at 90 or more."),
    ("recovered", "Turned a customer at the end of their patience.", "A customer with less than 20 of 100 points of patience left, and still content in the end."),
    ("good-handover", "Escalated where that was right.", "Handed over where handing over was right."),
    ("second-look", "Beat your own best by ten points.", "Beat your own best on a ticket by ten points."),
    ("all-rounder", "Passed a scenario in four categories.", "Passed tickets of four categories."),
    ("craftsman", "Five scenarios at 90 or more.", "Five different tickets at 90 or more."),
]

# (slug, title, description, icon, tier, criteria, position), placed among the first ones
MORE = [
    ("read-first", "Read the manual", "Opened the right article before the fix, on three different tickets.", "book-open", "bronze", [("informed_fixes", 3)], 4),
    ("prompt", "Prompt, not hasty", "90 or more for response time, and no cap to pay for it.", "clock", "bronze", [("prompt_tickets", 1)], 6),
    ("five-stars", "Would call again", "Three different customers who gave five of five.", "face-smile", "bronze", [("delighted_customers", 3)], 8),
    ("came-back", "Came back", "Passed a ticket whose skill was due for practice.", "calendar-days", "bronze", [("spaced_returns", 1)], 9),
    ("still-not-today", "Still not today", "Three different impostors declined and reported.", "hand-raised", "gold", [("refused_impostors", 3)], 12),
    ("odd-but-honest", "Odd, but honest", "Helped an honest caller who had every mark of an impostor.", "user-plus", "gold", [("served_suspects", 1)], 14),
    ("good-judge", "Good judge", "Two impostors declined, and two honest callers helped who looked like one.", "scale", "platinum", [("refused_impostors", 2), ("served_suspects", 2)], 16),
    ("discreet", "Not from me", "Five different callers verified, and not one value of the record given away.", "eye-slash", "silver", [("discreet_tickets", 5)], 18),
    ("straight-lines", "As the crow flies", "Five different tickets solved on the evidence, with full marks for efficiency and no cap.", "paper-airplane", "gold", [("direct_fixes", 5)], 24),
    ("well-put", "Never the jargon", "Five different conversations at 90 or more for communication.", "language", "gold", [("plain_talks", 5)], 32),
    ("five-for-five", "Five for five", "80 or more in all five dimensions of one ticket.", "star", "gold", [("balanced_tickets", 1)], 72),
    ("steady-hands", "Steady hands", "Five different tickets passed in a row, none of them capped.", "link", "silver", [("uncapped_in_a_row", 5)], 74),
    ("safe-hands", "Safe hands", "Ten different tickets passed in a row, none of them capped.", "shield-exclamation", "platinum", [("uncapped_in_a_row", 10)], 76),
    ("honest-mirror", "Honest mirror", "Foresaw your own score within ten points, in every dimension.", "light-bulb", "silver", [("true_forecasts", 1)], 82),
    ("knows-oneself", "No surprises", "Foresaw your own score within ten points, on three different tickets.", "sparkles", "gold", [("true_forecasts", 3)], 84),
    ("weak-spot", "Once a weak spot", "The dimension that you were weakest in at first has risen by 15 points.", "arrow-trending-up", "gold", [("weakness_gain", 15)], 86),
    ("kept-sharp", "Kept sharp", "Passed tickets five times when their skill was due for practice.", "arrow-uturn-left", "silver", [("spaced_returns", 5)], 88),
    ("not-by-luck", "Twice is no luck", "One skill shown at 80 or more on two tickets, three days apart.", "academic-cap", "silver", [("mastered_skills", 1)], 89),
    ("many-hands", "Toolbox", "Six skills shown at 80 or more on two tickets each, three days apart.", "wrench-screwdriver", "platinum", [("mastered_skills", 6)], 91),
    ("three-storeys", "Up the stairs", "Passed a ticket of each difficulty.", "bars-arrow-up", "silver", [("difficulties", 3)], 92),
    ("deep-end", "The deep end", "An advanced ticket at 80 or more.", "rocket-launch", "gold", [("advanced_scores", 1)], 94),
    ("same-trouble", "Same trouble, new face", "Passed the same ticket in two variants.", "arrows-right-left", "silver", [("variants_passed", 1)], 96),
    ("full-house", "Full house", "Passed tickets of all six categories.", "puzzle-piece", "platinum", [("categories", 6)], 98),
]


def add(apps, schema_editor):
    Achievement = apps.get_model("gamification", "Achievement")
    for slug, said, better in SAID_BETTER:
        Achievement.objects.filter(slug=slug, description=said).update(description=better)
    for slug, title, description, icon, tier, criteria, position in MORE:
        values = {
            "title": title,
            "description": description,
            "icon": icon,
            "tier": tier,
            "criteria": [{"measure": name, "at_least": n} for name, n in criteria],
            "position": position,
        }
        Achievement.objects.get_or_create(slug=slug, defaults=values)


def remove(apps, schema_editor):
    Achievement = apps.get_model("gamification", "Achievement")
    Achievement.objects.filter(slug__in=[row[0] for row in MORE]).delete()
    for slug, said, better in SAID_BETTER:
        Achievement.objects.filter(slug=slug, description=better).update(description=said)


class Migration(migrations.Migration):
    dependencies = [("gamification", "0003_corrections")]
    operations = [migrations.RunPython(add, remove)]
