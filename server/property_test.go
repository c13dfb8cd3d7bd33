package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/server/internal/toy"
)

// slot is a place in a document for one value of a type.
type slot struct {
	kind   string // the type that the place asks for
	fields string // with V for the value
}

var slots = []slot{
	{"Int", "groups(first: V) { totalCount nodes { allies(last: V) { totalCount } } }"},
	{"Int", "neighbourhood(of: [], maxNodes: V) { __typename }"},
	{"GroupWhere", "groups(where: V) { totalCount }"},
	{"[GroupWhere!]", "groups(where: {and: V}) { totalCount }"},
	{"TextFilter", "groups(where: {name: V}) { totalCount }"},
	{"String!", "groups(where: {name: {eq: V}}) { totalCount }"},
	{"GroupKind", "groups(where: {kind: V}) { totalCount }"},
	{"Date", "groups(where: {foundedBefore: V}) { totalCount }"},
	{"Date!", "day(of: V)"},
	{"[ID!]!", "nodes(ids: V) { id ... on Group { name } }"},
	{"ID!", "group(id: V) { name @skip(if: false) }"},
	{"Float!", "ratio(of: V)"},
	{"Boolean", `__type(name: "Group") { fields(includeDeprecated: V) { name } }`},
	{"Boolean!", "sequence @include(if: V)"},
	{"Boolean!", "... @skip(if: V) { sequence }"},
}

// fitting has literals that the validator lets through for each type, sensible
// ones and those at the edge.
var fitting = map[string][]string{
	"Int":        {"0", "-1", "500", "2147483647", "3000000000", "null"},
	"Float":      {"1", "-1.5e3", "1e308", "3000000000"},
	"String":     {`"x"`, `""`, `"\u0000\ud83d\ude00"`, `"""block"""`},
	"ID":         {`"x"`, "1", "9007199254740993"},
	"Boolean":    {"true", "false"},
	"Date":       {`"2014-12-16"`, `"x"`, "1", "1.5", "true", "[1]", "{a: 1}", "nope"},
	"GroupKind":  {"ARMED"},
	"TextFilter": {`{eq: "x"}`, `{contains: ""}`},
	"GroupWhere": {"{}", `{and: [{kind: ARMED}, {name: {eq: "x"}}]}`, `{foundedBefore: "x"}`, "{and: {and: {}}}"},
}

func plain(kind string) string { return strings.Trim(kind, "[]!") }

var jsonValue = rapid.Map(rapid.SampledFrom([]string{
	"null", "true", "false", "1", "-1", "1.5", "1e3", "1e999", "3000000000", "99999999999999999999",
	`"x"`, `"2014-12-16"`, `"ARMED"`, `"armed"`, `""`, `"1"`, `"true"`, `"\u0000"`,
	"[]", "[1]", `["x",null]`, "[[1]]", "[null]", "[{}]", "{}",
	`{"name":{"eq":"x"}}`, `{"and":[{}]}`, `{"and":[null]}`, `{"and":{}}`,
	`{"name":{"eq":null}}`, `{"kind":"ARMED"}`, `{"kind":"armed"}`, `{"kind":1}`,
	`{"foundedBefore":[1]}`, `{"foundedBefore":"x"}`, `{"x":1}`,
	`{"eq":"x"}`, `{"eq":1}`, `{"eq":"x","contains":"y"}`, `{"__typename":"x"}`,
}), func(s string) json.RawMessage { return json.RawMessage(s) })

// drawn is a document under construction.
type drawn struct {
	declared, fields []string
	variables        map[string]json.RawMessage
}

// add puts a value into a place: a literal, or a variable of the place's type
// or a stricter or looser one, with any JSON or none.
func (d *drawn) add(t *rapid.T, s slot) {
	n := len(d.fields)
	literal := rapid.SampledFrom(fitting[plain(s.kind)]).Draw(t, "literal")
	value := literal
	if how := rapid.IntRange(0, 3).Draw(t, "how"); how > 0 {
		name := fmt.Sprint("v", n)
		value = "$" + name
		kind := s.kind
		switch how {
		case 1:
			kind = strings.TrimSuffix(kind, "!") + " = " + literal // a default allows null
		case 2:
			kind = strings.TrimSuffix(kind, "!") + "!"
		}
		d.declared = append(d.declared, value+": "+kind)
		if rapid.IntRange(0, 4).Draw(t, "given") > 0 {
			d.variables[name] = jsonValue.Draw(t, "value")
		}
	}
	fields := aliased(n, strings.ReplaceAll(s.fields, "V", value))
	d.fields = append(d.fields, fmt.Sprintf("f%d: group(id: 1) { id } ... on Query { %s }", n, fields))
}

// aliased keeps equal fields with different values apart.
func aliased(n int, fields string) string {
	if strings.HasPrefix(fields, "...") {
		return fields
	}
	return fmt.Sprintf("g%d: %s", n, fields)
}

func (d *drawn) body() []byte {
	header := ""
	if len(d.declared) > 0 {
		header = "query(" + strings.Join(d.declared, ", ") + ") "
	}
	body, err := json.Marshal(map[string]any{
		"query": header + "{ " + strings.Join(d.fields, " ") + " }", "variables": d.variables,
	})
	if err != nil {
		panic(err)
	}
	return body
}

// TestAnyValue: whatever value stands wherever one can, the answer is one that
// a client can read, and never blames the server.
func TestAnyValue(t *testing.T) {
	var log bytes.Buffer
	answered, total := 0, 0
	h := newTestServer(t, func(c *Config) { c.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	rapid.Check(t, func(rt *rapid.T) {
		log.Reset()
		d := drawn{variables: map[string]json.RawMessage{}}
		for range rapid.IntRange(1, 3).Draw(rt, "fields") {
			d.add(rt, rapid.SampledFrom(slots).Draw(rt, "slot"))
		}
		r := call{body: string(d.body()), header: accept(acceptGraphQL)}.do(h)
		checkAnswer(rt, r, acceptGraphQL)
		for line := range strings.Lines(log.String()) {
			if !strings.Contains(line, toy.Secret) {
				rt.Fatalf("the client's mistake is an internal error: %s\n%s", line, d.body())
			}
		}
		total++
		if _, has := r.members(rt)["data"]; has {
			answered++
		}
	})
	if answered*10 < total {
		t.Errorf("only %d of %d documents were executed: the generators are off", answered, total)
	}
}
