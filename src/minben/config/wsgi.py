import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "minben.config.settings")
application = get_wsgi_application()

from minben.config.server import loaded, settled  # noqa: E402  reads the settings

loaded()
settled()
