from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "opsdesk.journeys"
