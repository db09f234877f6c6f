"""Pages of customer service for customers, under /s/: a signed token cannot be guessed."""

from django.urls import path

from support.api.opt_out import opt_out_page
from support.api.survey_page import survey_page

urlpatterns = [
    path("out/<str:token>/", opt_out_page, name="opt_out_page"),
    path("<str:token>/", survey_page, name="survey_page"),
]
