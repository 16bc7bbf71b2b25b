# The gateway, its worker and its commands in one image: `docker build -t attestry .`, then `docker run attestry start`, `worker`, `migrate` …
# The Node here is the one that package.json bundles for other machines; a test holds the two together.
FROM node:24.21.0-trixie-slim AS node

# The compiler, the bundler and everything else that only a build needs stay behind in this stage.
FROM node AS build
WORKDIR /app
# Dependencies change seldom, sources often: what is installed is kept for as long as the lock says the same.
# No script is run: no package needs one, and our own would bundle a playground whose sources are not here yet.
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json tsconfig.client.json mikro-orm.config.ts ./
COPY scripts scripts
COPY src src
RUN npm run build

# Optional are only the Nodes for machines that have an older one, and what PostgreSQL's driver needs elsewhere than on Node.
FROM node AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --omit=dev --omit=optional

FROM node
LABEL org.opencontainers.image.title="Attestry" \
      org.opencontainers.image.description="A self-hosted GraphQL gateway over an identity-verification core." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
# The only folder that the gateway writes to. A new volume that is mounted here takes its owner over.
RUN install --directory --owner=node --group=node --mode=0700 /data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY LICENSE package.json ./
COPY scripts/attestry.mjs scripts/runtime.mjs scripts/ready.mjs scripts/
# The tabs of the playground.
COPY schema schema
COPY --from=build /app/dist dist
# A container is reached from outside of it or not at all: who may reach it is for the network to say.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATABASE_URL=sqlite:/data/attestry.sqlite
EXPOSE 4000
# The user `node`, as a number: only a number tells an orchestrator that this is not root.
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["node", "scripts/ready.mjs"]
# Node itself is the first process: npm or a shell would keep the signal that asks for a drain to itself.
ENTRYPOINT ["node", "scripts/attestry.mjs"]
CMD ["start"]
