# One image for web and worker. Its form is checked by the tests; that it builds is not.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONSAFEPATH=1 PYTHONPATH=/app PATH=/app/.venv/bin:$PATH
WORKDIR /app

COPY requirements-uv.lock requirements.lock requirements-node.lock package.json package-lock.json .npmrc ./
RUN python -m venv .venv \
 && .venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
 && .venv/bin/uv pip install --no-cache --python .venv/bin/python --require-hashes -r requirements.lock

COPY planner planner
COPY calendars calendars
COPY db db
COPY service service
COPY piccolo_conf.py ./

RUN python -m service.assets && rm -rf node_modules

# The service may write nothing beside its code: templates are compiled here, once, for whoever runs it.
RUN PYTHONDONTWRITEBYTECODE="" python -c "from service.pages.rendering import know_templates; know_templates()" \
 && chmod -R a+rX service

RUN useradd --system --uid 10001 escale && mkdir var keys && chown escale var keys && chmod 700 keys
USER 10001
VOLUME ["/app/var", "/app/keys"]
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
CMD ["python", "-m", "service.cli", "serve"]
