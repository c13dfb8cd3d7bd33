package server

import (
	"strings"
	"testing"
)

func TestPageSizes(t *testing.T) {
	h := newTestServer(t, nil)
	for _, tt := range []struct {
		query     string
		variables map[string]any
		limit     string // empty: passes
		measured  int
	}{
		{`{ groups(first: 500) { totalCount } }`, nil, "", 0},
		{`{ groups(first: 501) { totalCount } }`, nil, "pageSize", 501},
		{`{ groups(last: 501) { totalCount } }`, nil, "pageSize", 501},
		{`{ groups(first: -1) { totalCount } }`, nil, "", 0},
		{`{ groups(first: null) { totalCount } }`, nil, "", 0},
		{`query($n: Int) { groups(first: $n) { totalCount } }`, nil, "", 0},
		{`query($n: Int) { groups(first: $n) { totalCount } }`, map[string]any{"n": nil}, "", 0},
		{`query($n: Int) { groups(first: $n) { totalCount } }`, map[string]any{"n": 500}, "", 0},
		{`query($n: Int) { groups(first: $n) { totalCount } }`, map[string]any{"n": 501}, "pageSize", 501},
		{`query($n: Int) { groups(first: $n) { totalCount } }`, map[string]any{"n": "501"}, "pageSize", 501},
		{`query($n: Int = 501) { groups(first: $n) { totalCount } }`, nil, "pageSize", 501},
		{`query($n: Int = 501) { groups(first: $n) { totalCount } }`, map[string]any{"n": 5}, "", 0},
		{
			`{ ...F } fragment F on Query { group(id: 1) { ... { allies(first: 900) { totalCount } } } }`,
			nil, "pageSize", 900,
		},
		{`{ neighbourhood(of: ["1"], maxNodes: 5000) { id } }`, nil, "", 0},
		{`{ neighbourhood(of: ["1"], maxNodes: 5001) { id } }`, nil, "maxNodes", 5001},
		// 500 groups, 500 allies each, 2 rows for each of those
		{`{ groups(first: 500) { nodes { allies(first: 500) { nodes { id } } } } }`, nil, "", 0},
		{
			`{ groups(first: 500) { nodes { allies(first: 500) { nodes { allies(first: 1) { totalCount } } } } } }`,
			nil, "records", 500 + 500*500 + 500*500,
		},
		{
			`query($n: Int) { groups(first: $n) { nodes { allies(first: $n) { nodes {
				allies(first: $n) { totalCount } } } } } }`,
			map[string]any{"n": 100},
			"records", 100 + 100*100 + 100*100*100,
		},
		{`{ groups { nodes { allies { nodes { allies { nodes { id } } } } } } }`, nil, "", 0},
		{
			`{ groups { nodes { allies(first: 500) { nodes { allies(first: 50) { totalCount } } } } } }`,
			nil, "records", 20 + 20*500 + 20*500*50,
		},
		// what neither first nor maxNodes says: the default of the schema, a list of ids
		{
			`{ neighbourhood(of: ["1"]) { ... on Group {
				allies(first: 500) { nodes { allies(first: 11) { totalCount } } } } } }`,
			nil, "records", 100 + 100*500 + 100*500*11,
		},
		{
			`query($n: Int) { neighbourhood(of: ["1"], maxNodes: $n) { ... on Group {
				allies(first: 500) { nodes { allies(first: 11) { totalCount } } } } } }`,
			nil, "records", 100 + 100*500 + 100*500*11,
		},
		{
			`query($ids: [ID!]!) { nodes(ids: $ids) { ... on Group { allies(first: 500) { totalCount } } } }`,
			map[string]any{"ids": strings.Split(strings.Repeat("x,", 999), ",")},
			"records", 1000 + 1000*500,
		},
	} {
		r := query(h, tt.query, tt.variables)
		out := r.graphQL(t)
		switch {
		case tt.limit == "" && len(out.Errors) > 0:
			t.Errorf("%s %v: %v", tt.query, tt.variables, out.Errors)
		case tt.limit != "" && len(out.Errors) == 0:
			t.Errorf("%s %v: not refused", tt.query, tt.variables)
		case tt.limit != "":
			wantCost(t, out.Errors[0].Extensions, tt.limit, tt.measured)
		}
	}
}

func TestPageRefusalNamesTheField(t *testing.T) {
	e := query(newTestServer(t, nil), "{\n  big: groups(first: 600) { totalCount } }", nil).
		wantError(t, 200, CodeCost, "big(first:): the query has 600 items on one page; 500 are allowed: "+
			"ask for a smaller page and follow endCursor")
	if len(e.Locations) != 1 {
		t.Errorf("locations %v", e.Locations)
	}
}

func TestDeepVariables(t *testing.T) {
	h := newTestServer(t, nil)
	where := func(depth int) map[string]any {
		var w any = map[string]any{}
		for range depth {
			w = map[string]any{"and": []any{w}}
		}
		return map[string]any{"w": w}
	}
	const q = `query($w: GroupWhere) { groups(where: $w) { totalCount } }`
	query(h, q, where(15)).wantData(t, `{"groups":{"totalCount":3}}`)
	e := query(h, q, where(16)).wantError(t, 200, CodeCost, "flatten the filter")
	wantCost(t, e.Extensions, "inputDepth", 33)
}

func TestConditionsMustBeBoolean(t *testing.T) {
	h := newTestServer(t, nil)
	const q = `query($on: Boolean = true) { __typename sequence @include(if: $on) }`
	query(h, q, nil).wantData(t, `{"__typename":"Query","sequence":0}`)
	query(h, q, map[string]any{"on": false}).wantData(t, `{"__typename":"Query"}`)
	query(h, q, map[string]any{"on": nil}).wantError(t, 200, CodeInvalid, "@include(if: $on) needs true or false")
}
