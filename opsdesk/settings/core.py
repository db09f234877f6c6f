"""Applications, middleware, templates, files, mail."""

import os

from .env import BASE_DIR, flag, items

DEBUG = flag("OPSDESK_DEBUG", default=False)
SECRET_KEY = os.environ.get("OPSDESK_SECRET_KEY", "")
ALLOWED_HOSTS = items("OPSDESK_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

KERNEL_APPS = [
    "opsdesk.sheets",
    "opsdesk.files",
    "opsdesk.audit",
    "opsdesk.parameters",
    "opsdesk.workcalendar",
    "opsdesk.shops",
    "opsdesk.accounts",
    "opsdesk.notifications",
    "opsdesk.webhooks",
    "opsdesk.inbox",
    "opsdesk.duties",
    "opsdesk.invariants",
    "opsdesk.handover",
    "opsdesk.reviews",
    "opsdesk.imports",
    "opsdesk.doors",
    "opsdesk.consoles",
]
SHOP_APPS = ["catalog", "orders", "promotions", "support"]
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",  # indexes on expressions with an operator class
    "opsdesk.web.adminapp.OpsdeskAdminConfig",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    *KERNEL_APPS,
    *SHOP_APPS,
    "opsdesk.journeys",
    "opsdesk.demo",
    "opsdesk.web",
]

MIDDLEWARE = [
    "opsdesk.doors.middleware.RequestIdMiddleware",
    "opsdesk.doors.middleware.SecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opsdesk.doors.middleware.TextCompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "opsdesk.doors.middleware.UserLanguageMiddleware",
    "opsdesk.web.passwords.OneTimePasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "opsdesk.urls"
WSGI_APPLICATION = "opsdesk.wsgi.application"
APPEND_SLASH = False

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
            ],
        },
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("OPSDESK_STATIC_ROOT", str(BASE_DIR / ".static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = os.environ.get("OPSDESK_MEDIA_ROOT", str(BASE_DIR / ".media"))
PUBLIC_URL = os.environ.get("OPSDESK_PUBLIC_URL", "")  # where storefronts reach us; else the address that staff use
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

EMAIL_URL_HOST = os.environ.get("OPSDESK_EMAIL_HOST", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_URL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = EMAIL_URL_HOST or "localhost"
EMAIL_PORT = int(os.environ.get("OPSDESK_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("OPSDESK_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("OPSDESK_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("OPSDESK_EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = os.path.join(os.environ.get("OPSDESK_HOME", str(BASE_DIR / ".run")), "mail")
IMAP_URL = os.environ.get("OPSDESK_IMAP_URL", "")  # imaps://user:password@host:993/INBOX?shop=CODE
DEFAULT_FROM_EMAIL = os.environ.get("OPSDESK_EMAIL_FROM", "opsdesk@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
