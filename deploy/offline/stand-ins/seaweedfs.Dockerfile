# Stand-in for chrislusf/seaweedfs: the program of the wheel, and busybox for the health check.
FROM debian:bookworm-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends busybox && rm -rf /var/lib/apt/lists/* \
    && ln -s /bin/busybox /usr/local/bin/wget
COPY packages/bin/weed /usr/bin/weed
VOLUME /data
ENTRYPOINT ["weed"]
CMD ["server", "-dir=/data", "-s3"]
