"""What the numbers of the words are called and counted in (文字中的数的名称、单位): said once, for pages and documents."""

from gongkai.annual_report.number_labels import NUMBER_LABELS, read, read_unit, unit_of

__all__ = ["NUMBER_LABELS", "read", "read_unit", "unit_of"]
