# The lab with everything built, so that a run needs no network:
#   docker build -t awlab . && docker run --rm --init -v "$PWD:/results" awlab nightly --minutes 5
FROM debian:bookworm-slim

# A layer of its own, and the large one: it is made anew only when lab changes.
COPY lab /opt/awlab/
RUN /opt/awlab/lab packages \
 && apt-get clean && rm -rf /var/lib/apt/lists/*

COPY . /opt/awlab
RUN /opt/awlab/lab build --for nightly

# Where paths of the command line start, so `out` and report.json land in what is mounted here.
VOLUME /results
WORKDIR /results
ENTRYPOINT ["/opt/awlab/lab"]
CMD ["nightly"]
