"""The public pages of customer service, under /survey/."""

from django.urls import path

from support.api.voice.pages import survey_page

urlpatterns = [path("<str:token>/", survey_page, name="survey_page")]
