import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0001_initial'),
        ('casework', '0007_side_voided'),
    ]

    operations = [
        migrations.AlterField(
            model_name='destructionitem',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='casework.case'),
        ),
        migrations.AddField(
            model_name='destructionitem',
            name='side',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='destructions', to='casework.siderequest'),
        ),
        migrations.AddConstraint(
            model_name='destructionitem',
            constraint=models.UniqueConstraint(fields=('destruction', 'side'), name='destruction_side_once'),
        ),
        migrations.AddConstraint(
            model_name='destructionitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('side__isnull', True)), models.Q(('case__isnull', True), ('side__isnull', False)), _connector='OR'), name='destruction_item_one_file'),
        ),
    ]
