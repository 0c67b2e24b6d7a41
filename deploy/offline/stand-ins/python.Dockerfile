# Stand-in for python:3.11-slim-bookworm: Debian's own 3.11, pip beside it, the same names on PATH.
FROM debian:bookworm-slim
RUN apt-get update -q && apt-get install -q -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/* \
    && ln -s /usr/bin/python3.11 /usr/local/bin/python && ln -s python /usr/local/bin/python3 \
    && rm -f /usr/lib/python3.11/EXTERNALLY-MANAGED
COPY packages/ /usr/local/lib/python3.11/dist-packages/
ENV LANG=C.UTF-8
CMD ["python"]
