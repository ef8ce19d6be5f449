"""Accounts and the roles they hold (账号与任职): per organ and for a term."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by name; they are made by ``accounts.open_account`` alone."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of that name, as Django's authentication asks for it."""
        return self.get(username=username)


class Account(AbstractBaseUser):
    """Somebody who may sign in (账号). What one may do comes from ``RoleHolding`` alone.

    ``must_change``: the password is one that came on paper. ``failures`` and ``locked_until``: wrong
    passwords in a row, and until when no password is tried. ``second_factor``: the TOTP secret, sealed;
    ``second_factor_step``: the last time step accepted, so that no code is used twice.
    """

    username = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=64)
    is_active = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    must_change = models.BooleanField(default=False)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    second_factor = models.TextField(blank=True)
    second_factor_step = models.BigIntegerField(default=0)
    # The ledger knows every sign-in; a column beside it would be a second truth.
    last_login = None

    USERNAME_FIELD = "username"
    objects = AccountManager()

    def __str__(self) -> str:
        return self.username

    @property
    def ref(self) -> str:
        """How the ledger names the account: by number, never by name."""
        return f"account:{self.pk}"


class RoleHolding(models.Model):
    """One role, at one organ, for a term (任职). ``role`` is an id of ``rules.roles``."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="roles")
    organ = models.ForeignKey("foundation.Organ", models.PROTECT, related_name="holders")
    role = models.CharField(max_length=32)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["account", "organ", "role", "from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
                name="role_term_in_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} at {self.organ_id}"


class FailedSignIn(models.Model):
    """A wrong password, by address (登录失败), kept for an hour to slow down guessing."""

    address = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.address
