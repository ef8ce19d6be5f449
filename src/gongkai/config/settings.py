"""Django settings, for every kind of start; what differs comes from the environment."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from gongkai.config.environment import (
    Environment,
    database_settings,
    own_terms,
    whole_number,
)
from gongkai.config.key_file import KeyRing, keys_of

ENVIRONMENT = Environment.read()
_KEYS = keys_of(ENVIRONMENT)

SECRET_KEY = _KEYS.secret_key
# The key file is followed while the site runs: web.middleware and foundation.background look.
GONGKAI_DATA_KEYS = KeyRing(_KEYS.data_keys, _KEYS.current, path=ENVIRONMENT.keys)
GONGKAI_HOME = ENVIRONMENT.home
GONGKAI_FILES = ENVIRONMENT.files
# The hash of new ledger events: sha256, or sm3 where the district is told to use national algorithms.
GONGKAI_LEDGER_HASH = os.environ.get("GONGKAI_LEDGER_HASH", "sha256")
# The cipher of personal data at rest: aes-256-gcm, or sm4-gcm where the district is told to use national algorithms.
GONGKAI_PERSONAL_CIPHER = os.environ.get("GONGKAI_PERSONAL_CIPHER", "aes-256-gcm")

DEBUG = False
ALLOWED_HOSTS = ["*"] if os.environ.get("GONGKAI_HOSTS") is None else os.environ["GONGKAI_HOSTS"].split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "gongkai.foundation",
    "gongkai.disclosure",
    "gongkai.casework",
    "gongkai.remedies",
    "gongkai.mailbox",
    "gongkai.registers",
    "gongkai.annual_report",
    "gongkai.archive",
    "gongkai.web",
]

# The pages and files that Django Ninja brings, without Ninja as an app: apps are imported at every start.
_NINJA = Path(getattr(find_spec("ninja"), "origin", None) or ".").parent

MIDDLEWARE = [
    "gongkai.web.compression.TextCompressed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.middleware.NulRefused",
    "gongkai.web.middleware.TooLargeRefused",
    "gongkai.web.middleware.KeysFollowed",
    "gongkai.web.middleware.ContentSecurityPolicy",
    "gongkai.web.middleware.SecureCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [_NINJA / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
AUTH_USER_MODEL = "foundation.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

DATABASES = {"default": database_settings(ENVIRONMENT)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
# Static files are served from the package itself; nothing is collected.
STATIC_ROOT = None
STATICFILES_DIRS = [_NINJA / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gongkai.web.desk.interrupted.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A proxy that ends TLS says so; the sender alone is concerned by what he says of himself here.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies of our own stand before the server: so many addresses of X-Forwarded-For are believed.
GONGKAI_PROXIES = int(os.environ.get("GONGKAI_PROXIES") or 0)
# Working days within which receipt of a web filing is confirmed with the applicant; after them the office is told.
GONGKAI_CONFIRMATION_DAYS = whole_number("GONGKAI_CONFIRMATION_DAYS", 1, least=1, most=10)
# Working days for corrections and proposals, where the law names none.
GONGKAI_SIDE_TERMS = own_terms()
# A preview of an import may hold many cells; what one form may weigh in all is bounded by Django's own limit.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# A million letters weigh nine million bytes as a form sends them: they must come in to be told what is wrong.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
