package server

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

const inputSchema = `
	type Query { a(n: Int): Int }
	type Mutation { record(input: RecordInput): Int, other(input: RecordInput, plain: Item): Int }
	enum Word { ONE TWO }
	input RecordInput { items: [Item!], one: Item, name: String }
	input Item { word: Word!, words: [Word!], count: Int, share: Float, on: Boolean, id: ID, within: Item, more: Int! = 3 }
`

// TestInputFaults: what the validator of variables would refuse passes it, is told with its
// path, and is put back where the check of a batch says more.
func TestInputFaults(t *testing.T) {
	r := &recordInput{
		schema: gqlparser.MustLoadSchema(&ast.Source{Input: inputSchema}),
		cache:  graphql.NoCache[*ast.QueryDocument]{},
	}
	for _, tt := range []struct{ name, query, variables, faults, after string }{
		{
			"nothing wrong", `mutation($i: RecordInput) { record(input: $i) }`,
			`{"i": {"items": [{"word": "ONE", "count": 1, "share": 0.5, "on": true, "id": "x", "within": {"word": "TWO"}}]}}`, "",
			`{"i": {"items": [{"word": "ONE", "count": 1, "share": 0.5, "on": true, "id": "x", "within": {"word": "TWO"}}]}}`,
		},
		{
			"all kinds", `mutation($i: RecordInput) { record(input: $i) }`,
			`{"i": {"items": [{"word": "one", "words": ["TWO", "three"], "count": "2", "on": 1}, 7, null, {"colour": 1}], "name": 5}}`,
			`items[0].count WRONG_TYPE; items[0].on WRONG_TYPE; items[1] WRONG_TYPE; items[2] MISSING; items[3].colour UNKNOWN_FIELD; ` +
				`items[3].word MISSING; name WRONG_TYPE`,
			`{"i": {"items": [{"word": "one", "words": ["TWO", "three"]}, {"word": "ONE"}, {"word": "ONE"}, {}]}}`,
		},
		{
			"one for a list", `mutation($i: [Item!]) { a: record(input: {items: $i, name: "x"}) }`,
			`{"i": {"word": "no", "within": {}}}`, `items.within.word MISSING`, "",
		},
		{
			"parts in variables", `mutation($w: Word!, $l: [Item!]) { a: record(input: {items: $l, one: {word: $w}}) }`,
			`{"w": "no", "l": [{"word": 3}]}`, `items[0].word WRONG_TYPE`, `{"w": "no", "l": [{}]}`,
		},
		{"another type", `mutation($i: Item) { other(plain: $i) }`, `{"i": {"word": "no"}}`, "refused", ""},
		{"a query", `query($i: Int) { a(n: $i) }`, `{"i": "no"}`, "refused", ""},
	} {
		t.Run(tt.name, func(t *testing.T) { r.check(t, tt.query, tt.variables, tt.faults, tt.after) })
	}
}

func (r *recordInput) check(t *testing.T, query, given, faults, after string) {
	t.Helper()
	ctx, info := withRequestInfo(t.Context())
	request := &graphql.RawParams{Query: query, Variables: decoded(t, given)}
	if err := r.MutateOperationParameters(ctx, request); err != nil {
		t.Fatal(err)
	}
	document := gqlparser.MustLoadQueryWithRules(r.schema, query, rules.NewDefaultRules())
	variables, err := validator.VariableValues(r.schema, document.Operations[0], request.Variables)
	if err != nil {
		if faults != "refused" {
			t.Fatal(err)
		}
		return
	}
	if err := r.MutateOperationContext(ctx, &graphql.OperationContext{Variables: variables}); err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, list := range info.faults.problems {
		for _, p := range list {
			told = append(told, p.Path+" "+p.Code)
		}
	}
	if got := strings.Join(told, "; "); got != faults {
		t.Errorf("%s, want %s", got, faults)
	}
	if d := cmp.Diff(decoded(t, after), variables); after != "" && d != "" {
		t.Errorf("variables (-want +got):\n%s", d)
	}
}

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	if text == "" {
		return nil
	}
	var out map[string]any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
