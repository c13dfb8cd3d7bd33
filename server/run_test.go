package server

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/server/internal/toy"
)

func listen(t *testing.T) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return ln
}

// run starts a server and returns its address, what ends it and its result.
func run(t *testing.T, c Config) (address string, stop func(), result <-chan error) {
	t.Helper()
	c.Schema = toy.New()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	ln := listen(t)
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, ln) }()
	return "http://" + ln.Addr().String(), cancel, done
}

func post(t *testing.T, address, document string) (string, error) {
	t.Helper()
	res, err := http.Post(address+"/graphql", "application/json", strings.NewReader(`{"query":"`+document+`"}`))
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), err
}

func TestRunFinishesRunningRequests(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	address, stop, result := run(t, Config{Begin: func(ctx context.Context) (context.Context, uint64, error) {
		close(begun)
		<-release
		return ctx, 1, ctx.Err()
	}})
	answer := make(chan string, 1)
	go func() {
		body, err := post(t, address, "{ __typename }")
		if err != nil {
			body = err.Error()
		}
		answer <- body
	}()
	<-begun
	stop()
	select {
	case err := <-result:
		close(release)
		t.Fatalf("Run returned %v before the request was answered", err)
	case <-time.After(20 * time.Millisecond): // only a chance to go wrong
	}
	close(release)
	if got := <-answer; got != `{"data":{"__typename":"Query"}}` {
		t.Errorf("answer %s", got)
	}
	if err := <-result; err != nil {
		t.Errorf("Run: %v", err)
	}
	if _, err := post(t, address, "{ __typename }"); err == nil {
		t.Error("still serving after Run returned")
	}
}

func TestRunCutsOffAfterTheGrace(t *testing.T) {
	begun := make(chan struct{})
	address, stop, result := run(t, Config{
		ShutdownGrace: time.Millisecond,
		Begin: func(ctx context.Context) (context.Context, uint64, error) {
			close(begun)
			<-ctx.Done() // ends only when the server cuts the request off
			return ctx, 0, ctx.Err()
		},
		QueryTimeout: time.Hour,
	})
	go func() { _, _ = post(t, address, "{ __typename }") }()
	<-begun
	stop()
	if err := <-result; err != nil {
		t.Errorf("Run: %v", err)
	}
}

func TestRunReportsABrokenListener(t *testing.T) {
	s, err := New(Config{Schema: toy.New()})
	if err != nil {
		t.Fatal(err)
	}
	ln := listen(t)
	_ = ln.Close()
	if err := s.Run(t.Context(), ln); err == nil || !strings.Contains(err.Error(), ln.Addr().String()) {
		t.Errorf("Run: %v", err)
	}
}

// TestRunGuardsItsListener: what counts is where the server really listens.
func TestRunGuardsItsListener(t *testing.T) {
	address, _, _ := run(t, Config{Listen: "rabta.internal:8420"})
	for host, want := range map[string]int{"rabta.internal": 200, "evil.example": 421} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/healthz", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, res.StatusCode, want)
		}
	}
}

func TestConnectionsAreBounded(t *testing.T) {
	s, err := New(Config{Schema: toy.New()})
	if err != nil {
		t.Fatal(err)
	}
	srv := s.httpServer(http.NotFoundHandler(), t.Context())
	for name, d := range map[string]time.Duration{
		"header": srv.ReadHeaderTimeout, "body": srv.ReadTimeout, "idle": srv.IdleTimeout,
	} {
		if d <= 0 {
			t.Errorf("no limit on the time for the %s", name)
		}
	}
	if srv.WriteTimeout <= s.config.QueryTimeout {
		t.Errorf("answers are cut off after %s, before a query of %s can be answered",
			srv.WriteTimeout, s.config.QueryTimeout)
	}
}
