from django.db import migrations, models

from accounts.indexes import AddIndexInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('assessment', '0006_owed_work'),
    ]

    operations = [
        AddIndexInUse(
            model_name='assessment',
            index=models.Index(fields=['-scored_at'], name='assessment_latest'),
        ),
    ]
