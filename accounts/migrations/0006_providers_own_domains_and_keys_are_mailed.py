import django.core.validators
from django.db import migrations, models

MAIL_STATES = [("none", "No mail wanted"), ("owed", "Owed"), ("sent", "Sent"), ("failed", "Given up")]
DOMAIN = r"[a-z0-9-]+(\.[a-z0-9-]+)+"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_audit_names_go")]

    operations = [
        migrations.AddField(
            "identityprovider",
            "domains",
            models.CharField(
                "mail domains it owns",
                max_length=400,
                blank=True,
                default="",
                validators=[
                    django.core.validators.RegexValidator(
                        rf"^{DOMAIN}(\s*,\s*{DOMAIN})*$", "Such as example.com, example.org"
                    )
                ],
                help_text="Separated by commas. What it says of an address there counts as proof, also for an account "
                "that is here already. People of other domains confirm their address by mail.",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "apikey", "mail_state", models.CharField(max_length=8, choices=MAIL_STATES, default="none")
        ),
        migrations.AddField("apikey", "mail_attempts", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(
            "apikey", "mail_error", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField("apikey", "next_attempt_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("apikey", "sent_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddIndex(
            "apikey",
            models.Index(
                fields=["next_attempt_at"], name="api_key_unsent", condition=models.Q(mail_state="owed")
            ),
        ),
    ]
