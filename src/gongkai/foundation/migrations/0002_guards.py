"""The append-only tables refuse change by themselves from the first day."""

from django.db import migrations

from gongkai.foundation.guards import put_up, take_down


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [migrations.RunPython(put_up, take_down)]
