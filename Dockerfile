# The image of rabta: one static binary, no shell, no package manager, a user of its own.
FROM golang:1.26-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG COMMIT=
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.commit=${COMMIT}" -o /out/rabta ./cmd/rabta && mkdir -p /out/data

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/rabta /rabta
COPY --from=build --chown=65532:65532 /out/data /data
USER 65532:65532
ENV RABTA_LISTEN=0.0.0.0:8420 \
    RABTA_ALLOWED_HOSTS=localhost \
    RABTA_STORE=sqlite:/data/rabta.db \
    GOMEMLIMIT=900MiB
VOLUME /data
EXPOSE 8420
HEALTHCHECK --interval=10s --timeout=4s --start-period=10s --retries=6 \
    CMD ["/rabta", "healthcheck", "--listen", "127.0.0.1:8420"]
ENTRYPOINT ["/rabta"]
CMD ["serve"]
