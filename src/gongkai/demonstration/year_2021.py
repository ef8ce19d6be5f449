"""The year 2021 of the demonstration district (2021 年): every register, in the order it is entered."""

from __future__ import annotations

from gongkai.demonstration.documents import add_documents, add_interpretations, add_normative_documents
from gongkai.demonstration.items import Collection
from gongkai.demonstration.key_fields import add_key_fields
from gongkai.demonstration.news import add_publications
from gongkai.demonstration.problems import add_problems
from gongkai.demonstration.registers import add_registers
from gongkai.demonstration.sampling import Titles
from gongkai.demonstration.statistics import add_statistics


def year_2021() -> Collection:
    """All records and evidence files of the year."""
    found, titles = Collection(), Titles()
    add_normative_documents(found)
    add_documents(found, titles)
    add_interpretations(found, titles)
    add_key_fields(found, titles)
    add_publications(found, titles)
    add_registers(found, titles)
    add_statistics(found)
    add_problems(found, 2021)
    return found
