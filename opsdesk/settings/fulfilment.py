"""The warehouse system that released orders are sent to. Without its address nothing is sent."""

import os

WMS_URL = os.environ.get("OPSDESK_WMS_URL", "")
WMS_SECRET = os.environ.get("OPSDESK_WMS_SECRET", "")
