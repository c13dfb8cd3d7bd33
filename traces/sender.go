package traces

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Receiver says where spans go and how they are named there.
type Receiver struct {
	URL     string            // whole, such as http://127.0.0.1:4318/v1/traces
	Headers map[string]string // sent with each batch
	Service string            // service.name
	Version string            // service.version
	Log     *slog.Logger
}

// Sender collects spans and sends them in batches.
type Sender struct{ provider *sdk.TracerProvider }

// Open makes a sender. The receiver is not asked: it may come later.
func Open(ctx context.Context, r Receiver) (*Sender, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	log := r.Log.With("receiver", u.Redacted()) // without a password
	exporter, err := otlptrace.New(ctx, &client{
		url: r.URL, headers: r.Headers, log: log,
		http: http.Client{CheckRedirect: refuseRedirect},
	})
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	log.InfoContext(ctx, "spans are sent to the receiver that is set")
	who := resource.NewSchemaless(
		attribute.String("service.name", r.Service), attribute.String("service.version", r.Version))
	return &Sender{sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(who))}, nil
}

// refuseRedirect keeps spans from going where the operator did not say.
func refuseRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Tracer makes the spans that are sent.
func (s *Sender) Tracer() trace.Tracer { return s.provider.Tracer("rabta") }

// Close sends what is left, as long as the context lets it.
func (s *Sender) Close(ctx context.Context) error { return s.provider.Shutdown(ctx) }
