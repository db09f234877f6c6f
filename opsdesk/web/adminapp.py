"""The admin application with our site as its default."""

from django.contrib.admin.apps import AdminConfig


class OpsdeskAdminConfig(AdminConfig):
    default = False
    default_site = "opsdesk.web.site.OpsdeskAdminSite"
