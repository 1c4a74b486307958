# The product as one image: `guichet api`, `guichet worker`, `guichet migrate`. It carries what requirements.lock says
# and no more (no test, compiler, embedded part), runs as nobody and writes nothing outside /tmp (compose.yaml).
FROM python:3.13-slim-trixie AS built

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
COPY requirements.lock requirements-dev.lock ./
# This pip takes the hashes of what it is not told to install whole (-c): the builder of wheels alone.
RUN pip install pip==26.3 \
    && python -m venv --without-pip /opt/guichet \
    && pip --python /opt/guichet/bin/python install --require-hashes -r requirements.lock \
    && pip install --require-hashes -c requirements-dev.lock hatchling
COPY . .
RUN pip wheel --no-deps --no-build-isolation --wheel-dir wheel . \
    && pip --python /opt/guichet/bin/python install --no-deps wheel/guichet-*.whl

FROM python:3.13-slim-trixie

# Letters print what people write: Noto for the scripts that the wheels of requirements.lock do not have.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core && rm -rf /var/lib/apt/lists/*
COPY --from=built /opt/guichet /opt/guichet
ENV PATH=/opt/guichet/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# A number, so that whoever orchestrates can prove that it is not root.
USER 10001:10001
WORKDIR /tmp
EXPOSE 8000
CMD ["guichet", "api", "--host", "0.0.0.0", "--workers", "2"]
