"""Settings of the test suite: production's, with a fast password hash and files straight from the source."""

import os

from opsdesk.settings import *
from opsdesk.settings import MEDIA_ROOT as _MEDIA_ROOT
from opsdesk.settings import REDIS_URL as _REDIS_URL
from opsdesk.settings import SECRET_KEY as _KEY
from opsdesk.settings import STORAGES as _STORAGES

SECRET_KEY = _KEY or "for-tests-only-" + "x" * 40
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# Each of pytest-xdist's workers has a Redis database and a place for files of its own, as it has a PostgreSQL database.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")
REDIS_URL = CELERY_BROKER_URL = f"{_REDIS_URL.rpartition('/')[0]}/{int(_WORKER) + 1}"
MEDIA_ROOT = os.path.join(_MEDIA_ROOT, f"tests-{_WORKER}")
