"""Pages of customer service for customers, under /s/: a signed token cannot be guessed."""

from django.urls import path

from support.api.survey_page import survey_page

urlpatterns = [path("<str:token>/", survey_page, name="survey_page")]
