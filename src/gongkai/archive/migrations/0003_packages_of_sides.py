import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('archive', '0002_side_requests'),
        ('casework', '0009_parts_and_forwards'),
    ]

    operations = [
        migrations.RenameField(
            model_name='archivepackage',
            old_name='case_seq',
            new_name='dossier_seq',
        ),
        migrations.AlterModelOptions(
            name='archivepackage',
            options={'ordering': ['seq']},
        ),
        migrations.AddField(
            model_name='archivepackage',
            name='side',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='packages', to='casework.siderequest'),
        ),
        migrations.AlterField(
            model_name='archivepackage',
            name='case',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='packages', to='casework.case'),
        ),
        migrations.AddConstraint(
            model_name='archivepackage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('side__isnull', True)), models.Q(('case__isnull', True), ('side__isnull', False)), _connector='OR'), name='archive_package_one_file'),
        ),
    ]
