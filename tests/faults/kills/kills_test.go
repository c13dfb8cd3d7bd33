// Package kills ends servers in the middle of writing, and looks for what they had
// acknowledged.
package kills_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rabta/rabta/tests/faults/program"
)

var kills = flag.Int("kills", 4, "how many times the server is killed")

// writers is how many clients write at once.
const writers = 4

const record = `mutation($id: ID!) { record(input: {sources: [{id: $id, kind: REPORT, title: "T"}]}) ` +
	`{ commit { sequence } userErrors { message } } }`

// TestKilled: what was acknowledged before a server was killed is there when it runs
// again, under the sequence number that was told, and the store verifies.
func TestKilled(t *testing.T) {
	binary := program.Build(t, "../../..")
	file := filepath.Join(t.TempDir(), "rabta.db")
	log := &acknowledged{of: map[string]uint64{}}
	r := rand.New(rand.NewPCG(1, 2))
	for round := range *kills {
		s := program.Serve(t, binary, "--store", "sqlite:"+file, "--seeds=false")
		log.check(t, s)
		var wait sync.WaitGroup
		for writer := range writers {
			wait.Go(func() { log.write(t, s, fmt.Sprintf("s_%d-%d", round, writer)) })
		}
		time.Sleep(time.Duration(50+r.IntN(250)) * time.Millisecond)
		s.Kill()
		wait.Wait()
	}
	s := program.Serve(t, binary, "--store", "sqlite:"+file, "--seeds=false")
	log.check(t, s)
	s.Kill()
	if said, err := exec.Command(binary, "check", "--store", "sqlite:"+file).CombinedOutput(); err != nil {
		t.Errorf("check: %v\n%s", err, said)
	}
	if len(log.of) < *kills*writers {
		t.Errorf("%d commits were acknowledged: the test says little", len(log.of))
	}
	t.Logf("%d commits acknowledged over %d kills", len(log.of), *kills)
}

// acknowledged are the sequence numbers that were told, by the id that was recorded.
type acknowledged struct {
	sync.Mutex
	of map[string]uint64
}

// write records one source after another until the server is gone.
func (a *acknowledged) write(t *testing.T, s *program.Server, prefix string) {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i := 0; ; i++ {
		id := fmt.Sprintf("%s-%d", prefix, i)
		var data struct {
			Record struct {
				Commit     *struct{ Sequence uint64 }
				UserErrors []struct{ Message string }
			}
		}
		if err := s.Ask(client, record, map[string]any{"id": id}, &data); err != nil {
			return
		}
		if data.Record.Commit == nil {
			t.Errorf("%s: %v", id, data.Record.UserErrors)
			return
		}
		a.Lock()
		a.of[id] = data.Record.Commit.Sequence
		a.Unlock()
	}
}

// check looks for all that was acknowledged.
func (a *acknowledged) check(t *testing.T, s *program.Server) {
	t.Helper()
	var ids []string
	for id := range a.of {
		ids = append(ids, id)
	}
	for len(ids) > 0 {
		part := ids[:min(500, len(ids))]
		ids = ids[len(part):]
		var data struct{ Nodes []*struct{ ID string } }
		if err := s.Ask(http.DefaultClient, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": part}, &data); err != nil {
			t.Fatal(err)
		}
		for i, n := range data.Nodes {
			if n == nil {
				t.Errorf("%s was acknowledged as commit %d, and is lost", part[i], a.of[part[i]])
			}
		}
	}
	var data struct{ Revision struct{ Sequence uint64 } }
	if err := s.Ask(http.DefaultClient, `{ revision { sequence } }`, nil, &data); err != nil {
		t.Fatal(err)
	}
	for id, n := range a.of {
		if n > data.Revision.Sequence {
			t.Errorf("%s was acknowledged as commit %d, and the store ends at %d", id, n, data.Revision.Sequence)
		}
	}
}
