// Package load has attackers ask for much while readers look up a little.
package load_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/faults/hostile"
	"github.com/rabta/rabta/tests/faults/program"
)

var (
	claims    = flag.Int("claims", 2_000, "how many claims the graph holds")
	attackers = flag.Int("attackers", 6, "how many clients ask for much")
	lookups   = flag.Int("lookups", 50, "how often a client looks something up, alone and beside the attackers")
	attack    = flag.String("attack", "links.none.other, twenty times", "the document that the attackers send")
)

// TestLookupsBesideAttackers: while clients send a document that costs as much as one may,
// others are answered. It prints how long they wait; that is not tested, for it is the
// machine's as much as the server's.
func TestLookupsBesideAttackers(t *testing.T) {
	binary := program.Build(t, "../../..")
	store := "sqlite:" + filepath.Join(t.TempDir(), "rabta.db")
	load(t, binary, store)
	s := program.Serve(t, binary, "--store", store, "--seeds=false")
	alone, body := look(t, s), attackBody(t)
	end := make(chan struct{})
	var wait sync.WaitGroup
	answers := make([]map[int]int, *attackers)
	for i := range answers {
		answers[i] = map[int]int{}
		wait.Go(func() { strike(s, body, end, answers[i]) })
	}
	untilHeavy(t, s)
	beside := look(t, s)
	close(end)
	wait.Wait()
	total := map[int]int{}
	for _, a := range answers {
		for code, n := range a {
			total[code] += n
		}
	}
	t.Logf("alone p50 %s p99 %s; beside %d attackers p50 %s p99 %s: %.2f times the median; attackers' answers by status: %v",
		at(alone, 50), at(alone, 99), *attackers, at(beside, 50), at(beside, 99),
		float64(at(beside, 50))/float64(at(alone, 50)), total)
	if len(total) == 0 {
		t.Error("no attacker was answered: the test says nothing")
	}
}

// load imports the world into a store.
func load(t *testing.T, binary, store string) {
	t.Helper()
	b := hostile.World(*claims)
	var file bytes.Buffer
	for i := range b.Sources {
		line(&file, graph.Encode(&b.Sources[i]))
	}
	for i := range b.Entities {
		line(&file, graph.Encode(&b.Entities[i]))
	}
	for i := range b.Claims {
		line(&file, graph.Encode(&b.Claims[i]))
	}
	cmd := exec.Command(binary, "import", "ndjson", "-", "--store", store, "--seeds=false")
	cmd.Stdin = &file
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%.2000s", err, said)
	}
}

func line(w io.Writer, record []byte) { fmt.Fprintf(w, "%s\n", record) }

// look is how long each of many lookups took, ascending.
func look(t *testing.T, s *program.Server) []time.Duration {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{}, Timeout: time.Minute}
	defer client.CloseIdleConnections()
	took := make([]time.Duration, *lookups)
	for i := range took {
		start := time.Now()
		err := s.Ask(client, `query($id: ID!) { entity(id: $id) { id name } }`, map[string]any{"id": fmt.Sprintf("e%d", i)}, nil)
		if err != nil {
			t.Fatalf("lookup %d: %v", i, err)
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took
}

func at(took []time.Duration, percent int) time.Duration { return took[(len(took)-1)*percent/100] }

// attackBody is what the attackers send.
func attackBody(t *testing.T) []byte {
	t.Helper()
	for _, d := range hostile.Documents() {
		if d.Name == *attack {
			body, err := json.Marshal(map[string]any{"query": d.Query, "variables": d.Variables})
			if err != nil {
				t.Fatal(err)
			}
			return body
		}
	}
	t.Fatalf("no document is called %q", *attack)
	return nil
}

// untilHeavy returns when the server works on what is heavy.
func untilHeavy(t *testing.T, s *program.Server) {
	t.Helper()
	for range 3000 {
		r, err := http.Get(s.URL + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		said, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if running.Match(said) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("no heavy request is running")
}

var running = regexp.MustCompile(`(?m)^rabta_heavy_requests_running [1-9]`)

// strike sends the document again and again, and counts the answers by their status.
func strike(s *program.Server, body []byte, end chan struct{}, answers map[int]int) {
	client := &http.Client{Transport: &http.Transport{}, Timeout: time.Minute}
	defer client.CloseIdleConnections()
	for {
		select {
		case <-end:
			return
		default:
		}
		r, err := client.Post(s.URL+"/graphql", "application/json", bytes.NewReader(body))
		if err != nil {
			continue
		}
		_, _ = io.Copy(io.Discard, r.Body)
		_ = r.Body.Close()
		answers[r.StatusCode]++
	}
}
