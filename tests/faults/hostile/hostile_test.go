package hostile_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/store/memory"
	"github.com/rabta/rabta/tests/faults/hostile"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/work"
)

var (
	claims = flag.Int("claims", 20_000, "how many claims the graph holds")
	table  = flag.Bool("table", false, "print what each document cost")
	slots  = flag.Int64("slots", 50_000_000, "the budget of a request")
)

// service is a server of a world, in this process.
type service struct {
	http.Handler
}

func serve(t testing.TB, claims int, change func(*server.Config)) *service {
	t.Helper()
	store := memory.New()
	f := live.NewFollower(store, graph.Clear, nil)
	t.Cleanup(func() { _ = f.Close() })
	if err := f.Catch(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := hostile.World(claims)
	for _, part := range parts(b) {
		if _, err := f.Apply(t.Context(), part); err != nil {
			t.Fatal(err)
		}
	}
	s := &service{}
	c := server.Assemble(server.Service{Follower: f, Store: "memory"})
	c.WorkBudget, c.QueryTimeout, c.BodyLimit = *slots, 15*time.Second, 1<<20
	c.Metrics = true
	change(&c)
	srv, err := server.New(c)
	if err != nil {
		t.Fatal(err)
	}
	s.Handler = srv.Handler()
	return s
}

// parts are batches that may be recorded: as many records as one may hold.
func parts(b graph.Batch) []graph.Batch {
	out := []graph.Batch{{Sources: b.Sources, Entities: b.Entities}}
	for list := range slices.Chunk(b.Claims, 50_000) {
		out = append(out, graph.Batch{Claims: list})
	}
	return append(out, disputed(b)...)
}

// disputed are batches that record a claim, and retract and assert it many times.
func disputed(b graph.Batch) []graph.Batch {
	c := graph.Claim{
		Subject: b.Entities[0].ID, Predicate: "STATUS", Value: &graph.Value{Text: "active"}, Hedge: graph.Stated, Source: b.Sources[0].ID,
	}
	c = c.Normalised()
	no := graph.Claim{Subject: c.ID, Predicate: graph.Retracts, Hedge: graph.Stated, Source: b.Sources[1].ID}
	out := []graph.Batch{{Claims: []graph.Claim{c}}}
	for i := range 200 {
		out = append(out, graph.Batch{Actor: "one", Reason: fmt.Sprint("no ", i), Claims: []graph.Claim{no}},
			graph.Batch{Actor: "another", Claims: []graph.Claim{c}, Reassert: true})
	}
	return out
}

func (s *service) ask(ctx context.Context, d hostile.Document) *httptest.ResponseRecorder {
	body, err := json.Marshal(map[string]any{"query": d.Query, "variables": d.Variables})
	if err != nil {
		panic(err)
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// spent is how many slots all requests have cost so far, as the server tells.
func (s *service) spent(t testing.TB) int64 {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/metrics", nil))
	found := costSum.FindSubmatch(w.Body.Bytes())
	if found == nil {
		t.Fatal("the server does not tell what requests cost")
	}
	slots, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return int64(slots)
}

var costSum = regexp.MustCompile(`(?m)^rabta_request_cost_slots_sum (\S+)$`)

// cpu is the time that the process has computed.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// cost is what a document cost.
type cost struct {
	hostile.Document
	cpu   time.Duration
	slots int64
	code  string
}

func measure(t testing.TB, s *service, d hostile.Document) cost {
	runtime.GC()
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	spent, before := s.spent(t), cpu()
	w := s.ask(context.Background(), d)
	took := cpu() - before
	return cost{d, took, s.spent(t) - spent, codeOf(w.Body.Bytes())}
}

func codeOf(body []byte) string {
	var answer struct {
		Errors []struct {
			Message    string
			Extensions struct{ Code, Limit string }
		}
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return "not JSON: " + err.Error()
	}
	if len(answer.Errors) == 0 {
		return ""
	}
	e := answer.Errors[0]
	return strings.TrimSpace(e.Extensions.Code + " " + e.Extensions.Limit + ": " + e.Message)
}

func TestTable(t *testing.T) {
	if !*table {
		t.Skip("ask for it with -table")
	}
	s := serve(t, *claims, func(*server.Config) {})
	var all []cost
	for _, d := range hostile.Documents() {
		all = append(all, measure(t, s, d))
		if c := all[len(all)-1]; c.cpu > time.Second {
			fmt.Fprintf(os.Stderr, "slow: %s %s %d\n", c.Name, c.cpu, c.slots)
		}
	}
	slices.SortFunc(all, func(a, b cost) int { return int(b.cpu - a.cpu) })
	for _, c := range all {
		perSlot := 0.0
		if c.slots > 0 {
			perSlot = float64(c.cpu.Nanoseconds()) / float64(c.slots)
		}
		fmt.Fprintf(os.Stderr, "%8.1f ms %12d slots %6.1f ns/slot  %-50.50s %.150s\n",
			c.cpu.Seconds()*1000, c.slots, perSlot, c.Name, c.code)
	}
	fmt.Fprintln(os.Stderr, len(all), "documents")
}

// told are the codes with which a hostile document may be answered.
var told = []string{
	"", "COST_LIMIT_EXCEEDED", "INVALID", "PARTIAL", "NOT_FOUND", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED",
	"PAYLOAD_TOO_LARGE",
}

// TestEachIsPriced: whatever a document asks, it is answered or refused, and costs no more
// than a request may; what it took is given back. Those that are not malformed fit the
// schema: they are refused, if at all, for what they cost. The race detector watches one
// in twelve.
func TestEachIsPriced(t *testing.T) {
	const budget = 1_000_000
	s := serve(t, 2_000, func(c *server.Config) { c.WorkBudget = budget })
	documents, over, before := hostile.Documents(), 0, heap()
	for i, d := range documents {
		if raced.Detector && i%12 > 0 {
			continue
		}
		from := s.spent(t)
		code, _, _ := strings.Cut(codeOf(s.ask(t.Context(), d).Body.Bytes()), " ")
		code = strings.TrimSuffix(code, ":")
		switch {
		case !slices.Contains(told, code), code == "GRAPHQL_VALIDATION_FAILED" && !d.Malformed:
			t.Errorf("%s: %s", d.Name, code)
		case code == "COST_LIMIT_EXCEEDED" || code == "PARTIAL":
			over++
		}
		// A field of link analysis has its budget and, for reading, the same once more.
		if spent := s.spent(t) - from; spent > 3*budget+budget/10 {
			t.Errorf("%s: %d slots, of %d", d.Name, spent, budget)
		}
	}
	if len(documents) < 400 || over < raced.Few(60) {
		t.Errorf("%d documents, of which %d cost too much: the test says little", len(documents), over)
	}
	if grown := heap() - before; grown > 64<<20 {
		t.Errorf("%d bytes are not given back", grown)
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestNothingRunsOn: when its client goes away, what a document asked for ends.
func TestNothingRunsOn(t *testing.T) {
	s := serve(t, 2_000, func(c *server.Config) { c.WorkBudget, c.QueryTimeout = 0, time.Hour })
	long := []string{
		"links.some.other, 2 levels", "links.none.other, twenty times", "claims.none.subject, 2 levels",
		"links.some.claims, 1 levels", "or, twenty times", "duplicates", "links.some.other, view",
		"keyPlayers(size: 10, goal: DISTANCE_FRAGMENTATION)", "measure(measure: CLOSENESS, samples: 50, bySource: 10)",
		"keyPlayers(size: 10, goal: FRAGMENTATION)",
	}
	ran := 0
	defer func() {
		if ran != len(long) {
			t.Errorf("%d of %d documents are there", ran, len(long))
		}
	}()
	for _, d := range hostile.Documents() {
		if !slices.Contains(long, d.Name) {
			continue
		}
		ran++
		t.Run(d.Name, func(t *testing.T) {
			p := new(work.Progress)
			ctx, leave := context.WithCancel(work.WithProgress(t.Context(), p))
			defer leave()
			done := make(chan struct{})
			go func() { defer close(done); s.ask(ctx, d) }()
			for p.Slots() < 2_000_000 {
				select {
				case <-done:
					t.Fatal("it took less than the test waits for")
				case <-time.After(time.Millisecond):
				}
			}
			leave()
			select {
			case <-done:
			case <-time.After(time.Minute):
				t.Fatalf("it goes on after its client left, at %d slots", p.Slots())
			}
		})
	}
}

// TestManyAtOnce: heavy requests wait for one another, a few at a time, and those beyond
// are told to ask again; what costs little is answered all the while. When half have been
// told so, the clients of the others leave.
func TestManyAtOnce(t *testing.T) {
	s := serve(t, 2_000, func(c *server.Config) { c.WorkBudget, c.QueryTimeout, c.HeavyAtOnce = 0, 2*time.Minute, 1 })
	var heavy hostile.Document
	for _, d := range hostile.Documents() {
		if d.Name == "links.none.other, twenty times" {
			heavy = d
		}
	}
	var wait sync.WaitGroup
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	answers := make(chan *httptest.ResponseRecorder, 40)
	for range cap(answers) {
		wait.Go(func() { answers <- s.ask(ctx, heavy) })
	}
	lookup := hostile.Document{Query: `{ group(id: "e0") { name } }`}
	for range 100 {
		if w := s.ask(t.Context(), lookup); w.Code != http.StatusOK || codeOf(w.Body.Bytes()) != "" {
			t.Fatalf("a lookup beside heavy requests: %d %s", w.Code, w.Body)
		}
	}
	go func() { wait.Wait(); close(answers) }()
	busy := 0
	for w := range answers {
		switch code := codeOf(w.Body.Bytes()); {
		case strings.HasPrefix(code, "BUSY"):
			if busy++; busy == cap(answers)/2 {
				leave()
			}
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
				t.Errorf("%d, to be asked again after %q", w.Code, w.Header().Get("Retry-After"))
			}
		case ctx.Err() == nil && code != "":
			t.Error(code)
		}
	}
	if busy < cap(answers)/2 {
		t.Errorf("%d of 40 heavy requests were told that the server is busy", busy)
	}
	if w := s.ask(t.Context(), hostile.Document{Query: `{ revision { links } }`}); codeOf(w.Body.Bytes()) != "" {
		t.Errorf("afterwards: %s", w.Body)
	}
}
