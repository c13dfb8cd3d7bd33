package neo4j_test

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rabta/rabta/tests/faults/program"
)

// TestRestarts: Neo4j is killed while the program writes to it, and started again. Reads
// go on from memory meanwhile and say so, and what was acknowledged is there afterwards,
// once, as it was. How long the first write takes after Neo4j answers again is printed.
func TestRestarts(t *testing.T) {
	if server.Missing != "" {
		t.Skip(server.Missing)
	}
	if server.Name == "" {
		t.Skip("NEO4J_URI names a server that scripts/neo4j did not start")
	}
	trial := newTrial(t, func() string { return server.URI })
	trial.send(func(string) {})
	var took []time.Duration
	for range *restarts {
		end := trial.last
		before := trial.digest(end)
		took = append(took, trial.restart())
		if after := trial.digest(end); after != before {
			t.Errorf("up to commit %d, the log had the %s, and has the %s", end, before, after)
		}
	}
	trial.finish()
	slices.Sort(took)
	t.Logf("%d restarts, %d commits, %d answers said that the store was not there: the first write %v after Neo4j answered, "+
		"the median; at most %v", *restarts, trial.last, trial.refused, took[len(took)/2], took[len(took)-1])
}

// restart kills Neo4j while batches are sent, and starts it again when that was noticed.
// It returns how long after that a batch was acknowledged.
func (t *trial) restart() time.Duration {
	t.Helper()
	pause := time.Duration(200+t.rand.IntN(800)) * time.Millisecond
	var back atomic.Pointer[time.Time]
	failed, refused := make(chan error, 1), make(chan bool, 1)
	go func() {
		time.Sleep(pause)
		failed <- t.outage(refused)
		now := time.Now()
		back.Store(&now)
	}()
	for back.Load() == nil {
		t.send(func(string) {
			select {
			case refused <- true:
			default:
			}
		})
	}
	took := time.Since(*back.Load())
	if err := <-failed; err != nil {
		t.Fatal(err)
	}
	if !program.Eventually(func() bool { now, err := t.revision(); return err == nil && now.StoreAnswers }) {
		t.Error("reads never say that the store is back")
	}
	return took
}

// outage kills Neo4j and starts it again, when reads say so and a write was refused.
func (t *trial) outage(refused <-chan bool) error {
	if err := server.Kill(); err != nil {
		return err
	}
	before, err := t.revision()
	if err != nil {
		return err
	}
	var during revision
	if !program.Eventually(func() bool { during, err = t.revision(); return err != nil || !during.StoreAnswers }) {
		err = errors.New("reads never say that the store is gone")
	} else if err == nil && (during.Sources < before.Sources || during.StoreReached == "" || during.StoreTrouble == "") {
		err = fmt.Errorf("reads say %+v, and had said %+v", during, before)
	}
	select {
	case <-refused:
	case <-time.After(3 * time.Minute):
		err = errors.Join(err, errors.New("no write is refused"))
	}
	return errors.Join(err, server.Restart())
}

// revision is what the program says of its store.
type revision struct {
	Sources                    int
	StoreAnswers               bool
	StoreReached, StoreTrouble string
}

func (t *trial) revision() (revision, error) {
	var data struct{ Revision revision }
	err := t.Ask(http.DefaultClient, `{ revision { sources storeAnswers storeReached storeTrouble } }`, nil, &data)
	return data.Revision, err
}

// digest is that of the log up to a commit.
func (t *trial) digest(last uint64) string {
	t.Helper()
	backup := program.Run(t, binary, "backup", "-", "--to", fmt.Sprint(last), "--store", server.URI, "--neo4j-username", server.Username)
	digest := digestLine.FindString(backup.Stderr)
	if backup.Code != 0 || digest == "" {
		t.Fatalf("the backup ends with %d: %s", backup.Code, backup.Stderr)
	}
	return digest
}

var digestLine = regexp.MustCompile(`(?m)^digest [0-9a-f]{64}$`)
