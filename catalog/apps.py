from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Products and stock")

    def ready(self) -> None:
        from catalog import wiring

        wiring.register()
