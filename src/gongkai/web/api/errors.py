"""How the API says no (错误的写法): a code, a message with the cure, and the fields concerned."""

from __future__ import annotations

from typing import Any

from ninja import Schema


class ErrorBody(Schema):
    """What is wrong and the cure."""

    code: str
    message: str
    fields: dict[str, str] = {}


class ErrorOut(Schema):
    """An error (错误)."""

    error: ErrorBody


class Refusal(Exception):
    """An answer that is an error of the contract's shape."""

    def __init__(self, status: int, code: str, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.fields = status, code, message, fields or {}

    @property
    def body(self) -> dict[str, Any]:
        """The answer as it is sent."""
        return {"error": {"code": self.code, "message": self.message, "fields": self.fields}}
