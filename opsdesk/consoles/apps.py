from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsolesConfig(AppConfig):
    name = "opsdesk.consoles"
    verbose_name = _("Consoles")

    def ready(self) -> None:
        from opsdesk.consoles import wiring

        wiring.register()
