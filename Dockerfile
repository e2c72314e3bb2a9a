# The watcher as a service: built in one image, run as nobody in another.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml hatch_build.py README.md LICENSE ./
RUN python -m venv /opt/watcher \
    && /opt/watcher/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY rules rules
COPY state state
COPY watcher watcher
COPY seeds seeds
RUN /opt/watcher/bin/pip install --no-cache-dir --no-deps .

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --no-create-home watcher \
    && install -d -o watcher -g watcher /data
COPY --from=build /opt/watcher /opt/watcher
ENV PATH=/opt/watcher/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    WATCHER_CONFIG=/data/watcher.toml
USER 10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=10s --start-period=1m CMD ["watcher", "healthcheck"]
ENTRYPOINT ["watcher"]
CMD ["run"]
