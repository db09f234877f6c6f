from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "opsdesk.web"
    verbose_name = _("Site")

    def ready(self) -> None:
        from opsdesk.web import wiring

        wiring.register()
