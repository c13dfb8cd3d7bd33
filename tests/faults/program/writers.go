package program

import (
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// Log is what servers acknowledged: the sequence numbers that were told, by the id that
// was recorded.
type Log struct {
	mu     sync.Mutex
	of     map[string]uint64
	closed bool
}

const record = `mutation($input: RecordInput!) { record(input: $input) ` +
	`{ commit { sequence replayed } userErrors { message } } }`

// Commit is what became of a batch.
type Commit struct {
	Sequence uint64
	Replayed bool
}

var errRefused = errors.New("the batch is refused")

// Record has a server record a batch. What is wrong with the batch is an error, too.
func (s *Server) Record(client *http.Client, input map[string]any) (Commit, error) {
	var data struct {
		Record struct {
			Commit     *Commit
			UserErrors []struct{ Message string }
		}
	}
	if err := s.Ask(client, record, map[string]any{"input": input}, &data); err != nil {
		return Commit{}, err
	}
	if data.Record.Commit == nil {
		return Commit{}, fmt.Errorf("%w: %v", errRefused, data.Record.UserErrors)
	}
	return *data.Record.Commit, nil
}

// Source is a batch under an id that records a source under s_ and that id.
func Source(id, note string) map[string]any {
	source := map[string]any{"id": "s_" + id, "kind": "REPORT", "title": "T", "note": note}
	return map[string]any{"id": id, "sources": []any{source}}
}

// Send has a server record a source, and notes it when that is acknowledged.
func (l *Log) Send(s *Server, client *http.Client, id, note string) (Commit, error) {
	c, err := s.Record(client, Source(id, note))
	if err == nil {
		l.add("s_"+id, c.Sequence)
	}
	return c, err
}

// Write records one source after another, under ids that begin with s_ and the prefix,
// until the server does not answer as it should.
func (l *Log) Write(t testing.TB, s *Server, prefix string) {
	client := &http.Client{Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for i := 0; ; i++ {
		if _, err := l.Send(s, client, fmt.Sprintf("%s-%d", prefix, i), "T"); err != nil {
			if errors.Is(err, errRefused) {
				t.Error(err)
			}
			return
		}
	}
}

func (l *Log) add(id string, sequence uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of == nil {
		l.of = map[string]uint64{}
	}
	if !l.closed {
		l.of[id] = sequence
	}
}

// Open counts what is heard from now on; Close what was heard until now.
func (l *Log) Open() { l.set(false) }

// Close ends the counting: what is heard while the power goes, nobody promised.
func (l *Log) Close() { l.set(true) }

func (l *Log) set(closed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = closed
}

// Len is how many commits were acknowledged.
func (l *Log) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.of)
}

// Check looks for all that was acknowledged.
func (l *Log) Check(t testing.TB, s *Server) {
	t.Helper()
	var ids []string
	for id := range l.of {
		ids = append(ids, id)
	}
	for len(ids) > 0 {
		part := ids[:min(500, len(ids))]
		ids = ids[len(part):]
		l.checkPart(t, s, part)
	}
	var data struct{ Revision struct{ Sequence uint64 } }
	if err := s.Ask(http.DefaultClient, `{ revision { sequence } }`, nil, &data); err != nil {
		t.Fatal(err)
	}
	for id, n := range l.of {
		if n > data.Revision.Sequence {
			t.Errorf("%s was acknowledged as commit %d, and the store ends at %d", id, n, data.Revision.Sequence)
		}
	}
}

func (l *Log) checkPart(t testing.TB, s *Server, ids []string) {
	t.Helper()
	var data struct{ Nodes []*struct{ ID string } }
	err := s.Ask(http.DefaultClient, `query($ids: [ID!]!) { nodes(ids: $ids) { id } }`, map[string]any{"ids": ids}, &data)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range data.Nodes {
		if n == nil {
			t.Errorf("%s was acknowledged as commit %d, and is lost", ids[i], l.of[ids[i]])
		}
	}
}
