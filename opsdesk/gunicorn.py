"""How gunicorn serves opsdesk, the same under ./up and in the container image."""

import os

workers = int(os.environ.get("OPSDESK_WEB_WORKERS", "2"))
threads = int(os.environ.get("OPSDESK_WEB_THREADS", "4"))
worker_class = "gthread"
keepalive = 30  # seconds
timeout = 60
graceful_timeout = 30
control_socket_disable = True  # it would leave a socket and a folder in the home directory
accesslog = None
limit_request_line = 8190
max_requests = 20_000
max_requests_jitter = 2_000
