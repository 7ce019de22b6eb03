from django.db import migrations, models

from accounts.indexes import AddIndexInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('gamification', '0005_owed_work'),
    ]

    operations = [
        AddIndexInUse(
            model_name='xpentry',
            index=models.Index(fields=['-created_at'], name='xp_of_period'),
        ),
    ]
