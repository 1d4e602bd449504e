# docker build -t rollcall .
# docker run --init -p 7077:7077 -v rollcall:/var/lib/rollcall rollcall
#
# Without DATABASE_URL it runs its own PostgreSQL in the volume; with it (PostgreSQL 15 or later) the volume holds
# the key file only, and any number of containers may share one database and one ROLLCALL_SECRET_KEY.

FROM node:24-bookworm-slim AS build
WORKDIR /opt/rollcall
COPY . .
# The machine's own Node is 24 here, so the ready-made ones that a checkout fetches are not kept.
RUN npm ci --include=dev --include=optional --no-audit --no-fund \
 && node scripts/web-build.mjs \
 && npm prune --omit=dev --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/node-win-* node_modules/.bin/node .runtime tests bench

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates tini tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10001 rollcall \
 && useradd --system --uid 10001 --gid rollcall --home-dir /var/lib/rollcall --shell /usr/sbin/nologin rollcall \
 && install -d -o rollcall -g rollcall -m 0700 /var/lib/rollcall
COPY --from=build /opt/rollcall /opt/rollcall
ENV NODE_ENV=production LANG=C.UTF-8 ROLLCALL_DATA=/var/lib/rollcall ROLLCALL_HOST=0.0.0.0 ROLLCALL_PORT=7077
# As scripts/bootstrap/server-heap.mjs.
ENV NODE_OPTIONS="--max-old-space-size=1024 --max-semi-space-size=16"
USER rollcall
WORKDIR /var/lib/rollcall
VOLUME /var/lib/rollcall
EXPOSE 7077
# A first start makes the database, and an upgrade migrates it, before the port answers.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ROLLCALL_PORT}/healthz`, { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# tini collects the PostgreSQL processes a stopped server leaves behind.
ENTRYPOINT ["tini", "--", "node", "/opt/rollcall/packages/cli/src/main.ts"]
CMD ["serve"]
