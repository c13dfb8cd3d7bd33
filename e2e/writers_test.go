package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/server"
)

const recordBatch = `mutation($i: RecordInput!) { record(input: $i) { commit { claims } userErrors { code field message remedy } } }`

// hidden is what a writer of RED records; the open writer sees two groups and a source.
const hidden = `{"i": {
  "sources": [{"id": "s_a", "kind": "REPORT", "title": "An invented report"},
    {"id": "s_red", "kind": "REPORT", "title": "A hidden report", "marking": "RED"}],
  "entities": [{"id": "g", "kind": "GROUP", "names": [{"value": "G"}]}, {"id": "h", "kind": "GROUP", "names": [{"value": "H"}]},
    {"id": "p-two", "kind": "INDIVIDUAL", "marking": "RED", "description": "hidden words", "names": [{"value": "Person Two"}]},
    {"id": "mad", "kind": "MADRESSAH", "marking": "RED", "names": [{"value": "Hidden School"}]}],
  "claims": [{"subject": "g", "predicate": "ALLIED_WITH", "object": "h", "source": "s_red", "hedge": "STATED"},
    {"subject": "p-two", "predicate": "MEMBER_OF", "object": "g", "source": "s_a", "hedge": "STATED"}]}}`

// bare is what that batch holds for the open writer.
const bare = `{"i": {
  "sources": [{"id": "s_a", "kind": "REPORT", "title": "An invented report"}],
  "entities": [{"id": "g", "kind": "GROUP", "names": [{"value": "G"}]}, {"id": "h", "kind": "GROUP", "names": [{"value": "H"}]}]}}`

// TestWritersTouchNothingHidden: who writes below a marking cannot name what has it, nor
// show, take back or rename it; what it is told is what it is told of ids that nobody
// knows, and of a store that holds nothing else; and the hidden stays as it was.
func TestWritersTouchNothingHidden(t *testing.T) {
	for _, kind := range []string{"memory", "sqlite"} {
		t.Run(kind, func(t *testing.T) {
			store := openStore(t, kind)
			red, open := serveTo(t, store, kind, graph.Red), serveTo(t, store, kind, graph.Clear)
			red.post(t, recordBatch, json.RawMessage(hidden))
			other := serveTo(t, openStore(t, kind), kind, graph.Clear)
			other.post(t, recordBatch, json.RawMessage(bare))
			const everything = `{ links { nodes { id source { name } } } individuals { nodes { id name description { value { text } hedge speakers { text } claims { id } } links { totalCount } } }
				madressahs { nodes { name } } groups { nodes { id name } } sources { nodes { title } } claims { nodes { id sequence } }
				integrity { twins { nodes { id } } } revision { sequence entities links claims sources } }`
			const ofHidden = `{ individual(id: "p-two") { name description { value { text } hedge claims { id } } links { totalCount } } madressah(id: "mad") { name }
				source(id: "s_red") { title withdrawn } claims(where: {marking: {eq: RED}}) { nodes { id counts } } }`
			before := string(red.post(t, ofHidden, nil))
			claim := hiddenClaim(t, red)
			for _, id := range []struct{ hidden, unknown, batch string }{
				{"mad", "nope", `"claims": [{"subject": "g", "predicate": "ALLIED_WITH", "object": "@", "source": "s_a", "hedge": "STATED"}]`},
				{"mad", "nope", `"claims": [{"subject": "@", "predicate": "STATUS", "value": {"text": "x"}, "source": "s_a", "hedge": "STATED"}]`},
				{"p-two", "nope", `"claims": [{"subject": "g", "predicate": "STATUS", "value": {"text": "x"}, "source": "s_a", "hedge": "STATED", "speaker": "@"}]`},
				{"p-two", "nope", `"claims": [{"subject": "g", "predicate": "STATUS", "value": {"text": "x"}, "source": "s_a", "hedge": "STATED", "attributor": "@"}]`},
				{"s_red", "s_redd", `"claims": [{"subject": "g", "predicate": "ALLIED_WITH", "object": "h", "source": "@", "hedge": "STATED"}]`},
				{"s_red", "s_redd", `"claims": [{"subject": "@", "predicate": "WITHDRAWS", "source": "s_a", "hedge": "STATED"}]`},
				{"s_red", "s_redd", `"sources": [{"id": "s_b", "kind": "REPORT", "title": "B", "derivedFrom": ["@"]}]`},
				{"s_red", "s_redd", `"entities": [{"id": "n", "kind": "GROUP", "names": [{"value": "N", "source": "@"}]}]`},
				{claim, "c_aaaaaaaaaaaaaaaaaaaaaaaaaa", `"claims": [{"subject": "@", "predicate": "RETRACTS", "source": "s_a", "hedge": "STATED"}]`},
				{claim, "c_aaaaaaaaaaaaaaaaaaaaaaaaaa", `"claims": [{"subject": "@", "predicate": "CONTRADICTS", "object": "@@", "source": "s_a", "hedge": "STATED"}]`},
				{"p-two", "nope", `"claims": [{"subject": "@", "predicate": "SAME_AS", "object": "g", "source": "s_a", "hedge": "STATED"}]`},
				{"p-two", "nope", `"claims": [{"subject": "@", "predicate": "RETIRES", "source": "s_a", "hedge": "STATED"}]`},
				{"mad", "nope", `"claims": [{"subject": "g", "predicate": "RETIRES", "object": "@", "source": "s_a", "hedge": "STATED"}]`},
				{"p-two", "nope", `"claims": [{"subject": "@", "predicate": "MARKS", "value": {"marking": "CLEAR"}, "source": "s_a", "hedge": "STATED"}]`},
				{"s_red", "s_redd", `"claims": [{"subject": "@", "predicate": "MARKS", "value": {"marking": "CLEAR", "stamp": "CLEAR"}, "source": "s_a", "hedge": "STATED"}]`},
				{claim, "c_aaaaaaaaaaaaaaaaaaaaaaaaaa", `"claims": [{"subject": "@", "predicate": "MARKS", "value": {"marking": "CLEAR"}, "source": "s_a", "hedge": "STATED"}]`},
				{"s_red", "s_redd", `"claims": [{"subject": "g", "predicate": "ALLIED_WITH", "object": "h", "source": "s_a", "origin": "@", "hedge": "STATED"}]`},
			} {
				ask := func(name string) string {
					batch := strings.ReplaceAll(strings.ReplaceAll(id.batch, "@@", "c_bbbbbbbbbbbbbbbbbbbbbbbbbb"), "@", name)
					answer := string(open.post(t, recordBatch, json.RawMessage(`{"i": {`+batch+`}}`)))
					if !strings.Contains(answer, "DANGLING_REFERENCE") {
						t.Errorf("%s: %s", batch, answer)
					}
					return strings.ReplaceAll(answer, name, "@")
				}
				if told, unknown := ask(id.hidden), ask(id.unknown); told != unknown {
					t.Errorf("of a hidden id: %s\nof an unknown one: %s", told, unknown)
				}
			}
			for _, batch := range []string{
				`"entities": [{"id": "p-two", "kind": "INDIVIDUAL", "marking": "CLEAR", "names": [{"value": "x", "primary": true}]}]`,
				`"entities": [{"id": "mad", "kind": "GROUP", "names": [{"value": "x"}]}]`,
				`"entities": [{"id": "mad", "kind": "GROUP", "names": [{"value": "x"}]}], "claims": [{"subject": "mad", "predicate": "STUDIED_AT", "object": "g", "source": "s_a", "hedge": "STATED"}]`,
				`"sources": [{"id": "s_red", "kind": "REPORT", "title": "x"}]`,
				`"claims": [{"subject": "g", "predicate": "ALLIED_WITH", "object": "h", "source": "s_red", "hedge": "STATED"}]`,
				`"claims": [{"subject": "s_red", "predicate": "WITHDRAWS", "source": "s_a", "hedge": "STATED"}]`,
				`"claims": [{"subject": "` + claim + `", "predicate": "RETRACTS", "source": "s_a", "hedge": "STATED"}]`,
				`"id": "guess", "claims": [{"subject": "p-two", "predicate": "MEMBER_OF", "object": "g", "source": "s_a", "hedge": "STATED"}]`,
			} {
				input := json.RawMessage(`{"i": {` + batch + `}}`)
				want, got := string(other.post(t, recordBatch, input)), string(open.post(t, recordBatch, input))
				if want != got {
					t.Errorf("%s: %s\nwhere nothing is hidden: %s", batch, got, want)
				}
			}
			if want, got := string(other.post(t, everything, nil)), string(open.post(t, everything, nil)); want != got {
				t.Errorf("the open writer sees %s\nwhere nothing is hidden: %s", got, want)
			}
			const twins = `{ integrity { twins { totalCount nodes { id kinds entities { id name } } } } }`
			want := `{"data":{"integrity":{"twins":{"totalCount":1,"nodes":[{"id":"mad","kinds":["MADRESSAH","GROUP"],` +
				`"entities":[{"id":"mad","name":"Hidden School"},{"id":"mad~group","name":"x"}]}]}}}}`
			if err := red.follower.Catch(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := string(red.post(t, twins, nil)); got != want {
				t.Errorf("who sees both finds %s\nwant %s", got, want)
			}
			told := string(open.post(t, recordBatch, json.RawMessage(`{"i": {"claims": [{"subject": "mad", "predicate": "RETIRES", "source": "s_a",
				"hedge": "STATED", "value": {"text": "another id is to be chosen"}}]}}`)))
			if err := red.follower.Catch(t.Context()); err != nil || !strings.Contains(told, `"userErrors":[]`) {
				t.Fatal(told, err)
			}
			if got := string(red.post(t, twins, nil)); !strings.Contains(got, `"totalCount":0`) {
				t.Errorf("one is retired, and who sees both finds %s", got)
			}
			if after := string(red.post(t, ofHidden, nil)); after != before {
				t.Errorf("what is hidden became %s\nbefore %s", after, before)
			}
		})
	}
}

func hiddenClaim(t *testing.T, red *world) string {
	t.Helper()
	var answer struct {
		Claims struct{ Nodes []struct{ ID string } }
	}
	red.data(t, `{ claims(where: {source: {id: {eq: "s_red"}}}) { nodes { id } } }`, &answer)
	if len(answer.Claims.Nodes) != 1 {
		t.Fatalf("%+v", answer)
	}
	return answer.Claims.Nodes[0].ID
}

// TestNoticesAndMarkedBatches: a batch may be marked as a whole, a server may mark what says
// nothing, and who writes above CLEAR is told of each record that others may see.
func TestNoticesAndMarkedBatches(t *testing.T) {
	const record = `mutation($i: RecordInput!) { record(input: $i) {
		commit { replayed } userErrors { code field } notices { code field message count } more } }`
	s := openStore(t, "memory")
	open, amber := serveTo(t, s, "memory", graph.Clear), serveTo(t, s, "memory", graph.Amber)
	desk := serveConfigured(t, server.Service{Store: "memory", Writes: true, DefaultMarking: graph.Green}, s, graph.Amber)
	ask := func(w *world, input string) string {
		return strings.TrimPrefix(string(w.post(t, record, json.RawMessage(`{"i": {`+input+`}}`))), `{"data":{"record":`)
	}
	entity := func(id, more string) string {
		return `"entities": [{"id": "` + id + `", "kind": "GROUP", "names": [{"value": "X"}]` + more + `}]`
	}
	const done, below = `{"commit":{"replayed":false},"userErrors":[],`, `{"code":"BELOW_CLEARANCE","field":"input.entities[0]","message":"it ends `
	for _, c := range []struct {
		to          *world
		input, want string
	}{
		{open, entity("a", ""), done + `"notices":[],"more":0}`},
		{amber, entity("b", ""), done + `"notices":[` + below + `CLEAR: who may see CLEAR sees it, below your clearance, AMBER","count":1}],"more":0}`},
		{amber, entity("c", `, "marking": "GREEN"`), done + `"notices":[` + below + `GREEN: who may see GREEN sees it, below your clearance, AMBER","count":1}],"more":0}`},
		{amber, `"marking": "AMBER", "id": "one", ` + entity("d", ""), done + `"notices":[],"more":0}`},
		{amber, `"marking": "AMBER", "id": "one", ` + entity("d", ""), `{"commit":{"replayed":true},"userErrors":[],"notices":[],"more":0}`},
		{amber, `"marking": "GREEN", "id": "one", ` + entity("d", ""), `{"commit":null,"userErrors":[{"code":"CONFLICT","field":"input.id"}],"notices":[],"more":0}`},
		{amber, `"marking": "RED", ` + entity("e", ""), `{"commit":null,"userErrors":[{"code":"ABOVE_CLEARANCE","field":"input.marking"}],"notices":[],"more":0}`},
		{amber, entity("e", `, "marking": "RED"`), `{"commit":null,"userErrors":[{"code":"ABOVE_CLEARANCE","field":"input.entities[0].marking"}],"notices":[],"more":0}`},
		{open, `"marking": "PINK", ` + entity("e", ""), `{"commit":null,"userErrors":[{"code":"UNKNOWN_VALUE","field":"input.marking"}],"notices":[],"more":0}`},
		{desk, entity("f", ""), done + `"notices":[` + below + `GREEN: who may see GREEN sees it, below your clearance, AMBER","count":1}],"more":0}`},
		{desk, `"marking": "CLEAR", ` + entity("h", ""), done + `"notices":[` + below + `CLEAR: who may see CLEAR sees it, below your clearance, AMBER","count":1}],"more":0}`},
		{desk, `"marking": "AMBER", ` + entity("i", ""), done + `"notices":[],"more":0}`},
	} {
		if got := strings.TrimSuffix(ask(c.to, c.input), "}}"); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.input, got, c.want)
		}
	}
	for _, w := range []*world{open, amber} {
		if err := w.follower.Catch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	const list = `{ groups { nodes { id marking } } }`
	want := `{"data":{"groups":{"nodes":[{"id":"a","marking":"CLEAR"},{"id":"b","marking":"CLEAR"},{"id":"h","marking":"CLEAR"}]}}}`
	if got := string(open.post(t, list, nil)); got != want {
		t.Errorf("the open reader sees %s", got)
	}
	want = `{"data":{"groups":{"nodes":[{"id":"a","marking":"CLEAR"},{"id":"b","marking":"CLEAR"},{"id":"c","marking":"GREEN"},` +
		`{"id":"d","marking":"AMBER"},{"id":"f","marking":"GREEN"},{"id":"h","marking":"CLEAR"},{"id":"i","marking":"AMBER"}]}}}`
	if got := string(amber.post(t, list, nil)); got != want {
		t.Errorf("the reader of AMBER sees %s", got)
	}
}

// TestWithdrawnBelow: what is also recorded more strictly stands for those who see that, and
// says that it is taken back for others; these find it retracted and no more.
func TestWithdrawnBelow(t *testing.T) {
	s := openStore(t, "memory")
	worlds := map[graph.Marking]*world{}
	for _, m := range []graph.Marking{graph.Clear, graph.Green, graph.Amber, graph.Red} {
		worlds[m] = serveTo(t, s, "memory", m)
	}
	record := func(m graph.Marking, input string) {
		t.Helper()
		if answer := string(worlds[m].post(t, recordBatch, json.RawMessage(`{"i": {`+input+`}}`))); !strings.Contains(answer, `"userErrors":[]`) {
			t.Fatal(answer)
		}
	}
	const said = `"claims": [{"subject": "g", "predicate": "STATUS", "value": {"text": "active"}, "source": "s_a", "hedge": "STATED"}]`
	record(graph.Clear, strings.TrimSuffix(strings.TrimPrefix(bare, `{"i": {`), "}}"))
	record(graph.Amber, `"marking": "AMBER", `+said)
	record(graph.Clear, said)
	var got struct {
		Claims struct{ Nodes []struct{ ID string } }
	}
	worlds[graph.Clear].data(t, `{ claims { nodes { id } } }`, &got)
	id := got.Claims.Nodes[0].ID
	asked := `{ claim(id: "` + id + `") { marking counts retracted withdrawnBelow } }`
	look := func(when string, want map[graph.Marking]string) {
		t.Helper()
		for m, w := range worlds {
			if err := w.follower.Catch(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := string(w.post(t, asked, nil)); got != `{"data":{"claim":{`+want[m]+`}}}` {
				t.Errorf("%s: a reader of %s sees %s", when, m, got)
			}
		}
	}
	open := `"marking":"CLEAR","counts":true,"retracted":false,"withdrawnBelow":false`
	strict := `"marking":"AMBER","counts":true,"retracted":false,"withdrawnBelow":`
	look("recorded twice", map[graph.Marking]string{graph.Clear: open, graph.Green: open, graph.Amber: strict + "false", graph.Red: strict + "false"})
	gone := `"marking":"CLEAR","counts":false,"retracted":true,"withdrawnBelow":false`
	record(graph.Green, `"claims": [{"subject": "`+id+`", "predicate": "RETRACTS", "source": "s_a", "hedge": "STATED"}]`)
	look("retracted", map[graph.Marking]string{graph.Clear: gone, graph.Green: gone, graph.Amber: strict + "true", graph.Red: strict + "true"})
	record(graph.Clear, `"reassert": true, `+said)
	record(graph.Clear, `"claims": [{"subject": "s_a", "predicate": "WITHDRAWS", "source": "s_a", "hedge": "STATED"}]`)
	look("its source withdrawn", map[graph.Marking]string{graph.Clear: gone, graph.Green: gone, graph.Amber: strict + "true", graph.Red: strict + "true"})
	record(graph.Red, `"claims": [{"subject": "s_a", "predicate": "WITHDRAWS", "source": "s_a", "hedge": "STATED", "locator": "all of it"}]`)
	all := strings.Replace(gone, "CLEAR", "AMBER", 1)
	look("withdrawn by one who sees all", map[graph.Marking]string{graph.Clear: gone, graph.Green: gone, graph.Amber: all, graph.Red: all})
}

// TestMergedEntityShowsTheFirst: of entities that are the same the id of the one recorded first
// is shown, whatever the alphabet says, and a primary name recorded later for either.
func TestMergedEntityShowsTheFirst(t *testing.T) {
	for _, order := range [][2]string{{"zeta", "beta"}, {"beta", "zeta"}} {
		w := serve(t, openStore(t, "memory"), "memory")
		record := func(input string) {
			t.Helper()
			if answer := string(w.post(t, recordBatch, json.RawMessage(`{"i": {`+input+`}}`))); !strings.Contains(answer, `"userErrors":[]`) {
				t.Fatal(answer)
			}
		}
		entity := func(id, name, more string) string {
			return `{"id": "` + id + `", "kind": "GROUP", "names": [{"value": "` + name + `"` + more + `}]}`
		}
		ask := func() string {
			t.Helper()
			const fields = ` { id name sameIds names { value } links { nodes { source { id } } } }`
			one := string(w.post(t, `{ group(id: "zeta")`+fields+` }`, nil))
			if other := string(w.post(t, `{ group(id: "beta")`+fields+` }`, nil)); other != one {
				t.Errorf("under one id %s, under the other %s", one, other)
			}
			return one
		}
		names := map[string]string{"zeta": "Zeta Front", "beta": "Beta Front"}
		record(`"sources": [{"id": "s_a", "kind": "REPORT", "title": "An invented report"}], "entities": [` + entity("other", "Other", "") + `, ` +
			entity(order[0], names[order[0]], "") + `, ` + entity(order[1], names[order[1]], "") + `]`)
		record(`"claims": [{"subject": "zeta", "predicate": "SAME_AS", "object": "beta", "source": "s_a", "hedge": "STATED"},
			{"subject": "` + order[1] + `", "predicate": "SUPPORTS", "object": "other", "source": "s_a", "hedge": "STATED"}]`)
		want := func(name, list string) string {
			return `{"data":{"group":{"id":"` + order[0] + `","name":"` + name + `","sameIds":["` + order[0] + `","` + order[1] + `"],"names":[` + list +
				`],"links":{"nodes":[{"source":{"id":"` + order[0] + `"}}]}}}}`
		}
		first := `{"value":"` + names[order[0]] + `"}`
		if got, want := ask(), want(names[order[0]], first+`,{"value":"`+names[order[1]]+`"}`); got != want {
			t.Errorf("%v: %s\nwant %s", order, got, want)
		}
		record(`"entities": [` + entity(order[1], "Best Name", `, "primary": true`) + `]`)
		if got, want := ask(), want("Best Name", first+`,{"value":"`+names[order[1]]+`"},{"value":"Best Name"}`); got != want {
			t.Errorf("%v: %s\nwant %s", order, got, want)
		}
		record(`"entities": [` + entity(order[0], "Better Name", `, "primary": true`) + `]`)
		if got := ask(); !strings.Contains(got, `"name":"Better Name"`) {
			t.Errorf("%v: %s", order, got)
		}
	}
}

// TestGuessingInBulk: a batch that asks for many ids at once tells hidden ones from unknown
// ones by nothing: neither words nor codes, counts, order or what is cut.
func TestGuessingInBulk(t *testing.T) {
	const record = `mutation($i: RecordInput!) { record(input: $i) {
		commit { sequence } userErrors { code field message remedy count } notices { code } more } }`
	const many = 300
	s := openStore(t, "sqlite")
	red, open := serveTo(t, s, "sqlite", graph.Red), serveTo(t, s, "sqlite", graph.Clear)
	var entities []string
	for i := range many {
		entities = append(entities, fmt.Sprintf(`{"id": "hidden-%d", "kind": "GROUP", "marking": "RED", "names": [{"value": "H"}]}`, i))
	}
	open.post(t, record, json.RawMessage(bare))
	red.post(t, record, json.RawMessage(`{"i": {"entities": [`+strings.Join(entities, ",")+`]}}`))
	ask := func(id string) string {
		var claims []string
		for i := range many {
			one := fmt.Sprintf("%s-%d", id, i)
			claims = append(claims,
				`{"subject": "`+one+`", "predicate": "ALLIED_WITH", "object": "g", "source": "s_a", "hedge": "STATED"}`,
				`{"subject": "g", "predicate": "BASED_IN", "object": "`+one+`", "source": "s_a", "hedge": "STATED", "speaker": "`+one+`"}`,
				`{"subject": "`+one+`", "predicate": "MARKS", "value": {"marking": "CLEAR"}, "source": "s_a", "hedge": "STATED"}`)
		}
		return strings.ReplaceAll(string(open.post(t, record, json.RawMessage(`{"i": {"claims": [`+strings.Join(claims, ",")+`]}}`))), id, "@")
	}
	hidden, unknown := ask("hidden"), ask("nobody")
	if hidden != unknown || !strings.Contains(hidden, `"code":"DANGLING_REFERENCE"`) || !strings.Contains(hidden, `"more":1100`) {
		t.Errorf("of hidden ids: %.2000s\nof unknown ones: %.2000s", hidden, unknown)
	}
}
