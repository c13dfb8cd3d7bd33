package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestMarksHideAndShow: what is raised is gone for those who may not see it, at every
// moment, with all that names it; what is lowered is there for them.
func TestMarksHideAndShow(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			store := openStore(t, kind)
			red, open := serveTo(t, store, kind, graph.Red), serveTo(t, store, kind, graph.Clear)
			open.post(t, recordBatch, json.RawMessage(bare))
			open.post(t, recordBatch, json.RawMessage(`{"i": {"claims": [
				{"subject": "g", "predicate": "ALLIED_WITH", "object": "h", "source": "s_a", "hedge": "STATED"},
				{"subject": "h", "predicate": "STATUS", "value": {"text": "active"}, "source": "s_a", "hedge": "STATED"}]}}`))
			mark := func(w *world, marking string) string {
				return string(w.post(t, recordBatch, json.RawMessage(`{"i": {"actor": "ana", "claims": [{"subject": "g", "predicate": "MARKS",
					"value": {"marking": "`+marking+`", "text": "a reason"}, "source": "s_a", "hedge": "STATED"}]}}`)))
			}
			const all = `{ groups { nodes { id marking } } links { totalCount } claims { totalCount }
				then: groups(lens: {knownAtSequence: 2}) { nodes { id } } revision { sequence } }`
			caught := func(w *world) string {
				if err := w.follower.Catch(t.Context()); err != nil {
					t.Fatal(err)
				}
				return string(w.post(t, all, nil))
			}
			if answer := mark(open, "RED"); !strings.Contains(answer, "ABOVE_CLEARANCE") {
				t.Errorf("marked above the clearance: %s", answer)
			}
			if answer := mark(red, "RED"); !strings.Contains(answer, `"userErrors":[]`) {
				t.Fatal(answer)
			}
			want := `{"data":{"groups":{"nodes":[{"id":"h","marking":"CLEAR"}]},"links":{"totalCount":0},"claims":{"totalCount":1},` +
				`"then":{"nodes":[{"id":"h"}]},"revision":{"sequence":3}}}`
			if got := caught(open); got != want {
				t.Errorf("raised, the open reader sees %s\nwant %s", got, want)
			}
			if got := string(red.post(t, all, nil)); !strings.Contains(got, `{"id":"g","marking":"RED"}`) || !strings.Contains(got, `"links":{"totalCount":1}`) {
				t.Errorf("raised, who sees all sees %s", got)
			}
			if answer := mark(open, "CLEAR"); !strings.Contains(answer, "DANGLING_REFERENCE") {
				t.Errorf("what is hidden is marked: %s", answer)
			}
			if answer := mark(red, "CLEAR"); !strings.Contains(answer, `"userErrors":[]`) {
				t.Fatal(answer)
			}
			want = `{"data":{"groups":{"nodes":[{"id":"g","marking":"CLEAR"},{"id":"h","marking":"CLEAR"}]},"links":{"totalCount":0},` +
				`"claims":{"totalCount":1},"then":{"nodes":[{"id":"g"},{"id":"h"}]},"revision":{"sequence":4}}}`
			if got := caught(open); got != want {
				t.Errorf("lowered, the open reader sees %s\nwant %s", got, want)
			}
			tellsOfMarks(t, red, open)
		})
	}
}

// tellsOfMarks: who may see both markings is told what was marked, from what to what, why
// and by whom; others only that markings changed.
func tellsOfMarks(t *testing.T, red, open *world) {
	t.Helper()
	const history = `{ history(id: "g") { nodes { what markedFrom markedTo reason commit { sequence actor } claim { source { id } } } }
		commits(order: ASC) { nodes { sequence markingsChanged actor claims records { totalCount } } } }`
	ask := func(w *world) string {
		return strings.TrimSuffix(strings.TrimPrefix(string(w.post(t, history, nil)), `{"data":`), "}")
	}
	commit := func(n, changed, actor, claims string) string {
		return `{"sequence":` + n + `,"markingsChanged":` + changed + `,"actor":` + actor + `,"claims":` + claims + `,"records":{"totalCount":`
	}
	recorded := `{"history":{"nodes":[{"what":"RECORDED","markedFrom":null,"markedTo":null,"reason":null,"commit":{"sequence":1,"actor":null},"claim":null}`
	marked := func(from, to, n string) string {
		return `,{"what":"MARKED","markedFrom":"` + from + `","markedTo":"` + to + `","reason":"a reason","commit":{"sequence":` + n +
			`,"actor":"ana"},"claim":{"source":{"id":"s_a"}}}`
	}
	want := recorded + marked("CLEAR", "RED", "3") + marked("RED", "CLEAR", "4") + `]},"commits":{"nodes":[` +
		commit("1", "false", "null", "0") + `3}},` + commit("2", "false", "null", "2") + `2}},` +
		commit("3", "true", `"ana"`, "1") + `1}},` + commit("4", "true", `"ana"`, "1") + `1}}]}}`
	if got := ask(red); got != want {
		t.Errorf("who sees all is told %s\nwant %s", got, want)
	}
	want = recorded + `]},"commits":{"nodes":[` + commit("1", "false", "null", "0") + `3}},` + commit("2", "false", "null", "1") + `1}},` +
		commit("3", "true", "null", "0") + `0}},` + commit("4", "true", "null", "0") + `0}}]}}`
	if got := ask(open); got != want {
		t.Errorf("the open reader is told %s\nwant %s", got, want)
	}
}
