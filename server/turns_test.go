package server

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// busyServer serves a thousand links to one heavy request at a time.
func busyServer(t *testing.T, links int) (e *graphServer, heavy func() *work.Request) {
	t.Helper()
	e = newGraphServer(t, links, graph.Clear, func(c *Config) { c.HeavyAtOnce = 1 })
	return e, func() *work.Request {
		t.Helper()
		r := work.NewRequest(t.Context(), 0, e.server.gate)
		if err := r.Admit(work.Light + 1); err != nil {
			t.Fatal(err)
		}
		return r
	}
}

// fiveNames is a batch for reconciliation that costs much.
var fiveNames = "/reconcile?queries=" + url.QueryEscape(
	`{"a": {"query": "Group 1"}, "b": {"query": "Group 2"}, "c": {"query": "Group 3"}, "d": {"query": "Group 4"}, "e": {"query": "Group 5"}}`)

// TestFilesAndTablesTakeTurns: exported files and tables that are matched wait for their
// turn as queries do, and are told that the server is busy before anything is sent. What
// costs little is answered meanwhile, and all of it afterwards.
func TestFilesAndTablesTakeTurns(t *testing.T) {
	e, heavy := busyServer(t, 1000)
	dear := []string{"/export/links.csv", "/export/entities.csv", "/export/claims.ndjson", fiveNames}
	cheap := []string{
		"/reconcile", "/reconcile/suggest/entity?prefix=Group", "/reconcile/preview?id=group-1", "/",
		"/export/links.csv?kinds=",
	}
	held := heavy()
	var wait sync.WaitGroup
	for _, path := range dear {
		wait.Go(func() {
			status, body, header := e.read(t, path)
			if status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" ||
				!strings.Contains(body, `"code":"BUSY"`) || header.Get(rowsHeader) != "" {
				t.Errorf("%s: %d %v %.200s", path, status, header, body)
			}
		})
	}
	for _, path := range cheap {
		if status, body, _ := e.read(t, path); status != http.StatusOK {
			t.Errorf("%s: %d %.200s", path, status, body)
		}
	}
	wait.Wait()
	held.Close()
	for _, path := range dear {
		if status, body, _ := e.read(t, path); status != http.StatusOK || len(body) < 200 {
			t.Errorf("%s afterwards: %d %.200s", path, status, body)
		}
	}
	if e.server.gate.Running() != 0 || e.server.gate.Refused() != int64(len(dear)) {
		t.Errorf("%d run, %d were refused", e.server.gate.Running(), e.server.gate.Refused())
	}
}

// TestSlowClientsKeepNoPlace: a client that takes its file slowly does not keep others from
// their turn, and gets the file whole once it goes on.
func TestSlowClientsKeepNoPlace(t *testing.T) {
	e, heavy := busyServer(t, 1000)
	client := slowClient{httptest.NewRecorder(), make(chan struct{})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.server.Handler().ServeHTTP(client, httptest.NewRequest(http.MethodGet, e.url+"/export/links.csv", nil))
	}()
	for e.server.gate.Running() == 0 {
		time.Sleep(time.Millisecond)
	}
	held := heavy() // in the place of the export
	close(client.takes)
	for e.server.gate.Waiting() == 0 { // until it goes on, and waits for its turn
		time.Sleep(time.Millisecond)
	}
	held.Close()
	<-done
	if lines := strings.Count(client.Body.String(), "\r\n"); lines != 1001 {
		t.Errorf("%d lines of 1001", lines)
	}
}

// slowClient takes nothing before it takes all.
type slowClient struct {
	*httptest.ResponseRecorder
	takes chan struct{}
}

func (s slowClient) Write(b []byte) (int, error) {
	<-s.takes
	return s.ResponseRecorder.Write(b)
}
