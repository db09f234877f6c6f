"""The gateway that text messages to customers go through. Without its address none is sent."""

import os

SMS_URL = os.environ.get("OPSDESK_SMS_URL", "")
SMS_SECRET = os.environ.get("OPSDESK_SMS_SECRET", "")
