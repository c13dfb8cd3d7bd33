package server

import (
	"bytes"
	"context"
	"encoding/hex"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/traces"
	"github.com/rabta/rabta/work"
)

// spanReceiver takes spans over HTTP, as a collector does.
type spanReceiver struct {
	*httptest.Server
	mu    sync.Mutex
	raw   bytes.Buffer
	spans []*tracepb.Span
}

func newSpanReceiver(t *testing.T) *spanReceiver {
	t.Helper()
	r := new(spanReceiver)
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, err := io.ReadAll(q.Body)
		var data tracepb.TracesData
		if err != nil || proto.Unmarshal(body, &data) != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.raw.Write(body)
		for _, of := range data.ResourceSpans {
			for _, in := range of.ScopeSpans {
				r.spans = append(r.spans, in.Spans...)
			}
		}
	}))
	t.Cleanup(r.Close)
	return r
}

// sender sends spans to the receiver.
func (r *spanReceiver) sender(t *testing.T) *traces.Sender {
	t.Helper()
	to := traces.Receiver{URL: r.URL, Service: "rabta", Log: slog.New(slog.DiscardHandler)}
	s, err := traces.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sent are the spans that a server sends while it is used.
func sent(t *testing.T, use func(h http.Handler)) (*spanReceiver, map[string]*tracepb.Span) {
	t.Helper()
	r := newSpanReceiver(t)
	sender := r.sender(t)
	use(newTestServer(t, func(c *Config) { c.Tracer, c.Metrics = sender.Tracer(), true }))
	if err := sender.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	byName := map[string]*tracepb.Span{}
	for _, s := range r.spans {
		byName[s.Name] = s
	}
	return r, byName
}

func attributes(s *tracepb.Span) (out []string) {
	for _, a := range s.GetAttributes() {
		value := a.GetValue().GetStringValue()
		if value == "" {
			value = a.GetValue().String()
		}
		out = append(out, a.GetKey()+"="+value)
	}
	slices.Sort(out)
	return out
}

// TestSpansOfARequest: the trace of the caller goes on, with a span of the request and
// within it one of the operation, and nothing of what was asked.
func TestSpansOfARequest(t *testing.T) {
	const trace, caller = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
	r, spans := sent(t, func(h http.Handler) {
		call{body: `{"query":"query Masood { fail(how: KNOWN) }","variables":{"Masood":1}}`, header: map[string]string{
			"traceparent": "00-" + trace + "-" + caller + "-01", "tracestate": "masood=1", "baggage": "masood=1",
			"X-Request-Id": "mine",
		}}.do(h)
	})
	if len(r.spans) != 2 || spans["POST /graphql"] == nil || spans["graphql query"] == nil {
		t.Fatalf("spans %v", r.spans)
	}
	outer, inner := spans["POST /graphql"], spans["graphql query"]
	if hex.EncodeToString(outer.TraceId) != trace || hex.EncodeToString(outer.ParentSpanId) != caller {
		t.Errorf("the caller's trace does not go on: %v", outer)
	}
	if !bytes.Equal(inner.TraceId, outer.TraceId) || !bytes.Equal(inner.ParentSpanId, outer.SpanId) {
		t.Errorf("the operation is not within the request: %v", inner)
	}
	want := []string{
		"http.request.method=POST", "http.response.status_code=int_value:200", "http.route=/graphql", "rabta.request_id=mine",
	}
	if got := attributes(outer); !slices.Equal(got, want) {
		t.Errorf("the request says %q", got)
	}
	if got := attributes(inner); !slices.Equal(got, []string{"graphql.operation.type=query", "rabta.outcome=NOT_FOUND"}) {
		t.Errorf("the operation says %q", got)
	}
	if strings.Contains(strings.ToLower(r.raw.String()), "masood") {
		t.Errorf("the spans tell what was asked: %q", r.raw.String())
	}
}

// TestOurErrorsAreErrorsOfSpans: those that are nobody else's.
func TestOurErrorsAreErrorsOfSpans(t *testing.T) {
	_, spans := sent(t, func(h http.Handler) { query(h, "{ fail(how: PANIC) }", nil) })
	status := spans["graphql query"].GetStatus()
	if status.GetCode() != tracepb.Status_STATUS_CODE_ERROR || status.GetMessage() != "" {
		t.Errorf("the span's status is %v", status)
	}
}

// TestHealthHasNoSpans: who asks all the time how the server is leaves no traces.
func TestHealthHasNoSpans(t *testing.T) {
	r, _ := sent(t, func(h http.Handler) {
		for _, target := range []string{"/healthz", "/readyz", "/metrics"} {
			call{method: http.MethodGet, target: target}.do(h)
		}
		call{method: http.MethodGet, target: "/nope/Masood"}.do(h)
	})
	if len(r.spans) != 1 || r.spans[0].Name != "GET unknown" {
		t.Errorf("spans %v", r.spans)
	}
}

// TestSpanOfABatch: it is in the trace of the request, and says what became of it.
func TestSpanOfABatch(t *testing.T) {
	r := newSpanReceiver(t)
	sender := r.sender(t)
	next := func(context.Context, graph.Batch) (graph.Commit, error) { return graph.Commit{}, graph.ErrUnavailable }
	b := graph.Batch{Actor: "Masood", Entities: make([]graph.Entity, 3)}
	ctx, span := sender.Tracer().Start(t.Context(), "request")
	_, _ = traceApply(next)(ctx, b)
	span.End()
	_, _ = traceApply(next)(t.Context(), b) // in no trace
	if err := sender.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(r.spans) != 2 || r.spans[0].Name != "store apply" || !bytes.Equal(r.spans[0].ParentSpanId, r.spans[1].SpanId) {
		t.Fatalf("spans %v", r.spans)
	}
	if got := attributes(r.spans[0]); !slices.Equal(got, []string{"rabta.outcome=failed", "rabta.records=int_value:3"}) {
		t.Errorf("the batch says %q", got)
	}
}

// TestSpanOfWaiting: a request that proves heavy has a span of its wait for its turn, and
// one that is light has none.
func TestSpanOfWaiting(t *testing.T) {
	for slots, want := range map[int]string{work.Light: "", work.Light + 1: "wait for turn"} {
		r := newSpanReceiver(t)
		sender := r.sender(t)
		ctx, span := sender.Tracer().Start(t.Context(), "request")
		request := work.NewRequest(ctx, 0, newGate(1))
		if err := request.Records().Spend(slots); err != nil {
			t.Fatal(err)
		}
		request.Close()
		traceWait(ctx, request)
		span.End()
		if err := sender.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(r.spans) > 1 {
			got = r.spans[0].Name
			if s := r.spans[0]; !bytes.Equal(s.ParentSpanId, r.spans[1].SpanId) || s.EndTimeUnixNano < s.StartTimeUnixNano {
				t.Errorf("the span is %v", s)
			}
		}
		if got != want {
			t.Errorf("%d slots: span %q, want %q", slots, got, want)
		}
	}
}
