from django.db import migrations, models

from accounts.indexes import AddIndexInUse


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ('accounts', '0010_plain_names'),
    ]

    operations = [
        # The admin shows the latest first, of everybody's.
        AddIndexInUse(
            model_name='notice',
            index=models.Index(fields=['-created_at'], name='notice_latest'),
        ),
    ]
