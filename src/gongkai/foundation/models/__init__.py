"""The tables everything stands on: ledger, organs, accounts, files, publication log, notices."""

from gongkai.foundation.models.accounts import Account, FailedSignIn, RoleHolding
from gongkai.foundation.models.files import StoredFile
from gongkai.foundation.models.ledger import EventKey, LedgerEvent
from gongkai.foundation.models.notices import StoredNotice
from gongkai.foundation.models.organs import Organ, OrganName
from gongkai.foundation.models.publication_log import PublicationLogEntry
from gongkai.foundation.models.records import Record

__all__ = [
    "Account",
    "EventKey",
    "FailedSignIn",
    "LedgerEvent",
    "Organ",
    "OrganName",
    "PublicationLogEntry",
    "Record",
    "RoleHolding",
    "StoredFile",
    "StoredNotice",
]
