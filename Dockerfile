# syntax=docker/dockerfile:1
# One image for the web server, the worker and the clock (docker-compose.yml says which is which).

FROM node:22-bookworm-slim AS front-end
WORKDIR /portal
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY static static
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc gettext libc6-dev libpq-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /portal
COPY requirements/build.txt requirements/base.txt requirements/
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/build.txt \
    && /opt/venv/bin/pip install --no-cache-dir --no-build-isolation --require-hashes -r requirements/base.txt \
    && /opt/venv/bin/pip uninstall -y pip setuptools
COPY locale locale
RUN find locale -name '*.po' -exec sh -c 'msgfmt --check-format -o "${1%.po}.mo" "$1"' sh {} \;

FROM python:3.11-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends gdal-bin libpq5 \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --home-dir /nonexistent portal \
    && install -d -o portal -g portal /data /data/media
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MEDIA_ROOT=/data/media \
    CELERY_BEAT_SCHEDULE_FILENAME=/tmp/celerybeat-schedule
WORKDIR /portal
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=packages /portal/locale locale
COPY --from=front-end /portal/static/dist static/dist
# The key serves this command only, which needs no secret but does load the settings.
RUN SECRET_KEY=only-while-the-image-is-built python manage.py collectstatic --noinput --verbosity 0
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "script/health.py"]
CMD ["gunicorn", "movisie_portal.wsgi:application", "--bind", "0.0.0.0:8000", "--threads", "4", "--worker-tmp-dir", "/dev/shm"]
