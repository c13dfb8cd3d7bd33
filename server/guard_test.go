package server

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/server/internal/toy"
)

func newTestGuard(change func(*Limits)) *guard {
	limits := DefaultLimits()
	if change != nil {
		change(&limits)
	}
	return &guard{schema: toy.New().Schema(), limits: limits, cache: newQueryCache(1 << 20)}
}

// bomb spreads each fragment twice in the one before: 2^levels fields.
func bomb(levels int) string {
	var b strings.Builder
	b.WriteString("{ ...B0 }")
	for i := range levels {
		fmt.Fprintf(&b, " fragment B%d on Query { ...B%d ...B%d }", i, i+1, i+1)
	}
	fmt.Fprintf(&b, " fragment B%d on Query { sequence }", levels)
	return b.String()
}

func inGroup(fields string) string { return "{ group(id: 1) { " + fields + " } }" }

// nested puts rivals into rivals, n levels of lists.
func nested(n int) string {
	return inGroup(strings.Repeat("rivals { ", n) + "id" + strings.Repeat(" }", n))
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format+" ", i)
	}
	return b.String()
}

// TestGuardLimits holds for each limit a query that just passes and one that is
// just over it, with what was measured.
func TestGuardLimits(t *testing.T) {
	repeat := strings.Repeat
	ids := func(list string) string { return "{ nodes(ids: " + list + ") { id } }" }
	levels := func(n int) string { return "{ a: " + repeat("x { ", n) + "x" + repeat("}", n) + "}" }
	fragments := func(n int) string { return "{ sequence } " + numbered("fragment F%d on Query { sequence }", n) }
	for _, tt := range []struct {
		limit        string
		passes, over string
		measured     int
	}{
		{"tokens", ids("[" + repeat("1 ", 4988) + "]"), ids("[" + repeat("1 ", 4989) + "]"), 5001},
		{"queryBytes", "{ sequence } #" + repeat("x", 128<<10-14), "{ sequence } #" + repeat("x", 128<<10-13), 128<<10 + 1},
		{"nameBytes", "{ " + repeat("x", 200) + ": sequence }", "{ " + repeat("x", 201) + ": sequence }", 201},
		{"fields", inGroup(strings.Repeat("id ", 999)), inGroup(strings.Repeat("id ", 1000)), 1001},
		{"depth", levels(14), levels(15), 16},
		{"listDepth", strings.Replace(nested(4), "id }", "id aliases }", 1), nested(5), 5},
		{"aliases", inGroup(numbered("a%d: id", 30)), inGroup(numbered("a%d: id", 31)), 31},
		{"directives", "{ sequence " + strings.Repeat("@a ", 50) + "}", "{ sequence " + strings.Repeat("@a ", 51) + "}", 51},
		{"rootFields", "{ " + strings.Repeat("sequence ", 20) + "}", "{ " + strings.Repeat("sequence ", 21) + "}", 21},
		{"fragments", fragments(50), fragments(51), 51},
		{"inputDepth", ids(repeat("[", 32) + repeat("]", 32)), ids(repeat("[", 33) + "1" + repeat("]", 33)), 33},
	} {
		t.Run(tt.limit, func(t *testing.T) {
			g := newTestGuard(nil)
			if _, err := g.check(tt.passes); err != nil {
				t.Errorf("refused: %v", err)
			}
			_, err := g.check(tt.over)
			if err == nil {
				t.Fatal("not refused")
			}
			wantCost(t, err.Extensions, tt.limit, tt.measured)
		})
	}
}

func wantCost(t *testing.T, extensions map[string]any, limit string, measured int) {
	t.Helper()
	got, err := strconv.ParseFloat(fmt.Sprint(extensions["measured"]), 64) // int here, float64 out of JSON
	if extensions["code"] != CodeCost || extensions["limit"] != limit || err != nil || int(got) != measured {
		t.Errorf("refused with %v, want %s at %d", extensions, limit, measured)
	}
	if extensions["remedy"] == "" || extensions["allowed"] == nil {
		t.Errorf("no remedy or allowed number in %v", extensions)
	}
}

// TestGuardCountsFragmentsWhereTheyAreSpread has what a plain count would miss.
func TestGuardCountsFragmentsWhereTheyAreSpread(t *testing.T) {
	for _, tt := range []struct{ limit, query string }{
		{"aliases", "{ a: group(id: 1) { ...F } b: group(id: 1) { ...F } } " +
			"fragment F on Group { " + numbered("x%d: id", 15) + "}"},
		{"directives", "{ ...F ...F } fragment F on Query { sequence " + strings.Repeat("@skip(if: false) ", 26) + "}"},
		{"rootFields", "{ ...F ... { ...F } } fragment F on Query { " + strings.Repeat("sequence ", 11) + "}"},
		{"listDepth", "{ group(id: 1) { rivals { rivals { rivals { ...F } } } } } " +
			"fragment F on Group { rivals { ... on Group { rivals { id } } } }"},
		{"depth", "{ x { x { x { x { x { x { x { x { ...F } } } } } } } } } " +
			"fragment F on Group { x { x { x { x { x { x { x { x } } } } } } } }"},
		{"fields", "query A { ...F } query B { ...F } " +
			"fragment F on Query { group(id: 1) { " + strings.Repeat("id ", 499) + "} }"},
		{"fields", "{ sequence } fragment F on Group { " + strings.Repeat("id ", 1000) + "}"},
		{"fields", "{ sequence } fragment F on Group { id } fragment F on Group { " + strings.Repeat("id ", 1000) + "}"},
		{"rootFields", "mutation B { " + strings.Repeat("__typename ", 21) + "} query A { sequence }"},
		{"rootFields", "query A { sequence } mutation B { " + strings.Repeat("__typename ", 21) + "}"},
	} {
		_, err := newTestGuard(nil).check(tt.query)
		if err == nil || err.Extensions["limit"] != tt.limit {
			t.Errorf("%s: %v for %.80s", tt.limit, err, tt.query)
		}
	}
}

// TestGuardIsLinear gives the guard what takes quadratic and exponential time
// elsewhere and counts its steps, which no machine's speed changes.
func TestGuardIsLinear(t *testing.T) {
	for name, attack := range map[string]string{
		"bomb of 24 levels":    bomb(24),
		"bomb of 49 levels":    bomb(49),
		"bomb of 400 levels":   bomb(400),
		"120 KB of __typename": "{ " + strings.Repeat("__typename ", 120_000/11) + "}",
		"10,000 unknown":       "{ " + strings.Repeat("nope ", 10_000) + "}",
		"2,400 repeats":        inGroup(strings.Repeat("id ", 2400)),
		"1,600 directives":     "{ sequence " + strings.Repeat("@aa ", 1600) + "}",
		"3,000 brackets":       "{ nodes(ids: " + strings.Repeat("[", 3000),
		"100 KB of braces":     strings.Repeat("{a", 50_000),
		"100 KB of commas":     "{" + strings.Repeat(",", 100_000) + "sequence}" + strings.Repeat(" x", 6000),
		"cycle":                "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A sequence }",
		"cycle out of reach":   "{ sequence } fragment A on Query { ...A }",
		"500 operations": numbered("query Q%d { ...F }", 500) +
			"fragment F on Query { " + strings.Repeat("sequence ", 20) + "}",
	} {
		t.Run(name, func(t *testing.T) {
			g := newTestGuard(nil)
			steps, err := g.check(attack)
			if err == nil {
				t.Error("not refused")
			}
			if budget := 2*g.limits.Tokens + 1; steps > budget {
				t.Errorf("%d steps, want at most %d", steps, budget)
			}
			allocations := testing.AllocsPerRun(1, func() { _, _ = g.check(attack) })
			if allocations > 40_000 {
				t.Errorf("%.0f allocations", allocations)
			}
		})
	}
}

func TestGuardTellsTheRemedyToTheClient(t *testing.T) {
	h := newTestServer(t, func(c *Config) { c.Limits.Fields = 3 })
	e := query(h, inGroup("id name kind"), nil).
		wantError(t, 200, CodeCost, "4 fields after expanding fragments; 3 are allowed: select fewer")
	wantCost(t, e.Extensions, "fields", 4)
	get(h, inGroup("id name kind"), accept(acceptGraphQL)).wantError(t, 400, CodeCost, "")
	query(h, inGroup("id name"), nil).wantData(t, `{"group":{"id":"1","name":"Group 1"}}`)
}

func TestNegativeLimitIsNoLimit(t *testing.T) {
	none := Limits{-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}
	g := &guard{schema: toy.New().Schema(), limits: none.withDefaults(), cache: newQueryCache(1 << 20)}
	for _, q := range []string{nested(40), inGroup(strings.Repeat("id ", 6000)), bomb(24)} {
		if _, err := g.check(q); err != nil {
			t.Errorf("refused: %v", err)
		}
	}
	h := newTestServer(t, func(c *Config) { c.Limits = none })
	if n := len(query(h, "{ failures(count: 300) }", nil).graphQL(t).Errors); n != 300 {
		t.Errorf("%d errors, want all 300", n)
	}
}

// introspection asks for all that tools ask for, with types wrapped as often as
// the query of graphql-js unwraps them.
func introspection() string {
	unwrap := strings.Repeat("ofType { kind name ", 9) + strings.Repeat("}", 9)
	return `query IntrospectionQuery {
		__schema {
			description
			queryType { name kind } mutationType { name kind } subscriptionType { name kind }
			types { ...OfType }
			directives { name description isRepeatable locations args(includeDeprecated: true) { ...Input } }
		}
	}
	fragment OfType on __Type {
		kind name description specifiedByURL isOneOf
		fields(includeDeprecated: true) {
			name description isDeprecated deprecationReason
			args(includeDeprecated: true) { ...Input } type { ...Ref }
		}
		inputFields(includeDeprecated: true) { ...Input }
		interfaces { ...Ref } possibleTypes { ...Ref }
		enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
	}
	fragment Input on __InputValue { name description defaultValue isDeprecated deprecationReason type { ...Ref } }
	fragment Ref on __Type { kind name ` + unwrap + ` }`
}

// TestGuardPassesIntrospection runs what GraphiQL and code generators send
// through the whole server.
func TestGuardPassesIntrospection(t *testing.T) {
	out := query(newTestServer(t, nil), introspection(), nil).graphQL(t)
	if len(out.Errors) > 0 || !strings.Contains(string(out.Data), `"GroupConnection"`) {
		t.Errorf("errors %v, data %.200s", out.Errors, out.Data)
	}
}

func TestNameOfIntrospectionBuysNothing(t *testing.T) {
	h := newTestServer(t, nil)
	deep := strings.Repeat("ofType { ", 14) + "name" + strings.Repeat(" }", 14)
	query(h, `{ __type(name: "Group") { `+deep+` } }`, nil).wantError(t, 200, CodeCost, "levels")
	circular := `{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }`
	query(h, circular, nil).wantError(t, 200, CodeValidation, "introspection depth")
	query(h, `{ __schema: group(id: 1) { `+strings.Repeat("id ", 1000)+` } }`, nil).wantError(t, 200, CodeCost, "fields")
}

func TestNumbersTooLargeAreRefused(t *testing.T) {
	h := newTestServer(t, nil)
	for _, q := range []string{
		`{ day(of: 99999999999999999999) }`,
		`{ ratio(of: 1e999) }`,
		`query($d: Date = 99999999999999999999) { day(of: $d) }`,
	} {
		query(h, q, nil).wantError(t, 200, CodeValidation, "too large")
	}
}

// TestSizesAreCheckedInLinearTime lets a bomb through the guard to see that the
// second look at it takes no more steps than the first.
func TestSizesAreCheckedInLinearTime(t *testing.T) {
	g := newTestGuard(nil)
	text := strings.ReplaceAll(bomb(20), "sequence", "groups(first: 1) { totalCount }")
	document, err := gqlparser.LoadQueryWithRules(g.schema, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := newRecordCounter(g.limits, nil)
	if records := p.selectionSet(document.Operations[0].SelectionSet); records != 1<<20 {
		t.Errorf("%d records, want %d", records, 1<<20)
	}
	if p.steps > 100 {
		t.Errorf("%d steps", p.steps)
	}
}

func TestValidationStopsCollectingErrors(t *testing.T) {
	c := Config{Schema: toy.New()}.withDefaults()
	cache := newQueryCache(1 << 20)
	exec := newExecutor(c, &errorPresenter{log: c.Log}, newMetrics(&c, newGate(1), cache), cache)
	ctx := graphql.StartOperationTrace(t.Context())
	_, errs := exec.CreateOperationContext(ctx, &graphql.RawParams{Query: inGroup(strings.Repeat("nope ", 900))})
	if len(errs) != c.Limits.Errors+1 {
		t.Errorf("%d errors collected, want one more than are shown", len(errs))
	}
}

// TestCacheSkipsTheGuard shows that a second request with the same text is not
// measured again, and that its variables are.
func TestCacheSkipsTheGuard(t *testing.T) {
	g := newTestGuard(nil)
	attack := bomb(24)
	g.cache.Add(t.Context(), attack, &ast.QueryDocument{})
	if err := g.MutateOperationParameters(t.Context(), &graphql.RawParams{Query: attack}); err != nil {
		t.Errorf("a cached document is measured again: %v", err)
	}
	h := newTestServer(t, nil)
	const page = `query($n: Int) { groups(first: $n) { totalCount } }`
	for range 2 {
		query(h, page, map[string]any{"n": 5}).wantData(t, `{"groups":{"totalCount":3}}`)
		query(h, page, map[string]any{"n": 501}).wantError(t, http.StatusOK, CodeCost, "501 items")
	}
}
