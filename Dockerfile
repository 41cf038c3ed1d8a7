# Built with all packages, then pruned: the final image has what runs, and no compiler.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without scripts: `prepare` compiles, and the sources, which change more often than the packages, come after them.
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY src src
RUN npm run prepare && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 PAPERROUND_DATA=/data
WORKDIR /app
COPY package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY migrations migrations
COPY config config
# The embedded database and its backups; a fresh volume takes the owner over from here.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, so that it gets the signals.
CMD ["node", "--max-semi-space-size=4", "dist/bin/paperround.js", "start"]
