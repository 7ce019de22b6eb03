from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_providers_own_domains_and_keys_are_mailed")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="address",
            field=models.GenericIPAddressField(blank=True, null=True),
        ),
    ]
