package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
)

// TestNamesAreTakenBack: a wrong alias and a wrong description are gone from what an entity
// is called and found by, and stand in its history; a line that says them once more brings
// nothing back unless that is asked for.
func TestNamesAreTakenBack(t *testing.T) {
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			w := serveTo(t, openStore(t, kind), kind, graph.Clear)
			record := func(input string) {
				t.Helper()
				if got := string(w.post(t, recordBatch, json.RawMessage(`{"i":`+input+`}`))); !strings.Contains(got, `"userErrors":[]`) {
					t.Fatal(got)
				}
			}
			line := func(description, names string) string {
				return `"entities":[{"id":"g2","kind":"GROUP","description":"` + description + `","names":[` + names + `]}]`
			}
			const beta, wrong = `{"value":"Beta","primary":true}`, `{"value":"Wrong Alias"}`
			record(`{"sources":[{"id":"s_a","kind":"REPORT","title":"An invented report"}],` + line("x", beta+","+wrong) + `}`)
			record(`{` + line("y", beta) + `}`)
			is := func(what, want string) {
				t.Helper()
				got := string(w.post(t, `{ group(id: "g2") { names { value } description { value { text } } } found: search(text: "Wrong Alias") { totalCount } }`, nil))
				if got != `{"data":{"group":`+want+`}}` {
					t.Errorf("%s: %s\nwant %s", what, got, want)
				}
			}
			is("recorded", `{"names":[{"value":"Beta"},{"value":"Wrong Alias"}],"description":[{"value":{"text":"y"}}]},"found":{"totalCount":1}`)
			var ids struct {
				Data struct {
					Group struct {
						Claims struct {
							Nodes []struct {
								ID    string
								Value struct{ Text string }
							}
						}
					}
				}
			}
			const said = `{ group(id: "g2") { claims(where: {predicate: {in: [NAME, DESCRIPTION]}}) { nodes { id value { text } } } } }`
			if err := json.Unmarshal(w.post(t, said, nil), &ids); err != nil {
				t.Fatal(err)
			}
			retract := ""
			for _, c := range ids.Data.Group.Claims.Nodes {
				if c.Value.Text == "Wrong Alias" || c.Value.Text == "y" {
					retract += `,{"subject":"` + c.ID + `","predicate":"RETRACTS","source":"s_a","hedge":"STATED","value":{"text":"an error"}}`
				}
			}
			record(`{"claims":[` + retract[1:] + `]}`)
			gone := `{"names":[{"value":"Beta"}],"description":[{"value":{"text":"x"}}]},"found":{"totalCount":0}`
			is("taken back", gone)
			record(`{` + line("y", beta+","+wrong) + `}`)
			is("said once more", gone)
			record(`{"reassert":true,` + line("y", beta+","+wrong) + `}`)
			is("asserted anew", `{"names":[{"value":"Beta"},{"value":"Wrong Alias"}],"description":[{"value":{"text":"y"}}]},"found":{"totalCount":1}`)
			before := string(w.post(t, `{ group(id: "g2", lens: {knownAtSequence: 3}) { names { value } description { value { text } } } }`, nil))
			if before != `{"data":{"group":{"names":[{"value":"Beta"}],"description":[{"value":{"text":"x"}}]}}}` {
				t.Errorf("when it was taken back: %s", before)
			}
		})
	}
}
