# The product as one image: `guichet api`, `guichet worker`, `guichet migrate`. The parts it uses run beside it
# (compose.yaml); nothing of this machine's own parts is needed inside.
FROM python:3.13-slim-trixie

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# Letters print what people write: Noto for the scripts that the wheels of requirements.lock do not have.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/guichet
COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock
COPY . .
RUN pip install --no-deps --no-build-isolation --editable . \
    && useradd --system --home-dir /srv/guichet guichet
USER guichet
EXPOSE 8000
CMD ["guichet", "api", "--host", "0.0.0.0", "--workers", "2"]
