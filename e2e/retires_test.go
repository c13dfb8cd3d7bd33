package e2e

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

// mistakes is a batch with a group that nobody wanted and one that is an organisation.
const mistakes = `{"i": {
  "sources": [{"id": "s_a", "kind": "REPORT", "title": "An invented report"}],
  "entities": [{"id": "typo", "kind": "GROUP", "names": [{"value": "Nobody's Group"}]},
    {"id": "g2", "kind": "GROUP", "names": [{"value": "Beta", "primary": true}], "external": ["x:2"]},
    {"id": "g2-org", "kind": "ORGANISATION", "names": [{"value": "Beta Foundation"}]},
    {"id": "i", "kind": "INDIVIDUAL", "names": [{"value": "Somebody"}]}, {"id": "raid", "kind": "INCIDENT", "names": [{"value": "The Raid"}]}],
  "claims": [{"subject": "i", "predicate": "MEMBER_OF", "object": "typo", "source": "s_a", "hedge": "STATED", "excerpt": "joined it"},
    {"subject": "i", "predicate": "MEMBER_OF", "object": "g2", "source": "s_a", "hedge": "STATED", "locator": "P1"},
    {"subject": "i", "predicate": "MEMBER_OF", "object": "g2-org", "source": "s_a", "hedge": "REPORTED", "locator": "P2"},
    {"subject": "g2", "predicate": "CLAIMED", "object": "raid", "source": "s_a", "hedge": "STATED"},
    {"subject": "g2", "predicate": "STATUS", "value": {"text": "active"}, "source": "s_a", "hedge": "STATED"}]}}`

const retireBatch = `mutation($i: RecordInput!) { record(input: $i) { commit { claims } userErrors { code field } notices { code field message remedy } } }`

// retirement is a batch that retires an entity; to is its successor, "" for none.
func retirement(id, to, reason string) json.RawMessage {
	claim := map[string]any{"subject": id, "predicate": "RETIRES", "source": "s_a", "hedge": "STATED"}
	if to != "" {
		claim["object"] = to
	}
	if reason != "" {
		claim["value"] = map[string]any{"text": reason}
	}
	b, _ := json.Marshal(map[string]any{"i": map[string]any{"actor": "ana", "claims": []any{claim}}})
	return b
}

// everyList is what lists, counts and searches say.
const everyList = `{ revision { entities links claims } entities { nodes { id } } groups { totalCount } links { nodes { kind source { id } target { id } claims { totalCount } } }
	search(text: "Nobody's Group") { nodes { entity { id } } } searchText(text: "joined") { totalCount }
	match(query: [{names: ["Nobody's Group"]}]) { candidates { entity { id } } }
	i: individual(id: "i") { links { totalCount } claims { totalCount } }
	neighbourhood(of: ["i"], depth: 2) { nodes { id } links { kind } }
	measure(measure: DEGREE, view: {}) { rows { node { id } value } } }`

// TestAnEntityByMistake is taken out of all that counts, says why, and comes back when the
// remark is retracted.
func TestAnEntityByMistake(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			w := serveTo(t, openStore(t, kind), kind, graph.Clear)
			w.post(t, retireBatch, json.RawMessage(mistakes))
			before := string(w.post(t, everyList, nil))
			if !strings.Contains(before, `"id":"typo"`) {
				t.Fatal(before)
			}
			for batch, want := range map[string]string{
				string(retirement("typo", "", "")):         `{"code":"MISSING","field":"input.claims[0].value.text"}`,
				string(retirement("nobody", "", "x")):      `{"code":"DANGLING_REFERENCE","field":"input.claims[0].subject"}`,
				string(retirement("typo", "nope", "x")):    `{"code":"DANGLING_REFERENCE","field":"input.claims[0].object"}`,
				string(retirement("typo", "typo", "x")):    `{"code":"SELF_LINK","field":"input.claims[0].object"}`,
				string(retirement("s_a", "", "no entity")): `{"code":"DANGLING_REFERENCE","field":"input.claims[0].subject"}`,
			} {
				if got := string(w.post(t, retireBatch, json.RawMessage(batch))); !strings.Contains(got, `"userErrors":[`+want+`]`) {
					t.Errorf("%s is answered %s", batch, got)
				}
			}
			w.post(t, retireBatch, retirement("typo", "", "a slip of the pen"))
			after := string(w.post(t, everyList, nil))
			if strings.Contains(after, "typo") || !strings.Contains(after, `"revision":{"entities":4,"links":3,"claims":5}`) {
				t.Errorf("it is not gone: %s", after) // the remark is a claim
			}
			got := string(w.post(t, `{ node(id: "typo") { id ... on Group { name retired { reason successor { id } by { predicate source { id } } } retiredBelow
				claims { nodes { counts subject { id } object { id } } } links { nodes { kind other { id } } } } }
				group(id: "typo") { id } i: individual(id: "i") { retired { reason } retiredBelow }
				history(id: "typo") { nodes { what reason commit { actor } } } }`, nil))
			want := `{"data":{"node":{"id":"typo","name":"Nobody's Group","retired":{"reason":"a slip of the pen","successor":null,"by":{"predicate":"RETIRES","source":{"id":"s_a"}}},` +
				`"retiredBelow":false,"claims":{"nodes":[{"counts":false,"subject":{"id":"i"},"object":{"id":"typo"}}]},"links":{"nodes":[{"kind":"MEMBER_OF","other":{"id":"i"}}]}},` +
				`"group":{"id":"typo"},"i":{"retired":null,"retiredBelow":false},"history":{"nodes":[{"what":"RECORDED","reason":null,"commit":{"actor":null}},` +
				`{"what":"RETIRED","reason":"a slip of the pen","commit":{"actor":"ana"}}]}}}`
			if got != want {
				t.Errorf("by its id there is %s\nwant %s", got, want)
			}
			then := string(w.post(t, strings.Replace(everyList, "entities {", "entities(lens: {knownAtSequence: 1}) {", 1), nil))
			if !strings.Contains(then, `"entities":{"nodes":[{"id":"g2"},{"id":"g2-org"},{"id":"typo"}`) {
				t.Errorf("before, there was %s", then)
			}
			notice := string(w.post(t, retireBatch, json.RawMessage(`{"i": {"claims": [{"subject": "typo", "predicate": "STATUS", "value": {"text": "x"}, "source": "s_a", "hedge": "STATED"}]}}`)))
			if !strings.Contains(notice, `"commit":{"claims":1}`) || !strings.Contains(notice, `"notices":[{"code":"RETIRED","field":"input.claims[0].subject","message":"typo is retired: a slip of the pen"`) {
				t.Errorf("who writes about it is told %s", notice)
			}
			files(t, w, "typo")
			w.post(t, retireBatch, json.RawMessage(`{"i": {"claims": [{"subject": "`+remarkOn(t, w, "typo")+`", "predicate": "RETRACTS", "source": "s_a", "hedge": "STATED"}]}}`))
			again := string(w.post(t, everyList, nil))
			if !strings.Contains(again, `"id":"typo"`) || !strings.Contains(again, `"searchText":{"totalCount":1}`) {
				t.Errorf("it is not back: %s", again)
			}
			history := string(w.post(t, `{ history(id: "typo") { nodes { what } } typo: group(id: "typo") { retired { reason } } }`, nil))
			if history != `{"data":{"history":{"nodes":[{"what":"RECORDED"},{"what":"RETIRED"},{"what":"RETIREMENT_TAKEN_BACK"}]},"typo":{"retired":null}}}` {
				t.Errorf("its history is %s", history)
			}
		})
	}
}

// remarkOn is the id of the claim that retires an entity.
func remarkOn(t *testing.T, w *world, id string) string {
	t.Helper()
	answer := string(w.post(t, `{ entity(id: "`+id+`") { retired { by { id } } } }`, nil))
	_, rest, ok := strings.Cut(answer, `"id":"`)
	claim, _, _ := strings.Cut(rest, `"`)
	if !ok {
		t.Fatalf("%s is not retired: %s", id, answer)
	}
	return claim
}

// TestAnEntityOfTheWrongKind: what is said of it is read at the right one, where it fits.
func TestAnEntityOfTheWrongKind(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			w := serveTo(t, openStore(t, kind), kind, graph.Clear)
			w.post(t, retireBatch, json.RawMessage(mistakes))
			w.post(t, retireBatch, retirement("g2", "g2-org", "it is a foundation"))
			const all = `{ links(kinds: [MEMBER_OF, CLAIMED]) { nodes { kind target { id } claims { nodes { object { id } counts } } } }
				o: organisation(id: "g2-org") { name names { value } sameIds external { value { text } } statuses { value { text } hedge } links { totalCount } claims { totalCount } }
				search(text: "Beta") { nodes { entity { id } name } }
				g: group(id: "g2") { name retired { reason successor { id kind } } statuses { value { text } hedge } links { nodes { kind } } claims { nodes { predicate } } } }`
			want := `{"data":{"links":{"nodes":[` +
				`{"kind":"MEMBER_OF","target":{"id":"typo"},"claims":{"nodes":[{"object":{"id":"typo"},"counts":true}]}},` +
				`{"kind":"MEMBER_OF","target":{"id":"g2-org"},"claims":{"nodes":[{"object":{"id":"g2-org"},"counts":true},{"object":{"id":"g2-org"},"counts":true}]}}]},` +
				`"o":{"name":"Beta Foundation","names":[{"value":"Beta Foundation"},{"value":"Beta"}],"sameIds":["g2-org"],"external":[{"value":{"text":"x:2"}}],"statuses":[{"value":{"text":"active"},"hedge":"STATED"}],"links":{"totalCount":1},"claims":{"totalCount":3}},` +
				`"search":{"nodes":[{"entity":{"id":"g2-org"},"name":"Beta"}]},` +
				`"g":{"name":"g2","retired":{"reason":"it is a foundation","successor":{"id":"g2-org","kind":"ORGANISATION"}},"statuses":[],"links":{"nodes":[{"kind":"CLAIMED"}]},"claims":{"nodes":[{"predicate":"CLAIMED"}]}}}}`
			if got := string(w.post(t, all, nil)); got != want {
				t.Errorf("there is %s\nwant %s", got, want)
			}
			if got := string(w.post(t, retireBatch, retirement("g2-org", "g2", "back"))); !strings.Contains(got, `[{"code":"SUCCESSOR_CYCLE","field":"input.claims[0].object"}]`) {
				t.Errorf("a cycle is answered %s", got)
			}
			files(t, w, "g2")
			again := serveTo(t, openStore(t, "memory"), "memory", graph.Clear)
			again.importFile(t, w)
			half := strings.Split(want, `,"g":`)[0]
			if got := string(again.post(t, all, nil)); !strings.Contains(got, strings.TrimPrefix(half, "{")) {
				t.Errorf("imported, what was exported gives %s\nwant %s", got, half)
			}
			if kind != "memory" {
				return
			}
			for _, q := range []string{
				`{ neighbourhood(of: ["g2"], depth: 1) { nodes { id } } }`, `{ shortestPath(from: "i", to: "g2") { length } }`, `{ timeline(of: ["g2"], by: YEAR) { rows { label } } }`,
			} {
				if got := string(w.post(t, q, nil)); !strings.Contains(got, "g2 is retired: it is a foundation; ask for g2-org, which stands in its place") {
					t.Errorf("%s is answered %s", q, got)
				}
			}
		})
	}
}

// files checks that no file has an entity.
func files(t *testing.T, w *world, id string) {
	t.Helper()
	for _, f := range formats.Exporters() {
		body, _ := w.download(t, "/export/"+f.File()+"?includeAssessments=true")
		if regexp.MustCompile(`\b`+id+`([",]|$)`).Match(body) || len(body) < 100 {
			t.Errorf("%s has %s, or is empty: %.2000s", f.File(), id, body)
		}
	}
}

// importFile records what another world exports.
func (w *world) importFile(t *testing.T, from *world) {
	t.Helper()
	body, _ := from.download(t, "/export/claims.ndjson?includeAssessments=true")
	f, err := formats.ReadClaims(bytes.NewReader(body), "claims.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	in, err := formats.Join(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.follower.Apply(t.Context(), in.Batch); err != nil {
		t.Fatal(err)
	}
}
