"""The addresses of the desk's admin pages, with whose they are."""

from gongkai.web.desk import (
    account_acts,
    account_views,
    ledger_views,
    message_settings_views,
    message_views,
    notice_views,
    organ_import_views,
    organ_views,
)
from gongkai.web.desk.access import Page

_ACCOUNT, _ORGAN, _NOTICE, _LEDGER = "account.manage", "organ.manage", "notice.load", "ledger.verify"
_BOTH = ("GET", "POST")

# ``<code>``, not ``<organ>``: the guard's ``<organ>`` is 404 to whom reads no content, as an operator.
PAGES: tuple[Page, ...] = (
    Page("accounts/", account_views.account_list, "accounts", _ACCOUNT),
    Page("accounts/new/", account_views.new, "account-new", _ACCOUNT, _BOTH, resumes=True),
    Page("accounts/slips/", account_views.slips, "account-slips", _ACCOUNT),
    Page("accounts/<int:pk>/", account_views.account, "account", _ACCOUNT),
    Page("accounts/<int:pk>/roles/new/", account_acts.give, "account-role", _ACCOUNT, _BOTH, resumes=True),
    Page(
        "accounts/<int:pk>/roles/<int:holding>/end/",
        account_acts.end,
        "account-end-role",
        _ACCOUNT,
        _BOTH,
        resumes=True,
    ),
    Page("accounts/<int:pk>/reset/", account_acts.reset, "account-reset", _ACCOUNT, _BOTH),
    Page("accounts/<int:pk>/close/", account_acts.close, "account-close", _ACCOUNT, _BOTH),
    Page("accounts/<int:pk>/reopen/", account_acts.reopen, "account-reopen", _ACCOUNT, _BOTH),
    Page("accounts/<int:pk>/hand-over/", account_acts.hand_over, "account-hand-over", _ACCOUNT, _BOTH),
    Page("organs/", organ_views.organ_list, "organs", _ORGAN),
    Page("organs/new/", organ_views.new, "organ-new", _ORGAN, _BOTH, resumes=True),
    Page("organs/template.xlsx", organ_import_views.template, "organ-template", _ORGAN),
    Page("organs/import/", organ_import_views.upload, "organ-import", _ORGAN, _BOTH),
    Page("organs/import/confirm/", organ_import_views.confirm, "organ-import-confirm", _ORGAN, ("POST",)),
    Page("organs/<str:code>/manage/", organ_views.organ, "organ", _ORGAN),
    Page("organs/<str:code>/manage/rename/", organ_views.rename, "organ-rename", _ORGAN, _BOTH, resumes=True),
    Page("organs/<str:code>/manage/end/", organ_views.end, "organ-end", _ORGAN, _BOTH, resumes=True),
    Page(
        "organs/<str:code>/manage/describe/",
        organ_views.describe,
        "organ-describe",
        _ORGAN,
        _BOTH,
        resumes=True,
    ),
    Page("notices/", notice_views.notice_list, "notices", _NOTICE),
    Page("notices/load/", notice_views.load, "notice-load", _NOTICE, _BOTH),
    Page("notices/load/confirm/", notice_views.confirm, "notice-confirm", _NOTICE, ("POST",)),
    Page("messages/", message_views.message_list, "messages", _ACCOUNT),
    Page("messages/retry/", message_views.retry_all, "messages-retry", _ACCOUNT, ("POST",)),
    Page("messages/<int:pk>/retry/", message_views.retry, "message-retry", _ACCOUNT, ("POST",)),
    Page("messages/<int:pk>/dismiss/", message_views.dismiss, "message-dismiss", _ACCOUNT, ("POST",)),
    Page("messages/settings/", message_settings_views.overview, "message-settings", _ACCOUNT),
    Page(
        "messages/settings/<slug:part>/",
        message_settings_views.edit,
        "message-channel",
        _ACCOUNT,
        _BOTH,
        resumes=True,
    ),
    Page(
        "messages/settings/<slug:part>/try/",
        message_settings_views.try_out,
        "message-try",
        _ACCOUNT,
        ("POST",),
    ),
    Page("ledger/", ledger_views.ledger_page, "ledger", _LEDGER),
    Page("ledger/verify/", ledger_views.verify, "ledger-verify", _LEDGER),
)
