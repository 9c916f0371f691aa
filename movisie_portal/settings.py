"""Settings, all from the environment and secure unless told otherwise.

Refused at start: no SECRET_KEY outside demo mode, and demo mode without DEMO said in so many words.
"""

from pathlib import Path
from urllib.parse import urlsplit

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from movisie_portal.logs import mask_line, mask_secrets

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# -- Mode ---------------------------------------------------------------------------------------------
DEMO = env.bool("DEMO", False)
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEMO:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it in the environment, or DEMO=1 to try the portal out."
        )
    SECRET_KEY = "demo-only-" + "not-a-secret-" * 4
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = env.bool("HTTPS", not (DEMO or DEBUG))
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=["127.0.0.1", "localhost"] if DEMO or DEBUG else [urlsplit(BASE_URL).hostname or "localhost"],
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[BASE_URL])

# -- Applications -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "trajecten",
    "visie",
    "stuur",
    "youth",
    "budget",
    "buurtschouw",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_structlog",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "trajecten.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trajecten.middleware.MunicipalityMiddleware",
    "trajecten.middleware.SecondFactorMiddleware",
]

ROOT_URLCONF = "movisie_portal.urls"
WSGI_APPLICATION = "movisie_portal.wsgi.application"
ASGI_APPLICATION = "movisie_portal.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "trajecten.context_processors.portal",
            ],
        },
    }
]

# -- Data ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", "postgis:///movisie_portal")}
DATABASES["default"]["ENGINE"] = "django.contrib.gis.db.backends.postgis"
# A database that script/test has run all migrations in; each worker of the tests gets a copy.
DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("TEST_DATABASE_TEMPLATE", "") or None}
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = env.bool("CONN_HEALTH_CHECKS", True)
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = env.bool("PGBOUNCER", False)
# Debian 12 has GDAL 3.6. Spatial references of others are never given to it: boundaries are read by a fixed list.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            # Away for a moment means slower, never a failed request.
            "IGNORE_EXCEPTIONS": True,
            "LOG_IGNORED_EXCEPTIONS": True,
            "SOCKET_CONNECT_TIMEOUT": 0.5,
            "SOCKET_TIMEOUT": 0.5,
        },
    },
    # Of this process alone (trajecten/domain/memory.py); 0 remembers nothing.
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "memory",
        "TIMEOUT": env.int("MEMORY_SECONDS", 2),
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", BASE_DIR / "staticfiles")
STATICFILES_DIRS = [("dist", str(BASE_DIR / "static" / "dist"))]
MEDIA_ROOT = env.path("MEDIA_ROOT", BASE_DIR / "var" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
# Photos come one by one and are at most 15 MB (trajecten/domain/photos/cleaning.py); a form holds five of them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "trajecten.bodies.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# -- Language and time ----------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# -- Accounts -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "trajecten.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "trajecten.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "trajecten.forms.accounts.SignInForm",
    "signup": "trajecten.forms.accounts.SignUpForm",
    "request_login_code": "trajecten.forms.accounts.CodeForm",
    "add_email": "trajecten.forms.accounts.AddAddressForm",
    "change_email": "trajecten.forms.accounts.ChangeAddressForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = True
MFA_FORMS = {
    "add_webauthn": "trajecten.forms.keys.AddKeyForm",
    "edit_webauthn": "trajecten.forms.keys.KeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Participatieportaal"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG
# Officials and advisers need a second factor; a demo without it lets a newcomer walk through every role.
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", not DEMO)

# -- Forms ----------------------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = "nlds"
CRISPY_TEMPLATE_PACK = "nlds"
_TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
_SELECT = "utrecht-select utrecht-select--html-select"
CRISPY_CLASS_CONVERTERS = {
    **dict.fromkeys(
        (
            "textinput emailinput urlinput telinput searchinput colorinput numberinput passwordinput "
            "dateinput datetimeinput timeinput splitdatetimewidget multiwidget"
        ).split(),
        _TEXTBOX,
    ),
    **dict.fromkeys(("select", "selectmultiple", "nullbooleanselect", "lazyselect"), _SELECT),
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "checkboxinput": "utrecht-checkbox utrecht-checkbox--html-input utrecht-checkbox--custom",
    "fileinput": "portal-file",
    "clearablefileinput": "portal-file",
}

# -- Mail -------------------------------------------------------------------------------------------------
_mail = env.email_url("EMAIL_URL", "smtp://127.0.0.1:1025")
vars().update(_mail)
EMAIL_BACKEND = env.str("EMAIL_BACKEND", _mail["EMAIL_BACKEND"])
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Participatieportaal <portaal@example.org>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_SINK_DIR = env.path("MAIL_SINK_DIR", BASE_DIR / "var" / "mail")

# -- Jobs -------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL", REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
)
# What goes to very many people has queues of its own. A worker that names no queue takes them all; where a second
# worker takes "fanout" and "bulk", a message to one person never waits for those (script/start, docker-compose.yml).
CELERY_TASK_QUEUES = [Queue("celery"), Queue("fanout"), Queue("bulk")]
CELERY_TASK_ROUTES = {
    "trajecten.tasks.fan_out": {"queue": "fanout"},
    "trajecten.tasks.deliver_bulk": {"queue": "bulk"},
    "trajecten.tasks.collect_digests": {"queue": "fanout"},
    # They wait for systems of others; a mail to one person must not wait with them.
    "buurtschouw.tasks.send_forwards": {"queue": "fanout"},
    "buurtschouw.tasks.poll_forwards": {"queue": "fanout"},
    "budget.tasks.read_delivery": {"queue": "fanout"},
    "budget.tasks.finish_deliveries": {"queue": "fanout"},
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 300
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
    "socket_keepalive": True,
}
# A broker that is away must not hold up a resident: one try, then the sweeper takes over.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = env.str(
    "CELERY_BEAT_SCHEDULE_FILENAME", str(BASE_DIR / "var" / "celerybeat-schedule")
)
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {"task": "trajecten.tasks.heartbeat", "schedule": 15.0, "options": {"expires": 30}},
    "sweep-notifications": {
        "task": "trajecten.tasks.deliver_notifications",
        "schedule": 20.0,
        "options": {"expires": 60},
    },
    "sweep-bulk": {
        "task": "trajecten.tasks.deliver_bulk",
        "schedule": 20.0,
        "options": {"expires": 60},
    },
    "sweep-fan-outs": {
        "task": "trajecten.tasks.fan_out",
        "schedule": 20.0,
        "options": {"expires": 60},
    },
    "collect-digests": {
        "task": "trajecten.tasks.collect_digests",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "handler-digests": {
        "task": "buurtschouw.tasks.send_handler_digests",
        "schedule": 300.0,
        "options": {"expires": 600},
    },
    "locate-reports": {
        "task": "buurtschouw.tasks.locate_pending_reports",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "fold-map-changes": {
        "task": "buurtschouw.tasks.fold_map_changes",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "count-reports": {
        "task": "buurtschouw.tasks.count_reports",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "reckon-initiative-power": {
        "task": "buurtschouw.tasks.reckon_initiative_power",
        "schedule": crontab(minute="20-50/10", hour=0),
        "options": {"expires": 600},
    },
    "finish-deliveries": {
        "task": "budget.tasks.finish_deliveries",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "watch-money": {
        "task": "budget.tasks.watch_money",
        "schedule": crontab(hour=6, minute=40),
        "options": {"expires": 3600},
    },
    "warn-of-calendar": {
        "task": "budget.tasks.warn_of_calendar",
        "schedule": crontab(hour=7, minute=10),
        "options": {"expires": 3600},
    },
    "finish-bulk": {
        "task": "buurtschouw.tasks.finish_bulk",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "tell-silent-reporters": {
        "task": "buurtschouw.tasks.tell_silent_reporters",
        "schedule": crontab(hour=7, minute=20),
        "options": {"expires": 3600},
    },
    "send-forwards": {
        "task": "buurtschouw.tasks.send_forwards",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "poll-forwards": {
        "task": "buurtschouw.tasks.poll_forwards",
        "schedule": 300.0,
        "options": {"expires": 600},
    },
    "fetch-open311-photos": {
        "task": "buurtschouw.tasks.fetch_open311_photos",
        "schedule": 60.0,
        "options": {"expires": 120},
    },
    "look-after-promises": {
        "task": "trajecten.tasks.look_after_promises",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "remind-of-meetings": {
        "task": "trajecten.tasks.remind_of_meetings",
        "schedule": 600.0,
        "options": {"expires": 1200},
    },
    "remind-of-alternatives": {
        "task": "budget.tasks.remind_of_alternatives",
        "schedule": crontab(minute="*/30", hour="8-18"),
        "options": {"expires": 1200},
    },
    "retention": {
        "task": "trajecten.tasks.let_go_what_is_due",
        "schedule": crontab(minute="7-57/10", hour="2-5"),
        "options": {"expires": 600},
    },
    "clear-sessions": {
        "task": "trajecten.tasks.clear_sessions",
        "schedule": crontab(hour=4, minute=15),
        "options": {"expires": 3600},
    },
    "collect-words": {
        "task": "trajecten.tasks.collect_words",
        "schedule": crontab(hour=3, minute=30),
        "options": {"expires": 3600},
    },
    "forget-drafts": {
        "task": "trajecten.tasks.forget_unclaimed_attachments",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
}

# -- Outside services -------------------------------------------------------------------------------------
# Where Statistics Netherlands has the tables with the budgets of municipalities.
CBS_CATALOG_URL = env.str("CBS_CATALOG_URL", "https://dataderden.cbs.nl")
GEOCODER_URL = env.str("GEOCODER_URL", "https://api.pdok.nl/bzk/locatieserver/search/v3_1/")
GEOCODER_TIMEOUT = env.float("GEOCODER_TIMEOUT", 2.0)
TILE_URL = env.str(
    "TILE_URL", "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/{z}/{x}/{y}.png"
)
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", "Kaartgegevens © Kadaster")
# Council information systems that agendas may be read from, by the name of their server.
COUNCIL_INFORMATION_HOSTS = env.list("COUNCIL_INFORMATION_HOSTS", default=["api.notubiz.nl"])

# Whether reports may be forwarded to a system on this machine, over http: only to try it out.
LOCAL_SYSTEMS = env.bool("LOCAL_SYSTEMS", DEMO or DEBUG)

# -- Limits -----------------------------------------------------------------------------------------------
# Reports one address may send per hour without signing in; 0 means no limit.
ANONYMOUS_REPORTS_PER_HOUR = env.int("ANONYMOUS_REPORTS_PER_HOUR", 30)
# Requests of municipalities for a trajectory per hour without signing in; 0 means no limit.
ANONYMOUS_REQUESTS_PER_HOUR = env.int("ANONYMOUS_REQUESTS_PER_HOUR", 5)
# Reports and supports per hour with one mail address by who is not signed in; 0 means no limit.
MAILS_PER_ADDRESS_PER_HOUR = env.int("MAILS_PER_ADDRESS_PER_HOUR", 20)
# Calls a minute from one address to Open311 without a key; 0 means no limit. What comes with a key has its own.
OPEN311_REQUESTS_PER_MINUTE = env.int("OPEN311_REQUESTS_PER_MINUTE", 60)
# Number of trusted proxies in front of the portal, so that the sender's address is not what the sender says it is.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES

# -- Security ---------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", HTTPS)
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 365 * 24 * 3600 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "trajecten.views.errors.csrf_failure"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURITY_CONTACT = env.str("SECURITY_CONTACT", f"mailto:{env.str('SECURITY_EMAIL', 'security@example.org')}")
_tile_host = "/".join(TILE_URL.split("/")[:3]) if TILE_URL else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:", *([_tile_host] if _tile_host else [])],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY = {
    "geolocation": "self",
    "camera": "self",
    "microphone": [],
    "payment": [],
    "usb": [],
    "publickey-credentials-get": "self",
    "publickey-credentials-create": "self",
}

# -- Logs: one line of JSON each, with a request id that goes along to the task, without personal data -----
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_USER_ID_FIELD = None
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = 10
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
_log_processors = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso"),
    mask_secrets,
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                mask_line,
                structlog.processors.JSONRenderer(),
            ],
            "foreign_pre_chain": [structlog.stdlib.ExtraAdder(), *_log_processors],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "propagate": False},
        "django.request": {"level": "ERROR"},
        "httpx": {"level": "WARNING"},
        "httpcore": {"level": "WARNING"},
        "celery": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *_log_processors,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)
