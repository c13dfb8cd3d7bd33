package traces

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// sendTimeout is how long a receiver may take for one batch of spans.
const sendTimeout = 10 * time.Second

// client posts spans to a receiver. Spans that it does not take are lost: nothing waits
// for them. Each time that it stops taking them is logged once, and the end of that.
type client struct {
	url     string
	headers map[string]string
	log     *slog.Logger
	http    http.Client
	failing atomic.Bool
}

var _ otlptrace.Client = (*client)(nil)

// Start is otlptrace.Client's.
func (c *client) Start(context.Context) error { return nil }

// Stop is otlptrace.Client's.
func (c *client) Stop(context.Context) error {
	c.http.CloseIdleConnections()
	return nil
}

// UploadTraces is otlptrace.Client's. It returns no error: the log has it.
func (c *client) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	err := c.post(ctx, spans)
	switch {
	case err != nil && !c.failing.Swap(true):
		c.log.WarnContext(ctx, "spans are lost until the receiver of traces takes them again; the service goes on. "+
			"Check its address, or unset it", "error", withoutURL(err))
	case err == nil && c.failing.Swap(false):
		c.log.InfoContext(ctx, "the receiver of traces takes spans again")
	}
	return nil
}

// withoutURL is an error of sending without the address, which may hold a password.
func withoutURL(err error) error {
	if sending, ok := errors.AsType[*url.Error](err); ok {
		return sending.Err
	}
	return err
}

// post sends the spans as one request. On the wire, what OTLP calls a request to export
// is the same as this message.
func (c *client) post(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	body, err := proto.Marshal(&tracepb.TracesData{ResourceSpans: spans})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	for name, value := range c.headers {
		r.Header.Set(name, value)
	}
	r.Header.Set("Content-Type", "application/x-protobuf")
	r.Header.Set("User-Agent", "rabta")
	resp, err := c.http.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return fmt.Errorf("it answers %s", resp.Status)
	}
	return nil
}
