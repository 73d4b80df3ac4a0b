# Promptmeter's own image: the gateway and exporter by default, every other command by its name.
#   docker build -t promptmeter . && docker run -p 127.0.0.1:8080:8080 -p 127.0.0.1:9464:9464 promptmeter

FROM node:24-bookworm-slim AS build
WORKDIR /app
# One that was pulled long ago would leave out headers behind two thousand others (CVE-2026-58044).
RUN node -e "if ('24.18.1'.localeCompare(process.versions.node, 'en', { numeric: true }) > 0) throw new Error('docker pull node:24-bookworm-slim: ' + process.version + ' has faults that are mended since')"
# Behind a registry or a proxy of your own: --build-arg NPM_CONFIG_REGISTRY=...
ARG NPM_CONFIG_REGISTRY=
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
COPY tsconfig.json tsconfig.build.json ./
COPY scripts/bundle-preview.mjs ./scripts/
COPY src ./src
RUN npm run build

FROM node:24-bookworm-slim AS production
WORKDIR /app
ARG NPM_CONFIG_REGISTRY=
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="promptmeter" \
      org.opencontainers.image.description="Measures an application's calls to OpenAI and compatible APIs" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
# Root owns the files: the program can read but not change itself, and runs with a read-only file system.
COPY --from=production /app/node_modules ./node_modules
# The simulated traffic calls through the real SDK, which to the library is only a peer.
COPY --from=build /app/node_modules/openai ./node_modules/openai
COPY --from=build /app/dist ./dist
COPY dashboards ./dashboards
COPY docs/runbooks ./docs/runbooks
COPY package.json promptmeter.yaml LICENSE ./
ENV NODE_ENV=production \
    PROMPTMETER_HOST=0.0.0.0
# The user node by number, so that Kubernetes can see that it is not root.
USER 1000:1000
EXPOSE 8080 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PROMPTMETER_METRICS_PORT || 9464}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli/main.js"]
CMD ["serve"]
