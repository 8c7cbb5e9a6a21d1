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
 && bash -c '. .lab/packages.sh && apt-get install -y --no-install-recommends ccache tini "${lane_packages[@]}" "${page_packages[@]}"' \
 && apt-get clean && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home lab \
 && mkdir /out && chown lab:lab /out
COPY . .
# What an earlier build has compiled is found again by its content: a change costs what depends on it.
RUN --mount=type=cache,id=awlab-ccache,target=/var/cache/ccache \
    CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_DIR=/var/cache/ccache CCACHE_SLOPPINESS=pch_defines,time_macros \
    ./lab install /opt/installed \
 && chown -R lab:lab build


FROM build AS subject
ENV CCACHE_DISABLE=1
RUN ln -s /opt/awlab/lab /usr/local/bin/lab
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
 && apt-get clean && rm -rf /var/lib/apt/lists/* \
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
