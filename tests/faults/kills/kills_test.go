// Package kills ends servers, and the power, in the middle of writing, and looks for what
// had been acknowledged.
package kills_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/rabta/rabta/tests/faults/program"
)

var (
	kills = flag.Int("kills", 4, "how many times the server is killed")
	cuts  = flag.Int("cuts", 0, "how many times the power is cut: as root, on a file system in a file")
)

// writers is how many clients write at once.
const writers = 4

// trial is a store in which clients write until the server ends, again and again.
type trial struct {
	*testing.T
	binary, file string
	log          program.Log
	rand         *rand.Rand
}

func newTrial(t *testing.T, file string) *trial {
	return &trial{T: t, binary: program.Build(t, "../../.."), file: file, rand: rand.New(rand.NewPCG(1, 2))}
}

// round starts the server, looks for all that was acknowledged, and has clients write
// until end ends it.
func (t *trial) round(number int, end func(*program.Server)) {
	s := program.Serve(t, t.binary, "--store", "sqlite:"+t.file, "--seeds=false")
	t.log.Check(t, s)
	var wait sync.WaitGroup
	for writer := range writers {
		wait.Go(func() { t.log.Write(t, s, fmt.Sprintf("%d-%d", number, writer)) })
	}
	time.Sleep(time.Duration(50+t.rand.IntN(250)) * time.Millisecond)
	end(s)
	wait.Wait()
}

// finish looks for everything once more, and verifies the store.
func (t *trial) finish(rounds int) {
	s := program.Serve(t, t.binary, "--store", "sqlite:"+t.file, "--seeds=false")
	t.log.Check(t, s)
	s.Kill()
	if said, err := exec.Command(t.binary, "check", "--store", "sqlite:"+t.file).CombinedOutput(); err != nil {
		t.Errorf("check: %v\n%s", err, said)
	}
	if t.log.Len() < rounds*writers {
		t.Errorf("%d commits were acknowledged: the test says little", t.log.Len())
	}
	t.Logf("%d commits acknowledged over %d rounds", t.log.Len(), rounds)
}

// TestKilled: what was acknowledged before a server was killed is there when it runs
// again, under the sequence number that was told, and the store verifies.
func TestKilled(t *testing.T) {
	trial := newTrial(t, filepath.Join(t.TempDir(), "rabta.db"))
	for round := range *kills {
		trial.round(round, (*program.Server).Kill)
	}
	trial.finish(*kills)
}
