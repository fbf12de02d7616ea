# Compiles, makes the encoder and the index, and leaves out what only building needs.
FROM node:22-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends g++ make python3
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
RUN npm rebuild hnswlib-node
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY corpus ./corpus
RUN npm run build
ENV CORPUS_DIR=/app/corpus INDEX_DIR=/data/index MODEL_CACHE_DIR=/app/models
RUN node dist/cli/main.js index
RUN npm prune --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="Paracite" org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/corpus ./corpus
COPY --from=build /app/models ./models
# A new volume begins with this index; another corpus, or an empty folder, is indexed at the first start.
COPY --from=build --chown=10001:10001 /data /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 CORPUS_DIR=/app/corpus INDEX_DIR=/data/index MODEL_CACHE_DIR=/app/models
USER 10001:10001
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/cli/main.js", "serve"]
