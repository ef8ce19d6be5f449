"""Editions of 0.1 were sealed and published in one act: say so in the new columns."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    edition = apps.get_model("annual_report", "ReportEdition")
    edition.objects.filter(published_seq__isnull=True).update(
        published_seq=F("event_seq"), sealed_on=F("published_on")
    )


class Migration(migrations.Migration):
    dependencies = [("annual_report", "0002_states")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
