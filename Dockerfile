# The portal in a container. It takes a self-contained publish, so the image needs no .NET, and no Node.js for the API console,
# which was bundled by the publish:
#   dotnet publish Portal.Web -c Release -r linux-x64 --self-contained -o publish
#   docker build -t portal .
FROM debian:12

# What the portal runs as programs. tini is there for their children, when a killed one leaves some behind.
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openssh-client git curl ca-certificates tini \
 && rm -rf /var/lib/apt/lists/*

# ssh asks who its user is: the account must exist by name. Keys pass through /dev/shm, never through a disk.
RUN useradd --uid 10001 --user-group --create-home --shell /bin/sh portal && install -d -o portal -g portal -m 700 /data
COPY publish/ /opt/portal/

ENV ASPNETCORE_HTTP_PORTS=8080 \
    Portal__DataFolder=/data
USER portal
WORKDIR /home/portal
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["tini", "--", "/opt/portal/Portal.Web"]
