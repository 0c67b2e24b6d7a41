# Stand-in for nginxinc/nginx-unprivileged: Debian's nginx, run by user 101 on a port above 1024.
FROM debian:bookworm-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends nginx-light busybox && rm -rf /var/lib/apt/lists/* \
    && ln -s /bin/busybox /usr/local/bin/wget \
    && groupadd --gid 101 nginx && useradd --uid 101 --gid 101 --no-create-home nginx
USER 101
STOPSIGNAL SIGQUIT
CMD ["nginx", "-g", "daemon off;"]
