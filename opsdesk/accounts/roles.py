"""The roles of the company. Codes are stable; labels are translated. SOP: G1"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OPERATIONS_MANAGER = "operations_manager", _("Operations manager")
    OPERATIONS_SUPERVISOR = "operations_supervisor", _("Operations supervisor")
    PRODUCT_SUPERVISOR = "product_supervisor", _("Product supervisor")
    PRODUCT_SPECIALIST = "product_specialist", _("Product specialist")
    CUSTOMER_SERVICE = "customer_service", _("Customer service agent")
    DESIGNER = "designer", _("Designer")
    MARKETING = "marketing", _("Marketing specialist")
    WAREHOUSE = "warehouse", _("Warehouse staff")
    FINANCE = "finance", _("Finance")
    PURCHASING = "purchasing", _("Purchasing")
    LOGISTICS = "logistics", _("Logistics")
    TECHNICAL = "technical", _("Technical support")
    ON_SITE = "on_site", _("On-site staff")
    AUDITOR = "auditor", _("Auditor")
    SYSADMIN = "sysadmin", _("System administrator")
