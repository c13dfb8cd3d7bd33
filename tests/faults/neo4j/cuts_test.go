package neo4j_test

import (
	"testing"

	"github.com/rabta/rabta/store/neo4j/neo4jtest"
)

// lockStatement is what a commit begins with.
const lockStatement = "SET h.lock = true"

// atCommit is about how many bytes the message COMMIT and its answer have.
const atCommit = 60

// heldEach is how often a cut line is followed by an outage, in which the program has no
// way to learn what became of the commit: each such takes five seconds.
const heldEach = 10

// TestCutConnections: the connection is cut after any byte of a commit. The batch is then
// recorded once or not at all, and the answer tells which: one that is acknowledged is
// there, under the next number, and one that is refused is told, when it is sent again, to
// be there already exactly if it is.
func TestCutConnections(t *testing.T) {
	if server.Missing != "" {
		t.Skip(server.Missing)
	}
	p := neo4jtest.NewProxy(t, server)
	trial := newTrial(t, p.URI)
	for range 3 { // the last is as those that are cut
		p.CutAfter(1<<40, false, lockStatement)
		trial.send(func(string) {})
	}
	size := p.Passed()
	if size < 1000 {
		t.Fatalf("a commit has %d bytes", size)
	}
	for i := range *cuts {
		if hold := i%heldEach == heldEach/2; i%3 == 2 { // where the outcome is in doubt
			trial.cut(p, 1+trial.rand.Int64N(atCommit), hold, lockStatement, neo4jtest.CommitMessage)
		} else {
			trial.cut(p, 1+trial.rand.Int64N(size), hold, lockStatement)
		}
	}
	if n := p.Cuts(); n < *cuts/2 {
		t.Errorf("of %d cuts only %d fell into a commit", *cuts, n)
	}
	trial.finish()
	t.Logf("%d cuts within %d bytes: %d answers said that the store was not there, %d of these batches had been recorded",
		p.Cuts(), size, trial.refused, trial.renewed)
}

// cut sends a batch, with the line cut after so many bytes of the commit, and no other
// line, with hold, until the program has answered.
func (t *trial) cut(p *neo4jtest.Proxy, after int64, hold bool, words ...string) {
	t.Helper()
	before, renewed := t.last, t.renewed
	p.CutAfter(after, hold, words...)
	recorded := -1
	t.send(func(id string) {
		if recorded < 0 {
			recorded = held(t.T, id)
		}
		p.Refuse(false)
	})
	p.Refuse(false)
	if recorded >= 0 && t.renewed-renewed != recorded {
		t.Errorf("cut after %d bytes, the batch was recorded %d times and is told to be there %d times", after, recorded, t.renewed-renewed)
	}
	if t.last != before+1 {
		t.Errorf("cut after %d bytes, the commit after %d is %d", after, before, t.last)
	}
}
