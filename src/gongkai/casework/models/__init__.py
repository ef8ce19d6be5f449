"""The tables of casework: what the report counts, the files of cases, what platforms may do."""

from gongkai.casework.models.cases import Applicant, Case, CaseAct, CaseFile, LetterNumber, SealedText
from gongkai.casework.models.platforms import IdempotencyKey, PlatformToken
from gongkai.casework.models.requests import InformationRequest, ProcessingFee
from gongkai.casework.models.side_requests import SideAct, SideFile, SideRequest, SideText

__all__ = [
    "Applicant",
    "Case",
    "CaseAct",
    "CaseFile",
    "IdempotencyKey",
    "InformationRequest",
    "LetterNumber",
    "PlatformToken",
    "ProcessingFee",
    "SealedText",
    "SideAct",
    "SideFile",
    "SideRequest",
    "SideText",
]
