"""The tables everything stands on: ledger, organs, accounts, files, publication log, notices, leases, messages."""

from gongkai.foundation.models.accounts import Account, FailedSignIn, RoleHolding
from gongkai.foundation.models.files import StoredFile
from gongkai.foundation.models.leases import Lease
from gongkai.foundation.models.ledger import EventKey, LedgerEvent
from gongkai.foundation.models.messages import (
    Channel,
    MessageSettings,
    MessageStop,
    OutboxAttachment,
    OutboxMessage,
)
from gongkai.foundation.models.notices import StoredNotice
from gongkai.foundation.models.organs import Organ, OrganName
from gongkai.foundation.models.publication_log import PublicationLogEntry
from gongkai.foundation.models.records import Record

__all__ = [
    "Account",
    "Channel",
    "EventKey",
    "FailedSignIn",
    "Lease",
    "LedgerEvent",
    "MessageSettings",
    "MessageStop",
    "Organ",
    "OrganName",
    "OutboxAttachment",
    "OutboxMessage",
    "PublicationLogEntry",
    "Record",
    "RoleHolding",
    "StoredFile",
    "StoredNotice",
]
