"""The public addresses of images; a SHA-256 cannot be guessed."""

from django.urls import re_path

from catalog.api import media_files

urlpatterns = [
    re_path(
        r"^(?P<sha>[0-9a-f]{64})/(?P<name>[a-z0-9]{1,8}\.(?:jpg|png|webp))$",
        media_files.image,
        name="media_image",
    )
]
