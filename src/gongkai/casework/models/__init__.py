"""The tables of casework: what the report counts, the files of cases, what platforms may do."""

from gongkai.casework.models.cases import Applicant, Case, CaseAct, CaseFile, LetterNumber, SealedText
from gongkai.casework.models.forwards import CaseForward
from gongkai.casework.models.letters import Letter, LetterDraft, LetterSettings, LetterTemplate
from gongkai.casework.models.parts import CasePart
from gongkai.casework.models.platforms import IdempotencyKey, PlatformToken
from gongkai.casework.models.redactions import Redaction, RedactionDraft
from gongkai.casework.models.requests import InformationRequest, ProcessingFee
from gongkai.casework.models.secrets import CarriedSecret
from gongkai.casework.models.side_requests import SideAct, SideFile, SideRequest, SideText

# What has a file of its own (案卷): a request, a correction or a proposal.
Dossier = Case | SideRequest

__all__ = [
    "Applicant",
    "CarriedSecret",
    "Case",
    "CaseAct",
    "CaseFile",
    "CaseForward",
    "CasePart",
    "Dossier",
    "IdempotencyKey",
    "InformationRequest",
    "Letter",
    "LetterDraft",
    "LetterNumber",
    "LetterSettings",
    "LetterTemplate",
    "PlatformToken",
    "ProcessingFee",
    "Redaction",
    "RedactionDraft",
    "SealedText",
    "SideAct",
    "SideFile",
    "SideRequest",
    "SideText",
]
