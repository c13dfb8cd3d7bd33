package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/traces"
)

// closeTraces is how long the last spans may take at the end.
const closeTraces = 3 * time.Second

// receiver is what the environment says of a receiver of OpenTelemetry, by the names that
// OpenTelemetry gives; false when it names none.
func receiver(getenv func(string) string) (traces.Receiver, bool, error) {
	var r traces.Receiver
	switch base := getenv("OTEL_EXPORTER_OTLP_ENDPOINT"); {
	case strings.EqualFold(getenv("OTEL_SDK_DISABLED"), "true"), strings.EqualFold(getenv("OTEL_TRACES_EXPORTER"), "none"):
		return r, false, nil
	case getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") != "":
		r.URL = getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
	case base != "":
		r.URL = strings.TrimRight(base, "/") + "/v1/traces"
	default:
		return r, false, nil
	}
	if u, err := url.Parse(r.URL); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return r, false, fmt.Errorf("OTEL_EXPORTER_OTLP_ENDPOINT: it is no address; write for instance http://127.0.0.1:4318")
	}
	for _, name := range []string{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"} {
		if protocol := getenv(name); protocol != "" && protocol != "http/protobuf" {
			return r, false, fmt.Errorf("%s: %q is not spoken here; use http/protobuf and the port for it, often 4318",
				name, protocol)
		}
	}
	headers := getenv("OTEL_EXPORTER_OTLP_TRACES_HEADERS")
	if headers == "" {
		headers = getenv("OTEL_EXPORTER_OTLP_HEADERS")
	}
	var err error
	r.Headers, err = headerList(headers)
	r.Service = getenv("OTEL_SERVICE_NAME")
	if r.Service == "" {
		r.Service = "rabta"
	}
	return r, err == nil, err
}

// headerList reads name=value,name=value, with values as in an address.
func headerList(text string) (map[string]string, error) {
	headers := map[string]string{}
	for pair := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		name, value, ok := strings.Cut(pair, "=")
		value, err := url.PathUnescape(strings.TrimSpace(value))
		if !ok || err != nil {
			return nil, fmt.Errorf("OTEL_EXPORTER_OTLP_HEADERS: it is not a list of NAME=VALUE with commas between")
		}
		headers[strings.TrimSpace(name)] = value
	}
	return headers, nil
}

// traced has a server send spans where the environment names a receiver. The function that
// it returns sends the last ones.
func traced(ctx context.Context, c *server.Config, log *slog.Logger) (end func(), err error) {
	r, ok, err := receiver(os.Getenv)
	if err != nil {
		return nil, usageError{err}
	}
	if !ok {
		return func() {}, nil
	}
	r.Version, r.Log = c.Version, log
	sender, err := traces.Open(ctx, r)
	if err != nil {
		return nil, err
	}
	c.Tracer = sender.Tracer()
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTraces)
		defer cancel()
		_ = sender.Close(ctx)
	}, nil
}
