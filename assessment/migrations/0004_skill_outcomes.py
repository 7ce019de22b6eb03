from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assessment', '0003_second_look'),
    ]

    operations = [
        migrations.AddField(
            model_name='skilloutcome',
            name='difficulty_step',
            field=models.FloatField(default=0),
        ),
        migrations.AddField(
            model_name='skilloutcome',
            name='version',
            field=models.PositiveSmallIntegerField(default=1, help_text='Of the assessment, as it was counted.'),
        ),
        migrations.AddField(
            model_name='skilloutcome',
            name='was_due',
            field=models.BooleanField(default=False, help_text='To be practised when the session began.'),
        ),
    ]
