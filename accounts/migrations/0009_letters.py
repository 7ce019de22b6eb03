import accounts.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_kept_answers_are_sealed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mail_state",
                    models.CharField(
                        choices=[
                            ("none", "No mail wanted"),
                            ("owed", "Owed"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                ("mail_error", models.TextField(blank=True)),
                ("next_attempt_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("address", models.EmailField(max_length=254, verbose_name="address")),
                ("content", accounts.models.fields.EncryptedTextField()),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
            },
        ),
    ]
