"""Settings. Everything that differs between a laptop and a cluster comes from the environment.

With nothing set: SQLite, in-process channel layer and worker, scripted voice, demo mode on loopback.
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from helpdesk_sim.admin import THEME
from helpdesk_sim.environment import Environment
from helpdesk_sim.logs import set_up_logs

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = Environment()

# --- How it runs -----------------------------------------------------------------------------
DEBUG = False
DEMO = env.bool("DEMO", default=False)
SITE_URL = env.site("SITE_URL", default="http://127.0.0.1:8000")
AT_HOME = urlsplit(SITE_URL).hostname in ("127.0.0.1", "localhost", "::1")
if DEMO and not AT_HOME:
    raise ImproperlyConfigured(f"Everybody knows the passwords of the demo: {SITE_URL} needs DEMO unset.")
TRIAL = DEMO or (AT_HOME and ("runserver" in sys.argv or env("APP_ENV", default="") == "test"))


def _of_ones_own(value: str, in_a_trial: str, ask: str, shortest: int = 1) -> str:
    """A secret that only a trial on this machine may leave to us."""
    if TRIAL:
        return value or in_a_trial
    if in_a_trial in value or len(value) < shortest:
        raise ImproperlyConfigured(f"{ask} (or DEMO=1 for a trial on this machine).")
    return value


SECRET_KEY = _of_ones_own(
    env("SECRET_KEY", default=""),
    "for-trials-on-one-machine-only-not-a-secret-000000000000",
    "Set SECRET_KEY to a long random value. Make it with"
    ' python3 -c "import secrets; print(secrets.token_urlsafe(50))"',
    shortest=32,
)
# Keys of secrets at rest (accounts/encryption.py), newest first.
SECRETS_KEYS = _of_ones_own(
    env("SECRETS_KEYS", default=""),
    "Zm9yLXRyaWFscy1vbi1vbmUtbWFjaGluZS1vbmx5ISE",
    "Set SECRETS_KEYS to 32 random bytes in URL-safe base64. Make them with"
    ' python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
).split(",")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
REDIS_URL = env.redis("REDIS_URL")
EMBEDDED = not REDIS_URL
HTTPS = SITE_URL.startswith("https://")
# How many proxies of ours stand in front: the address of a visitor is what the first of them saw.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1 if HTTPS else 0)

INSTALLED_APPS = [
    "daphne",
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "auditlog",
    "channels",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "heroicons",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "accounts",
    "knowledge",
    "scenarios",
    "chat",
    "assessment",
    "gamification",
    "helpdesk_sim",
]

MIDDLEWARE = [
    "helpdesk_sim.probes.ProbesFirst",
    "helpdesk_sim.request_ids.RequestIds",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random, and form tokens are masked: no BREACH
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "helpdesk_sim.admin.AdminPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.TimezoneMiddleware",
    "accounts.middleware.PrivateAnswersMiddleware",
    "accounts.trail.VisitorAddressMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.FloodMiddleware",
    "accounts.middleware.LastSeenMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "auditlog.middleware.AuditlogMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "helpdesk_sim.errors.HelpfulRefusals",
    "helpdesk_sim.http_metrics.CountAfter",
]

ROOT_URLCONF = "helpdesk_sim.urls"
WSGI_APPLICATION = "helpdesk_sim.wsgi.application"
ASGI_APPLICATION = "helpdesk_sim.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.person",
                "helpdesk_sim.look.look",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "heroicons.templatetags.heroicons",
                "accounts.templatetags.ui",
            ],
        },
    }
]

# --- Data ------------------------------------------------------------------------------------
# Whoever waits longer for a lock gets an answer that says "try again", rather than none.
LOCK_TIMEOUT_S = env.int("DATABASE_LOCK_TIMEOUT", default=5, least=1)
STATEMENT_TIMEOUT_S = env.int("DATABASE_STATEMENT_TIMEOUT", default=0)  # 0: none, for commands
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'helpdesk.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": LOCK_TIMEOUT_S,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    # A pool in each process: threads borrow, nothing reconnects per query.
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restart of the database is nobody's error
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        "connect_timeout": 3,
        # Compiling a query (jit) takes longer than any of ours runs.
        "options": f"-c lock_timeout={LOCK_TIMEOUT_S}s -c statement_timeout={STATEMENT_TIMEOUT_S}s -c jit=off",
        "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8, least=1), "timeout": 2},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Further connections of a chat process, for messages and turns (chat/fast.py).
CHAT_POOL = env.int("CHAT_POOL", default=8)
CHANNEL_LAYERS: dict[str, object] = {}  # sockets hear through accounts.live

if EMBEDDED:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
else:
    CACHES = {"default": {"BACKEND": "helpdesk_sim.cache.RedisOrMemory", "LOCATION": REDIS_URL}}

# --- Who puts the customers' words (chat/voices) ----------------------------------------------
CUSTOMER_VOICE = env.choice("CUSTOMER_VOICE", default="scripted", of=("scripted", "model", "learner"))
OPENAI_API_KEY = env("OPENAI_API_KEY", default="")
OPENAI_BASE_URL = env.service("OPENAI_BASE_URL")
OPENAI_MODEL = env("OPENAI_MODEL", default="")
MODEL_TEMPERATURE = float(env.decimal("MODEL_TEMPERATURE", default="0.7"))
MODEL_STREAM = env.bool("MODEL_STREAM", default=False)  # for endpoints that only stream
MODEL_UNDERSTANDS = env.bool("MODEL_UNDERSTANDS", default=False)
HAS_MODEL = bool(OPENAI_API_KEY and OPENAI_BASE_URL and OPENAI_MODEL)
if CUSTOMER_VOICE != "scripted" and not HAS_MODEL:
    raise ImproperlyConfigured(
        f"CUSTOMER_VOICE is {CUSTOMER_VOICE!r}. Set OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL too, or unset it."
    )
# Money for a million tokens, and what may be spent; 0 for no limit. Over it the scripted voice speaks.
MODEL_CURRENCY = env("MODEL_CURRENCY", default="USD")
MODEL_PRICES = (env.decimal("MODEL_PRICE_IN"), env.decimal("MODEL_PRICE_OUT"))
MODEL_BUDGETS = {
    "session": (env.int("MODEL_SESSION_TOKENS", 60_000), env.decimal("MODEL_SESSION_COST")),
    "person": (env.int("MODEL_PERSON_TOKENS", 600_000), env.decimal("MODEL_PERSON_COST")),
    "day": (env.int("MODEL_DAY_TOKENS", 50_000_000), env.decimal("MODEL_DAY_COST")),
}

# --- Work that is owed (Celery) --------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # workers wait for Redis as long as it takes
# Who queues something does not: one more try at once, then the sweep finds it (accounts/queue.py).
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"polling_interval": 0.05}
    if EMBEDDED
    else {
        "visibility_timeout": 3600,
        "socket_timeout": 3,
        "socket_connect_timeout": 2,
        "max_retries": 1,
        "interval_start": 0,
    }
)
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 60, 90  # seconds; not in the embedded worker's threads
SWEEP_SECONDS = 15
CELERY_BEAT_SCHEDULE = {
    # What nobody took in time is stale: workers that were away find one of each kind, not hundreds.
    name: {"task": name, "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}}
    for name in (
        "accounts.tasks.send_owed_mail",
        "chat.tasks.sweep",
        "assessment.tasks.sweep",
        "gamification.tasks.sweep",
    )
} | {
    name: {"task": name, "schedule": seconds, "options": {"expires": 60}}
    for name, seconds in (("accounts.tasks.seal_audit", 1), ("accounts.tasks.keep_less", 3600))
}

# --- People ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "accounts.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "dashboard"
ACCOUNT_LOGOUT_REDIRECT_URL = "landing"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Limits count by address of the visitor; the one proxy that speaks HTTPS for us says which it is.
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "change_password": "accounts.forms.ChangePasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/5m/ip,5/5m/key",  # also of codes, by person
    "signup": "20/m/ip,60/h/ip",
    "reset_password": "20/m/ip,5/5m/key",
}
# Whoever finds an open browser must not make the account theirs: addresses ask for the password again.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# A second address that is not proven yet does no harm: with it nobody gets in.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "accounts.mfa.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Helpdesk Simulator"
# Trainers and administrators need a second factor; a trial on this machine only offers it.
STAFF_NEED_SECOND_FACTOR = env.bool("STAFF_NEED_SECOND_FACTOR", default=not DEMO)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads the cookie
if HTTPS:  # the browser then takes them from this host alone, and only encrypted
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SESSION_COOKIE_AGE = env.int("SESSION_DAYS", default=14, least=1) * 24 * 3600
STAFF_IDLE_HOURS = env.int("STAFF_IDLE_HOURS", default=12, least=1)
# Organisations sign their people in (accounts/social.py); what they say of an address counts where they own it.
SOCIALACCOUNT_ADAPTER = "accounts.social.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True}}
PROVIDERS_MAY_BE_PRIVATE = env.bool("PROVIDERS_MAY_BE_PRIVATE", default=TRIAL)
API_TOKEN_MINUTES = env.int("API_TOKEN_MINUTES", default=30, least=1)
API_REFRESH_DAYS = env.int("API_REFRESH_DAYS", default=7, least=1)
# To the API, and forms sent, of one person or one visitor's address.
REQUESTS_A_MINUTE = env.int("REQUESTS_A_MINUTE", default=600, least=1)
# Learners who did not sign in for so long are mailed, and erased a month later; 0: never.
ERASE_INACTIVE_DAYS = env.int("ERASE_INACTIVE_DAYS", default=0)

# --- Mail ------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Helpdesk Simulator <helpdesk@example.com>")

# --- Security --------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Browsers' built-in list takes whole domains; whether yours belongs on it is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "helpdesk_sim.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    # The admin's theme needs inline script; it sets its own policy (helpdesk_sim.admin).
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}

# --- Admin -----------------------------------------------------------------------------------
UNFOLD = THEME

# --- API -------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "accounts.api.authentication.ScopeOfKey",
    ],
    "DEFAULT_RENDERER_CLASSES": ["djangorestframework_camel_case.render.CamelCaseJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["helpdesk_sim.api.parsing.PlainJSONParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "helpdesk_sim.api.parsing.AlwaysJSON",
    "DEFAULT_PAGINATION_CLASS": "helpdesk_sim.api.pages.Pages",
    "DEFAULT_FILTER_BACKENDS": [
        "django_filters.rest_framework.DjangoFilterBackend",
        "accounts.api.sorting.Sorting",
    ],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "helpdesk_sim.api.schema.Schema",
    "EXCEPTION_HANDLER": "helpdesk_sim.api.errors.explain",
    "DEFAULT_THROTTLE_RATES": {"login": "10/min", "schema": "30/min"},
    "NUM_PROXIES": TRUSTED_PROXIES,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "COERCE_DECIMAL_TO_STRING": False,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Helpdesk Simulator",
    "DESCRIPTION": "Scenarios, sessions, scores, people. docs/api.md leads through it.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "docExpansion": "none", "validatorUrl": None},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "CAMELIZE_NAMES": False,
    "ENUM_NAME_OVERRIDES": {
        "NotifyEnum": ["page", "email", "none"],
        "LevelEnum": ["none", "low", "high"],
        "FactorOutcomeEnum": ["match", "mismatch"],
        "ContestOutcomeEnum": "assessment.models.Contest.Outcome",
        "DecisionEnum": ["upheld", "rejected"],
        "WeightEnum": "chat.models.Weight",
        "TicketStatusEnum": "chat.models.TicketStatus",
        "ArticleStatusEnum": "knowledge.models.Status",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.contrib.djangorestframework_camel_case.camelize_serializer_fields",
        "drf_spectacular.hooks.postprocess_schema_enums",
        "helpdesk_sim.api.schema.tell_errors_and_examples",
    ],
}

# --- The rest --------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Which of them a visitor gets, the browser says.
LANGUAGES = env.languages("LANGUAGES", default=["en"])
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env("STATICFILES_BACKEND", default="django.contrib.staticfiles.storage.StaticFilesStorage")
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- Seeing what happens ---------------------------------------------------------------------
METRICS_LISTEN = env.listen("METRICS_LISTEN")
OTEL_EXPORTER_OTLP_ENDPOINT = env.service("OTEL_EXPORTER_OTLP_ENDPOINT")
SENTRY_DSN = env.service("SENTRY_DSN")
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # it believes whatever a visitor says of it
LOGGING = set_up_logs(level=env.level("LOG_LEVEL", default="INFO"), as_json=not EMBEDDED)
