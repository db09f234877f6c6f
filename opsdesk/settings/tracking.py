"""Accounts at the companies that tell us of parcels. A source without its secret is switched off."""

import os

KUAIDI100_URL = os.environ.get("OPSDESK_KUAIDI100_URL", "https://poll.kuaidi100.com/poll/query.do")
KUAIDI100_CUSTOMER = os.environ.get("OPSDESK_KUAIDI100_CUSTOMER", "")
KUAIDI100_KEY = os.environ.get("OPSDESK_KUAIDI100_KEY", "")
KDNIAO_CUSTOMER = os.environ.get("OPSDESK_KDNIAO_CUSTOMER", "")
KDNIAO_KEY = os.environ.get("OPSDESK_KDNIAO_KEY", "")
