package older

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/seeds"
)

// firstCommit is when the first commit of a history is dated, and pace how long after it
// the next is: stores that are written anew hold the same.
var firstCommit = time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)

const pace = time.Hour

// history plays a version's history into a world. Its sections are steps: "seeds"; a
// file NAME.ndjson that is imported; and NAME.CLEARANCE.json, the input of a mutation
// sent to a server of the clearance. In place of a claim's id there may stand @ and its
// label.
type history struct {
	w      *World
	store  graph.Store
	seen   graph.Sequence
	labels map[string]graph.ID
}

func play(t *testing.T, file string, w *World, s graph.Store) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	h := &history{w: w, store: s, labels: map[string]graph.ID{}}
	for _, f := range archive.Files {
		if err := h.step(t, f.Name, f.Data); err != nil {
			t.Fatalf("%s: %s: %v", file, f.Name, err)
		}
	}
}

func (h *history) step(t *testing.T, name string, data []byte) error {
	base := strings.TrimSuffix(name, path.Ext(name))
	switch {
	case name == "seeds":
		b, err := seeds.Batch()
		if err == nil {
			_, err = h.store.Apply(t.Context(), b)
		}
		return err
	case path.Ext(name) == ".ndjson":
		return h.imports(t, name, data)
	}
	return h.record(t, graph.Marking(path.Ext(base)[1:]), data)
}

func (h *history) imports(t *testing.T, name string, data []byte) error {
	in, err := inputOf(data, name)
	if err != nil {
		return err
	}
	in.Batch.Actor, in.Batch.Reason = "an importer", name
	_, err = h.store.Apply(t.Context(), in.Batch)
	return err
}

// inputOf reads a file of canonical claims as rabta import does.
func inputOf(data []byte, name string) (formats.Input, error) {
	records, err := formats.ReadClaims(bytes.NewReader(data), name)
	if err != nil {
		return formats.Input{}, err
	}
	return formats.Join(records)
}

const recordDocument = `mutation($input: RecordInput!) { record(input: $input) {
  commit { sequence replayed sources entities claims } userErrors { code field message remedy }
} }`

func (h *history) record(t *testing.T, c graph.Marking, data []byte) error {
	if err := h.learn(t); err != nil {
		return err
	}
	text := string(data)
	for label, id := range h.labels {
		text = strings.ReplaceAll(text, `"@`+label+`"`, `"`+string(id)+`"`)
	}
	variables := map[string]any{}
	var input any
	if err := json.Unmarshal([]byte(text), &input); err != nil {
		return err
	}
	variables["input"] = input
	var q Question
	if err := q.fill(".graphql", "", recordDocument, variables); err != nil {
		return err
	}
	answer, err := h.w.answer(t.Context(), c, &q)
	if err != nil {
		return err
	}
	said, err := json.Marshal(answer)
	if err == nil && (!strings.Contains(string(said), `"userErrors":[]`) || strings.Contains(string(said), `"errors":`)) {
		err = fmt.Errorf("it was refused: %s", said)
	}
	return err
}

// learn reads the labels of what was recorded since.
func (h *history) learn(t *testing.T) error {
	for c, err := range h.store.Changes(t.Context(), h.seen) {
		if err != nil {
			return err
		}
		for i := range c.Claims {
			if label := c.Claims[i].Label; label != "" {
				h.labels[label] = c.Claims[i].ID
			}
		}
		h.seen = c.Sequence
	}
	return nil
}

// dated is a feed with the times of a history.
func dated(feed iter.Seq2[graph.Change, error]) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for c, err := range feed {
			c.Recorded = firstCommit.Add(time.Duration(c.Sequence-1) * pace)
			for i := range c.Claims {
				c.Claims[i].RecordedAt = c.Recorded
			}
			if !yield(c, err) {
				return
			}
		}
	}
}
