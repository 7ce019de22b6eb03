# One image; web, chat, worker, beat and prepare are its commands (script/run says what each is).
FROM python:3.11-slim

# pg_dump and pg_restore, for script/backup and script/restore.
RUN apt-get update && apt-get install --yes --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --uid 10001 helpdesk
WORKDIR /app

# The packages change less often than the code: a layer of their own.
COPY requirements*.lock ./
COPY script script
RUN PIP_NO_CACHE_DIR=1 script/setup production

COPY . .
RUN script/image

# SQLite lives in var/ when no DATABASE_URL is given; nothing else is written.
RUN install -d -o helpdesk var
USER helpdesk
ENV PYTHONUNBUFFERED=1
EXPOSE 8000 8001
ENTRYPOINT ["script/run"]
CMD ["web"]
