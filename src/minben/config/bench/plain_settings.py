"""Django as it comes, with the tables of the platform's accounts (樸素對照).

A connection for every request, sessions in the database, the middleware of a new project.
"""

from minben.config.settings import *  # noqa: F403
from minben.config.settings import DATABASES, INSTALLED_APPS

ROOT_URLCONF = "minben.config.bench.plain.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "minben.config.bench.plain"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # its application does not start without
]
# As if nothing were said about connections: a new one for each request.
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DATABASES["default"]["OPTIONS"] = {}
