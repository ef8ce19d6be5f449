"""What the numbers of the words are called (文字中的数的名称): said once, for pages and documents."""

from gongkai.annual_report.number_labels import NUMBER_LABELS

__all__ = ["NUMBER_LABELS"]
