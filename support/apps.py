from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "support"
    verbose_name = _("Customer service")

    def ready(self) -> None:
        from support import wiring

        wiring.register()
