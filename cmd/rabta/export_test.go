package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
	"github.com/rabta/rabta/web/examples"
)

// rabta runs the program in this process and gives its standard output; it must
// end with 0.
func rabta(t *testing.T, in string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run(args, strings.NewReader(in), &out, &errs); code != exitDone {
		t.Fatalf("rabta %s: exit code %d\n%s%s", strings.Join(args, " "), code, &out, &errs)
	}
	return out.String()
}

// copied exports the seeds through the flags of a lens, imports them in an empty
// store and gives its address.
func copied(t *testing.T, flags ...string) string {
	t.Helper()
	exported := rabta(t, "", append([]string{"export", "ndjson", "--store", "memory:"}, flags...)...)
	store := "sqlite:" + filepath.Join(t.TempDir(), "copy.db")
	rabta(t, exported, "import", "ndjson", "-", "--store", store)
	return store
}

// alone keeps a test away from the user's settings.
func alone(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	t.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
}

// served serves a store in this process until the test ends, and gives its address:
// a store that many are to ask is loaded once.
func served(t *testing.T, store string, flags ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, printed := io.Pipe()
	c := command()
	c.SetArgs(append([]string{"serve", "--listen", "127.0.0.1:0", "--log-level", "error", "--store", store}, flags...))
	c.SetOut(printed)
	c.SetErr(t.Output())
	ended := make(chan error, 1)
	go func() { ended <- errors.Join(c.ExecuteContext(ctx), printed.Close()) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("serve %s: %v", store, err)
		}
	})
	url := ""
	for lines := bufio.NewScanner(out); lines.Scan(); {
		switch f := strings.Fields(lines.Text()); {
		case len(f) == 2 && f[0] == "GraphQL":
			url = strings.TrimSuffix(f[1], "/graphql")
		case len(f) > 2 && f[0] == "graph": // it is loaded
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return url
		}
	}
	t.Fatalf("serve %s ended before it was ready", store)
	return ""
}

// TestExportedAnswersTheSame: what is exported with all that counts, and imported
// in an empty store, answers every example as the original does, but for who recorded it.
func TestExportedAnswersTheSame(t *testing.T) {
	raced.Alone(t)
	alone(t)
	store := copied(t, "--include-assessments", "--clearance", "RED")
	original, other := served(t, "memory:"), served(t, store, "--seeds=false")
	list, err := examples.All()
	if err != nil || len(list) == 0 {
		t.Fatal(len(list), err)
	}
	for _, e := range list {
		if strings.Contains(e.Query, "history(") {
			continue
		}
		t.Run(e.Name, func(t *testing.T) {
			ask := func(server string) any {
				t.Helper()
				args := []string{"query", "--server", server}
				if e.Variables != nil {
					args = append(args, "--variables", string(e.Variables))
				}
				return timeless(t, rabta(t, e.Query, args...))
			}
			if diff := cmp.Diff(ask(original), ask(other)); diff != "" {
				t.Errorf("(-original +copy):\n%s", diff)
			}
		})
	}
}

// timeless reads an answer without the moments of its commits.
func timeless(t *testing.T, answer string) any {
	t.Helper()
	var got any
	if err := json.Unmarshal([]byte(answer), &got); err != nil {
		t.Fatal(err)
	}
	var strip func(any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			delete(v, "recordedAt")
			for _, below := range v {
				strip(below)
			}
		case []any:
			for _, below := range v {
				strip(below)
			}
		}
	}
	strip(got)
	return got
}

// everything asks for what a lens lets through: how much there is, each link with
// its claims, and what is said of each group. The claims are not counted: those that
// set two claims against each other are left out of a copy that lacks one of the two.
const everything = `query ($lens: LensInput) {
  revision(lens: $lens) { entities links sources }
  links(first: 500, lens: $lens) { totalCount nodes {
    id kind status hedge credibility independentSources
    validFrom { edtf } validTo { edtf } claims { nodes { id } }
  } }
  groups(first: 500, lens: $lens) { totalCount nodes {
    id name claims(first: 100) { nodes { id predicate link { id } } }
  } }
}`

// ordered reads an answer with its links and groups by id: the order of links is that in
// which they were recorded, also by claims that a lens leaves out, and that of groups goes by
// names, also by those. Claims of links that are not shown, for no life lets them hold, are told of
// groups and not exported.
func ordered(t *testing.T, answer string) any {
	t.Helper()
	got := timeless(t, answer)
	for _, list := range []string{"links", "groups"} {
		nodes := got.(map[string]any)["data"].(map[string]any)[list].(map[string]any)["nodes"].([]any)
		slices.SortFunc(nodes, func(a, b any) int {
			return strings.Compare(a.(map[string]any)["id"].(string), b.(map[string]any)["id"].(string))
		})
	}
	for _, group := range got.(map[string]any)["data"].(map[string]any)["groups"].(map[string]any)["nodes"].([]any) {
		claims := group.(map[string]any)["claims"].(map[string]any)
		claims["nodes"] = slices.DeleteFunc(claims["nodes"].([]any), func(c any) bool {
			of := graph.Predicate(c.(map[string]any)["predicate"].(string))
			return of.Spec().IsLink() && c.(map[string]any)["link"] == nil
		})
	}
	return got
}

// TestExportedThroughALens: what is exported through a lens and imported in an
// empty store shows without a lens what the original shows through it.
func TestExportedThroughALens(t *testing.T) {
	raced.Alone(t)
	alone(t)
	original := served(t, "memory:")
	whole := ordered(t, rabta(t, everything, "query", "--server", original))
	for name, c := range map[string]struct {
		flags []string
		lens  string
		rest  string // what the copy must be asked with too
	}{
		"none":  {nil, `null`, `null`},
		"as of": {[]string{"--as-of", "2003-06-01"}, `{"asOf": "2003-06-01"}`, `null`},
		"surely": {
			[]string{"--as-of", "2003-06-01", "--as-of-mode", "CERTAIN"},
			`{"asOf": "2003-06-01", "asOfMode": "CERTAIN"}`, `null`,
		},
		"recorded":     {[]string{"--known-at-sequence", "0"}, `{"knownAtSequence": 0}`, `null`},
		"published by": {[]string{"--published-by", "2015-01-01"}, `{"publishedBy": "2015-01-01"}`, `null`},
		"credibility":  {[]string{"--min-credibility", "2"}, `{"minCredibility": 2}`, `null`},
		"reliability": {
			[]string{"--min-reliability", "B", "--include-unjudged"},
			`{"minReliability": "B", "includeUnjudged": true}`, `null`,
		},
		"hedges":  {[]string{"--hedges", "STATED,OFFICIAL"}, `{"hedges": ["STATED", "OFFICIAL"]}`, `null`},
		"sources": {[]string{"--sources", "s_dawn-column-2023-10"}, `{"sources": ["s_dawn-column-2023-10"]}`, `null`},
		"without": {
			[]string{"--without-sources", "s_dawn-column-2023-10"},
			`{"withoutSources": ["s_dawn-column-2023-10"]}`, `null`,
		},
		"assessments": {[]string{"--include-assessments"}, `{"includeAssessments": true}`, `{"includeAssessments": true}`},
	} {
		t.Run(name, func(t *testing.T) {
			want := ordered(t, rabta(t, everything, "query", "--server", original, "--variables", `{"lens": `+c.lens+`}`))
			variables := `{"lens": ` + c.rest + `}`
			got := ordered(t, rabta(t, everything, "query", "--store", copied(t, c.flags...), "--variables", variables))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-original +copy):\n%s", diff)
			}
			if (name == "none") != cmp.Equal(whole, got) {
				t.Errorf("the lens lets everything through, or not enough")
			}
		})
	}
}

// TestExportIsStable: the same store gives the same bytes, and so does its copy.
func TestExportIsStable(t *testing.T) {
	raced.Alone(t)
	alone(t)
	args := []string{"export", "ndjson", "--include-assessments", "--clearance", "RED", "--store"}
	first := rabta(t, "", append(args, "memory:")...)
	if second := rabta(t, "", append(args, "memory:")...); first != second {
		t.Error("twice is not the same")
	}
	again := rabta(t, "", append(args, copied(t, "--include-assessments", "--clearance", "RED"))...)
	if diff := cmp.Diff(strings.Split(first, "\n"), strings.Split(again, "\n")); diff != "" {
		t.Errorf("(-original +copy):\n%s", diff)
	}
}

// TestExportLens: what is wrong with a lens is a mistake in the call.
func TestExportLens(t *testing.T) {
	alone(t)
	for want, flags := range map[string][]string{
		"YYYY-MM-DD":                           {"--as-of", "soon"},
		"2026-01-31T12:00:00Z":                 {"--known-at", "2026"},
		"\"SURE\" is not known; use CONFIRMED": {"--hedges", "SURE"},
		"minReliability":                       {"--min-reliability", "Z"},
		"minCredibility":                       {"--min-credibility", "9"},
		"is not a calendar day":                {"--published-by", "2023-02-30"},
		"invalid argument \"many":              {"--min-credibility", "many"},
		"not the number of":                    {"--known-at-sequence", "-1"},
		"asOfMode says how":                    {"--as-of-mode", "CERTAIN"},
		"\"SURE\" is not known":                {"--as-of", "2023-01-01", "--as-of-mode", "SURE"},
	} {
		var out, errs bytes.Buffer
		code := run(append([]string{"export", "ndjson", "--store", "memory:"}, flags...), os.Stdin, &out, &errs)
		if code != exitUsage || out.Len() > 0 || !strings.Contains(errs.String(), want) {
			t.Errorf("%v: exit code %d, %q", flags, code, &errs)
		}
	}
}

// TestExportTable: a table takes the same conditions, by flags.
func TestExportTable(t *testing.T) {
	alone(t)
	table := rabta(t, "", "export", "links.csv", "--store", "memory:", "--kinds", "ALLIED_WITH",
		"--kinds", "RIVAL_OF,LEADS", "--min-credibility", "3",
		"--include-denied", "--include-disputed=false", "--guard=false")
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil || len(rows) < 5 {
		t.Fatalf("%d rows, %v: %.300s", len(rows), err, table)
	}
	kind, status := slices.Index(rows[0], "kind"), slices.Index(rows[0], "status")
	for _, r := range rows[1:] {
		if !slices.Contains([]string{"ALLIED_WITH", "RIVAL_OF", "LEADS"}, r[kind]) || r[status] == "DISPUTED" {
			t.Errorf("%q", r)
		}
	}
	for want, args := range map[string][]string{
		"use ndjson or links.csv, entities.csv, claims.ndjson": {"export", "csv"},
		"is no table":         {"export", "ndjson", "--excel"},
		"is not known; use":   {"export", "links.csv", "--kinds", "ALLIES"},
		"neither true":        {"export", "links.csv", "--include-denied=maybe"},
		"nothing is known by": {"export", "links.csv", "--sources", "s_nothing"},
	} {
		var out, errs bytes.Buffer
		code := run(append(args, "--store", "memory:"), os.Stdin, &out, &errs)
		if code == exitDone || out.Len() > 0 || !strings.Contains(errs.String(), want) {
			t.Errorf("%v: exit code %d, %q", args, code, &errs)
		}
	}
}

// TestExportedOfTwoViews: what the command line says of a second view is what an address says of it.
func TestExportedOfTwoViews(t *testing.T) {
	raced.Alone(t)
	alone(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, served(t, "memory:")+
		"/export/links.csv?minCredibility=3&combine=DIFFERENCE&with.asOf=2015-06-01&with.sourceKinds=ARTICLE,REPORT", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	want, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	got := rabta(t, "", "export", "links.csv", "--store", "memory:", "--min-credibility", "3", "--combine", "DIFFERENCE",
		"--with", "asOf=2015-06-01", "--with", "sourceKinds=ARTICLE", "--with", "sourceKinds=REPORT")
	if d := cmp.Diff(string(want), got); d != "" || len(want) < 1000 {
		t.Errorf("(-address +command):\n%s", d)
	}
}
