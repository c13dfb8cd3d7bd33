package traces

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// TestSpansArrive: one batch in one request, with the headers that are set, and of this
// machine nothing but the service's name and version.
func TestSpansArrive(t *testing.T) {
	var got tracepb.TracesData
	var header http.Header
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = proto.Unmarshal(body, &got)
		}
		if err != nil || r.URL.Path != "/v1/traces" || r.Method != http.MethodPost {
			t.Errorf("%s %s: %v", r.Method, r.URL, err)
		}
		header = r.Header
	}))
	defer srv.Close()
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "")
	s, err := Open(t.Context(), Receiver{
		URL: srv.URL + "/v1/traces", Headers: map[string]string{"X-Key": "secret"}, Service: "a service", Version: "v1",
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		_, span := s.Tracer().Start(t.Context(), "work")
		span.End()
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if header.Get("Content-Type") != "application/x-protobuf" || header.Get("X-Key") != "secret" {
		t.Errorf("header %v", header)
	}
	if len(got.ResourceSpans) != 1 || len(got.ResourceSpans[0].ScopeSpans[0].Spans) != 3 {
		t.Fatalf("got %v", &got)
	}
	var who []string
	for _, a := range got.ResourceSpans[0].Resource.Attributes {
		who = append(who, a.Key+"="+a.Value.GetStringValue())
	}
	if strings.Join(who, " ") != "service.name=a service service.version=v1" {
		t.Errorf("the resource says %q", who)
	}
}

// TestOutagesAreLoggedOnce: a receiver that is down, that refuses or that sends elsewhere
// is told of once, and when it is well again; no password is.
func TestOutagesAreLoggedOnce(t *testing.T) {
	var log bytes.Buffer
	status := http.StatusServiceUnavailable
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
	}))
	defer srv.Close()
	address := strings.Replace(srv.URL, "http://", "http://me:hunter2@", 1)
	s, err := Open(t.Context(), Receiver{URL: address, Service: "rabta", Log: slog.New(slog.NewTextHandler(&log, nil))})
	if err != nil {
		t.Fatal(err)
	}
	send := func() {
		_, span := s.Tracer().Start(t.Context(), "work")
		span.End()
		if err := s.provider.ForceFlush(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	send()
	send()
	status = http.StatusTemporaryRedirect
	send()
	status = http.StatusOK
	send()
	send()
	srv.Close()
	send()
	if asked != 5 {
		t.Errorf("the receiver was asked %d times, want 5", asked)
	}
	for text, want := range map[string]int{"spans are lost": 2, "takes spans again": 1, "hunter2": 0, "503": 1} {
		if n := strings.Count(log.String(), text); n != want {
			t.Errorf("the log has %q %d times, want %d:\n%s", text, n, want, &log)
		}
	}
}
