# The lab as an image for the job of every night. It needs no network, no capability and no writable
# file but those in /out and /tmp:
#
#   docker build -t awlab .
#   docker run --rm --read-only --tmpfs /tmp --cap-drop ALL --network none -v night:/out awlab
#
# A cell of yours has to be compiled, so there is a second image, with the compiler:
#
#   docker build -t awlab-subject --target subject .
#   docker run --rm --network none -v "$PWD:/src:ro" -v night:/out awlab-subject \
#     nightly --subject /src/my/cell.hpp --type my::Cell
FROM debian:bookworm-slim AS build
WORKDIR /opt/awlab
# The large layer is made anew when the list of packages changes, and not with the sources.
COPY .lab/packages.sh .lab/
RUN apt-get update \
 && bash -c '. .lab/packages.sh && apt-get install -y --no-install-recommends "${lane_packages[@]}" "${page_packages[@]}"' \
 && rm -rf /var/lib/apt/lists/*
COPY . .
# What the build before has compiled is kept beside the layers: a change costs what depends on it.
RUN --mount=type=cache,id=awlab-build,target=/opt/awlab/build ./lab install /opt/installed


FROM build AS subject
RUN --mount=type=cache,id=awlab-build,target=/var/cache/awlab \
    cp -a /var/cache/awlab/. build/ \
 && useradd --uid 10001 --no-create-home lab \
 && mkdir /out && chown -R lab:lab /out /opt/awlab \
 && apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/* \
 && ln -s /opt/awlab/lab /usr/local/bin/lab
USER lab
WORKDIR /
VOLUME /out
HEALTHCHECK --interval=30s --timeout=10s --start-period=15m CMD ["lab", "health"]
ENTRYPOINT ["lab"]
CMD ["nightly"]


FROM debian:bookworm-slim AS nightly
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="AtomicWaker Lab" \
      org.opencontainers.image.description="Decides whether a waker cell loses a wake-up or breaks under an exception" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.base.name="docker.io/library/debian:bookworm-slim" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY .lab/packages.sh /opt/awlab/.lab/
RUN apt-get update \
 && bash -c '. /opt/awlab/.lab/packages.sh && apt-get install -y --no-install-recommends "${runtime_packages[@]}" tini' \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home lab \
 && mkdir /out && chown lab:lab /out \
 && ln -s /opt/awlab/lab /usr/local/bin/lab
# ThreadSanitizer's reports are symbolized by it; what else its package holds is not needed.
COPY --from=build /usr/lib/llvm-19/bin/llvm-symbolizer /usr/lib/llvm-19/bin/llvm-symbolizer
COPY --from=build /opt/installed /opt/awlab
USER lab
# Where paths of the command line start, so that the directory `out` is the volume.
WORKDIR /
VOLUME /out
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["lab", "health"]
ENTRYPOINT ["lab"]
CMD ["nightly"]
