# The dashboard, to be served: no PyTorch, no parser, no pip, no compiler. docs/hosting.md says how to build and run it.
# tests/serving/test_container.py follows these steps in an empty folder and serves from there.
#
#   make image DIGEST=sha256:…      (which digest: docs/hosting.md, "The image")

ARG PYTHON=python:3.11-slim-bookworm
ARG DIGEST=give-its-digest--docs-hosting.md-says-how

FROM ${PYTHON}@${DIGEST} AS packages
COPY requirements-serve.lock /build/
RUN python -m venv --without-pip /venv
RUN python -m pip --disable-pip-version-check --python /venv/bin/python install --no-cache-dir --no-compile --no-deps \
    --only-binary :all: --require-hashes --requirement /build/requirements-serve.lock
RUN find /venv/lib -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +
COPY app.py LICENSE /app/
COPY .streamlit/config.toml /app/.streamlit/
COPY access /app/access
COPY analysis /app/analysis
COPY door /app/door
COPY pages /app/pages
COPY routes /app/routes
COPY serving /app/serving
COPY locale /app/locale
COPY data/events.csv data/formulas.csv data/topics.csv data/MANIFEST.md /app/data/
COPY data/encoder /app/data/encoder
COPY data/gazetteer /app/data/gazetteer
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash /venv/lib /app
RUN chmod -R a=rX,u+w /app /venv

FROM ${PYTHON}@${DIGEST}
# What only installs or builds goes, and so does what would let a process become another user.
RUN rm -rf /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/ensurepip /usr/local/lib/python3.11/idlelib \
    /usr/local/lib/python3.11/tkinter /usr/local/include /usr/local/bin/pip* /usr/local/bin/idle* /usr/local/bin/2to3* \
 && find /usr /bin /sbin -xdev -type f -perm /6000 -exec chmod a-s {} +
COPY --from=packages /venv /venv
COPY --from=packages /app /app

ARG REVISION=unknown
LABEL org.opencontainers.image.title="On Record" \
      org.opencontainers.image.description="Explore what was said about China-Russia relations" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${REVISION}"

# HOME: nothing is kept there, and /tmp is the one place that a read-only container leaves to write to.
ENV PATH=/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    ON_RECORD_ADDRESS=0.0.0.0 \
    ON_RECORD_PORT=8501 \
    ON_RECORD_ARCHIVE=/archive \
    ON_RECORD_LOGS=json
WORKDIR /app
USER 10001:10001
EXPOSE 8501
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-IS", "-c", "import urllib.request as ask; ask.urlopen('http://127.0.0.1:8501/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "analysis", "serve"]
