# Stand-in for nats:2.15-alpine: the server of the wheel, and busybox for the health check.
FROM debian:bookworm-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends busybox && rm -rf /var/lib/apt/lists/* \
    && ln -s /bin/busybox /usr/local/bin/wget
COPY packages/bin/nats-server /usr/local/bin/nats-server
COPY nats-entrypoint.sh /usr/local/bin/docker-entrypoint.sh
EXPOSE 4222 8222
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["nats-server"]
