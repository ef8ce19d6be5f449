"""The tables of remedies (复议、诉讼、投诉)."""

from gongkai.remedies.models.complaints import Complaint
from gongkai.remedies.models.proceedings import Lawsuit, Reconsideration, Remedy, Result

__all__ = ["Complaint", "Lawsuit", "Reconsideration", "Remedy", "Result"]
