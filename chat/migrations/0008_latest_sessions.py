from django.db import migrations, models

from accounts.indexes import AddIndexInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('chat', '0007_model_voice'),
    ]

    operations = [
        # The admin shows the latest first, of everybody's.
        AddIndexInUse(
            model_name='session',
            index=models.Index(fields=['-started_at'], name='session_latest'),
        ),
    ]
