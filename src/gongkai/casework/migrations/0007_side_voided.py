from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_side_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='siderequest',
            name='voided_seq',
            field=models.BigIntegerField(blank=True, null=True),
        ),
    ]
