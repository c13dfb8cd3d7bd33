package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/redact"
)

// told is said of p-two beside the hidden batch: by name, of the same claims, and by others.
const told = `{"i": {"actor": "ana", "reason": "as Person Two said", "entities": [
    {"id": "p-two", "kind": "INDIVIDUAL", "names": [{"value": "Person Two"}, {"value": "Number Two", "source": "s_a"}]},
    {"id": "h", "kind": "GROUP", "names": [{"value": "H"}, {"value": "The Aitch", "source": "s_red"}]}],
  "claims": [{"subject": "p-two", "predicate": "LEADS", "object": "h", "source": "s_a", "hedge": "ALLEGED"},
    {"subject": "g", "predicate": "STATUS", "value": {"text": "active"}, "source": "s_a", "hedge": "STATED"}]}}`

// untold is what of both batches says nothing of p-two and is not by s_red.
const untold = `{"i": {
  "sources": [{"id": "s_a", "kind": "REPORT", "title": "An invented report"}],
  "entities": [{"id": "g", "kind": "GROUP", "names": [{"value": "G"}]}, {"id": "h", "kind": "GROUP", "names": [{"value": "H"}]},
    {"id": "mad", "kind": "MADRESSAH", "marking": "RED", "names": [{"value": "Hidden School"}]}],
  "claims": [{"subject": "g", "predicate": "STATUS", "value": {"text": "active"}, "source": "s_a", "hedge": "STATED"}]}}`

// TestRedactedIsGone: of what is redacted while servers run, they know nothing any more, at
// any clearance and moment: their answers are those of a store that never held it. Who could
// see it is told that it was redacted, and it is not taken from them again.
func TestRedactedIsGone(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			store := openStore(t, kind)
			red, open := serveTo(t, store, kind, graph.Red), serveTo(t, store, kind, graph.Clear)
			red.post(t, recordBatch, json.RawMessage(hidden))
			red.post(t, recordBatch, json.RawMessage(told))
			for _, target := range []string{"p-two", "s_red", "commit:2"} {
				plan, err := redact.New(t.Context(), store, target)
				if err != nil {
					t.Fatal(err)
				}
				plan.Reason = "by order"
				if _, err := store.(graph.Redactor).Redact(t.Context(), plan.Redaction); err != nil {
					t.Fatalf("%s: %v", target, err)
				}
			}
			other := openURL(t, "memory:")
			serveTo(t, other, "memory", graph.Red).post(t, recordBatch, json.RawMessage(untold))
			for _, w := range []struct {
				*world
				clearance graph.Marking
			}{{red, graph.Red}, {open, graph.Clear}} {
				never := serveTo(t, other, "memory", w.clearance)
				for _, f := range []*live.Follower{w.follower, never.follower} {
					if err := f.Catch(t.Context()); err != nil {
						t.Fatal(err)
					}
				}
				for _, question := range []string{
					`{ entities(orderBy: {field: ID}) { nodes { id name names { value } marking } } claims { totalCount } links { totalCount } sources { nodes { id } } }`,
					`{ entities(lens: {knownAtSequence: 1}, orderBy: {field: ID}) { nodes { id name } } }`,
					`{ history(id: "p-two") { totalCount } }`,
					`{ node(id: "p-two") { id } individual(id: "p-two") { name } source(id: "s_red") { title } }`,
					`{ search(query: "Person Two") { nodes { node { id } } } searchText(query: "Person") { totalCount } }`,
				} {
					got, want := string(w.post(t, question, nil)), string(never.post(t, question, nil))
					if got != want {
						t.Errorf("%s, of %s: it says %s\nand a store that never held it %s", w.clearance, question, got, want)
					}
				}
			}
			tellsOfRedactions(t, red, open)
		})
	}
}

func tellsOfRedactions(t *testing.T, red, open *world) {
	t.Helper()
	const commits = `{ commits(order: ASC) { nodes { sequence redacted actor reason batch entities claims records { totalCount } } } }`
	got := string(red.post(t, commits, nil))
	want := `{"sequence":3,"redacted":true,"actor":null,"reason":"by order","batch":null,"entities":0,"claims":0,"records":{"totalCount":0}}`
	silent := `{"sequence":2,"redacted":false,"actor":null,"reason":null,"batch":null,"entities":0,"claims":1,"records":{"totalCount":1}}`
	if !strings.Contains(got, want) || !strings.Contains(got, silent) || strings.Count(got, `"redacted":true`) != 3 {
		t.Errorf("who sees all is told %s", got)
	}
	got = string(open.post(t, commits, nil))
	if strings.Contains(got, "order") || strings.Contains(got, "ana") || strings.Count(got, `"redacted":true`) != 0 {
		t.Errorf("who could see none of it is told %s", got)
	}
	const again = `{"i": {"entities": [{"id": "p-two", "kind": "INDIVIDUAL", "marking": "RED", "description": "hidden words", "names": [{"value": "Person Two"}]}],
		"claims": [{"subject": "p-two", "predicate": "MEMBER_OF", "object": "g", "source": "s_a", "hedge": "STATED"}]}}`
	got = string(red.post(t, recordBatch, json.RawMessage(again)))
	if strings.Count(got, `"code":"REDACTED"`) != 2 || !strings.Contains(got, `"field":"input.entities[0]"`) {
		t.Errorf("recorded again, it gives %s", got)
	}
	const anew = `{"i": {"entities": [{"id": "p-two", "kind": "INDIVIDUAL", "names": [{"value": "Person Two"}]}],
		"claims": [{"subject": "p-two", "predicate": "MEMBER_OF", "object": "g", "source": "s_a", "hedge": "STATED"}]}}`
	if got = string(open.post(t, recordBatch, json.RawMessage(anew))); !strings.Contains(got, `{"commit":{"claims":1},"userErrors":[]}`) {
		t.Errorf("recorded by one who could not see it, it gives %s", got)
	}
}
