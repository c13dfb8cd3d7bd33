// Package neo4j has the program write to a real Neo4j, and takes that away from it.
package neo4j_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/rabta/rabta/store/neo4j/neo4jtest"
	"github.com/rabta/rabta/tests/faults/program"
)

var (
	restarts = flag.Int("restarts", 1, "how often Neo4j is killed and started again")
	cuts     = flag.Int("cuts", 12, "how often the connection is cut in the middle of a commit")
	seed     = flag.Uint64("seed", 0, "what the draws begin with; 0 has that drawn, too")
)

// server is the Neo4j that the tests share, and binary the program.
var (
	server *neo4jtest.Server
	binary string
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	flag.Parse()
	if testing.Short() {
		fmt.Println("left out of short runs: an outage takes long")
		return 0
	}
	folder, err := os.MkdirTemp("", "neo4j")
	if err == nil {
		defer func() { _ = os.RemoveAll(folder) }()
		binary, err = program.BuildIn(folder, "../../..")
	}
	stop := func() {}
	if err == nil {
		server, stop, err = neo4jtest.Start()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer stop()
	return m.Run()
}

// trial is one writer that has the program write to Neo4j, and sends again what was not
// acknowledged.
type trial struct {
	*testing.T
	*program.Server
	rand    *rand.Rand
	log     program.Log
	last    uint64 // the sequence number of the last commit that was acknowledged
	refused int    // answers that said that the store was not there
	renewed int    // batches that were refused, and that the store had when they were sent again
}

// newTrial has the program serve the database, which is emptied, at an address.
func newTrial(t *testing.T, address func() string) *trial {
	t.Helper()
	server.Empty(t)
	from := *seed
	if from == 0 {
		from = rand.Uint64()
	}
	t.Logf("drawn with -seed %d", from)
	t.Setenv("RABTA_NEO4J_PASSWORD", server.Password)
	s := program.Serve(t, binary, "--store", address(), "--neo4j-username", server.Username, "--seeds=false")
	return &trial{T: t, Server: s, rand: rand.New(rand.NewPCG(from, 0))}
}

// send has a batch recorded under the next number: sent once, or again and again until
// it is acknowledged. Between, what says what has become of it is called.
func (t *trial) send(between func(id string)) {
	id := fmt.Sprint("n", t.last+1)
	again := false
	if !program.Eventually(func() bool {
		c, err := t.log.Send(t.Server, http.DefaultClient, id, "T")
		if err != nil {
			t.wantUnavailable(err)
			between(id)
			again = true
			return false
		}
		if c.Sequence != t.last+1 || c.Replayed && !again {
			t.Errorf("%s, of which nobody had heard, is acknowledged as %+v, after commit %d", id, c, t.last)
		}
		if c.Replayed {
			t.renewed++
		}
		t.last = c.Sequence
		return true
	}) {
		t.Fatalf("%s is never acknowledged", id)
	}
}

// wantUnavailable looks at the answer to a write that was not acknowledged: it is ours, not
// the driver's. On a machine that has much else to do, the time of a request may be over.
func (t *trial) wantUnavailable(err error) {
	t.refused++
	answer, ok := errors.AsType[*program.AnswerError](err)
	if !ok || answer.Code != "UNAVAILABLE" && answer.Code != "TIMEOUT" {
		t.Errorf("the answer is %v", err)
		return
	}
	for _, word := range []string{"Connectivity", "127.0.0.1", "EOF", "dial", "Neo."} {
		if strings.Contains(answer.Message, word) {
			t.Errorf("a driver's words reach the client: %s", answer.Message)
		}
	}
}

// held is how many commits the database has under an id. It waits for one under way.
func held(t *testing.T, id string) int {
	t.Helper()
	rows := server.Query(t, "MATCH (h:Head {id: 1}) SET h.lock = true WITH h "+
		"OPTIONAL MATCH (c:Commit {batch: $id}) RETURN count(c)", map[string]any{"id": id})
	return int(rows[0][0].(int64))
}

// finish looks for all that was acknowledged, and verifies the store: its log with its
// digests and numbers, and the native graph.
func (t *trial) finish() {
	t.log.Check(t, t.Server)
	t.Kill()
	check := program.Run(t, binary, "check", "--store", server.URI, "--neo4j-username", server.Username)
	if check.Code != 0 {
		t.Errorf("the check ends with %d: %s", check.Code, check.Said())
	}
	rows := server.Query(t.T, "MATCH (c:Commit) RETURN count(c), count(DISTINCT c.batch), max(c.seq)", nil)
	for i, what := range []string{"commits", "ids of batches", "as the last number"} {
		if n := rows[0][i].(int64); n != int64(t.last) {
			t.Errorf("the store has %d %s, and %d batches were acknowledged", n, what, t.last)
		}
	}
}
