package bulk_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

var update = flag.Bool("update", false, "write the expected files; read every one before you keep it")

// log is some changes, and the live graphs of what clearances see of them.
type log struct {
	changes []graph.Change
	graphs  map[graph.Marking]*live.Graph
}

// logOf is the log of some changes.
func logOf(changes ...graph.Change) *log {
	older := graph.NewOlder()
	for i := range changes {
		changes[i].Sequence = graph.Sequence(i + 1)
		for j := range changes[i].Claims {
			changes[i].Claims[j] = changes[i].Claims[j].Normalised()
		}
		older.Note(&changes[i])
	}
	for i := range changes {
		older.Seal(&changes[i])
	}
	return &log{changes, map[graph.Marking]*live.Graph{}}
}

// at is the graph of what a clearance sees.
func (l *log) at(t *testing.T, clearance graph.Marking) *live.Graph {
	t.Helper()
	if g := l.graphs[clearance]; g != nil {
		return g
	}
	g, sight := live.NewGraph(clearance), graph.NewSight(clearance)
	for _, ch := range l.changes {
		if seen, ok := sight.See(ch); ok {
			if err := g.Add(seen); err != nil {
				t.Fatal(err)
			}
		}
	}
	l.graphs[clearance] = g
	return g
}

// imported is the log of a file of canonical claims.
func imported(t *testing.T, text []byte) *log {
	t.Helper()
	f, err := formats.ReadClaims(bytes.NewReader(text), "claims.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	in, err := formats.Join(f)
	if err != nil {
		t.Fatal(err)
	}
	b := in.Batch
	return logOf(graph.Change{Sources: b.Sources, Entities: b.Entities, Claims: b.Claims})
}

func world(t *testing.T) *log {
	t.Helper()
	text, err := os.ReadFile("testdata/world.ndjson")
	if err != nil {
		t.Fatal(err)
	}
	return imported(t, text)
}

func values(t *testing.T, query string) url.Values {
	t.Helper()
	v, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// opened is what is asked of a graph by a file's name and a query string.
func opened(t *testing.T, g *log, clearance graph.Marking, name, query string) *bulk.Export {
	t.Helper()
	q, err := bulk.Parse(name, values(t, query))
	if err != nil {
		t.Fatal(err)
	}
	x, err := q.Open(t.Context(), g.at(t, clearance).Reader())
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func written(t *testing.T, g *log, clearance graph.Marking, name, query string) string {
	t.Helper()
	var b strings.Builder
	if err := opened(t, g, clearance, name, query).Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFiles compares small files with those that were read and kept.
func TestFiles(t *testing.T) {
	g := world(t)
	for kept, c := range map[string]struct {
		clearance   graph.Marking
		name, query string
	}{
		"links.csv":              {graph.Clear, "links.csv", ""},
		"links-denied.csv":       {graph.Clear, "links.csv", "includeDenied=true&guard=false&entityKinds=GROUP"},
		"links-red.csv":          {graph.Red, "links.csv", "kinds=ALLIED_WITH,SUPPORTS&excel=true"},
		"entities.csv":           {graph.Clear, "entities.csv", ""},
		"entities-red.csv":       {graph.Red, "entities.csv", "kinds=ALLIED_WITH&kinds=SUPPORTS"},
		"claims.ndjson":          {graph.Clear, "claims.ndjson", ""},
		"claims-kin.ndjson":      {graph.Clear, "claims.ndjson", "kinds=KIN_OF,CHARGED_IN&minReliability=B"},
		"claims-all.ndjson":      {graph.Red, "claims.ndjson", "includeAssessments=true"},
		"entities-none.csv":      {graph.Clear, "entities.csv", "entityKinds="},
		"links-corroborated.csv": {graph.Clear, "links.csv", "minIndependentSources=2"},
	} {
		got, path := written(t, g, c.clearance, c.name, c.query), filepath.Join("testdata", kept)
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
			t.Errorf("%s (-kept +got):\n%s", kept, d)
		}
	}
}

// TestCopy: claims that are read again give the same files.
func TestCopy(t *testing.T) {
	g := world(t)
	all := "includeAssessments=true"
	second := imported(t, []byte(written(t, g, graph.Red, "claims.ndjson", all)))
	for _, f := range formats.Exporters() {
		for _, clearance := range graph.Markings {
			if d := cmp.Diff(written(t, g, clearance, f.File(), all), written(t, second, clearance, f.File(), all)); d != "" {
				t.Errorf("%s (-first +copy):\n%s", f.File(), d)
			}
		}
	}
}

// problemsOf are all that an error says is wrong.
func problemsOf(t *testing.T, err error) []graph.Problem {
	t.Helper()
	var invalid *graph.InvalidError
	if !errors.As(err, &invalid) || len(invalid.Problems) == 0 {
		t.Fatal(err)
	}
	return invalid.Problems
}

// TestBadRequests: what is wrong is named, with what to do.
func TestBadRequests(t *testing.T) {
	for query, want := range map[string]struct{ file, code, parameter string }{
		"x=1":                                   {"links.csv", "UNKNOWN_PARAMETER", "x"},
		"As_Of=2001-01-01":                      {"links.csv", "UNKNOWN_PARAMETER", "As_Of"},
		"=1":                                    {"links.csv", "UNKNOWN_PARAMETER", ""},
		"kinds=ALLIES":                          {"links.csv", "UNKNOWN_VALUE", "kinds"},
		"kinds=STATUS":                          {"claims.ndjson", "UNKNOWN_VALUE", "kinds"},
		"kinds=,":                               {"links.csv", "NO_VALUE", "kinds"},
		"entityKinds=group":                     {"entities.csv", "UNKNOWN_VALUE", "entityKinds"},
		"guard=no":                              {"links.csv", "UNKNOWN_VALUE", "guard"},
		"guard=true&guard=true":                 {"links.csv", "GIVEN_TWICE", "guard"},
		"excel=true":                            {"claims.ndjson", "NOT_TAKEN", "excel"},
		"asOf=soon":                             {"links.csv", "BAD_DATE", "asOf"},
		"asOfMode=CERTAIN":                      {"links.csv", "NOT_TAKEN", "asOfMode"},
		"minCredibility=0":                      {"links.csv", "OUT_OF_RANGE", "minCredibility"},
		"minIndependentSources=-1":              {"links.csv", "OUT_OF_RANGE", "minIndependentSources"},
		"combine=XOR&with.asOf=2001-01-01":      {"links.csv", "UNKNOWN_VALUE", "combine"},
		"combine=UNION":                         {"links.csv", "REQUIRED", "combine"},
		"combine=UNION&x=1":                     {"claims.ndjson", "NOT_TAKEN", "combine"},
		"with.asOf=2001-01-01":                  {"entities.csv", "NOT_TAKEN", "with.asOf"},
		"with.minCredibility=2":                 {"claims.ndjson", "NOT_TAKEN", "with.minCredibility"},
		"combine=UNION&with.asOf=soon":          {"links.csv", "BAD_DATE", "with.asOf"},
		"combine=UNION&with.asOfMode=CERTAIN":   {"links.csv", "NOT_TAKEN", "with.asOfMode"},
		"combine=UNION&with.excel=true":         {"links.csv", "UNKNOWN_PARAMETER", "with.excel"},
		"combine=UNION&with.combine=UNION":      {"links.csv", "UNKNOWN_PARAMETER", "with.combine"},
		"a=1&" + strings.Repeat("y", 999) + "=": {"links.csv", "UNKNOWN_PARAMETER", "a"},
	} {
		_, err := bulk.Parse(want.file, values(t, query))
		if p := problemsOf(t, err)[0]; p.Code != want.code || p.Path != want.parameter || p.Message == "" || p.Remedy == "" {
			t.Errorf("%s: %+v", query, p)
		}
	}
	if _, err := bulk.Parse("nodes.csv", nil); !errors.Is(err, graph.ErrNotFound) {
		t.Errorf("a file that there is not: %v", err)
	}
	for query, want := range map[string]error{
		"sources=s_nothing":                           graph.ErrNotFound,
		"withoutSources=s_secret":                     graph.ErrNotFound,
		"knownAtSequence=9":                           graph.ErrInvalid,
		"with.sources=s_nothing&combine=UNION":        graph.ErrNotFound,
		"with.withoutSources=s_secret&combine=UNION":  graph.ErrNotFound,
		"with.knownAtSequence=9&combine=INTERSECTION": graph.ErrInvalid,
	} {
		q, err := bulk.Parse("links.csv", values(t, query))
		if err != nil {
			t.Fatal(err)
		}
		parameter, _, _ := strings.Cut(query, "=")
		_, err = q.Open(t.Context(), world(t).at(t, graph.Clear).Reader())
		if !errors.Is(err, want) || !strings.HasPrefix(err.Error(), parameter) {
			t.Errorf("%s: %v", query, err)
		}
	}
}

// TestKey: requests that may give other bytes have other keys.
func TestKey(t *testing.T) {
	keys := map[string]string{}
	for _, name := range []string{"links.csv", "entities.csv"} {
		for _, query := range []string{
			"", "kinds=", "kinds=LEADS", "entityKinds=", "entityKinds=GROUP", "guard=false", "excel=true", "asOf=2001-01-01",
			"hedges=", "hedges=STATED", "sources=", "includeDenied=true", "includeDenied=false",
			"combine=UNION&with.kinds=", "combine=UNION&with.kinds=LEADS", "combine=UNION&with.asOf=2001-01-01",
			"combine=DIFFERENCE&with.kinds=", "combine=DIFFERENCE&with.entityKinds=GROUP",
		} {
			q, err := bulk.Parse(name, values(t, query))
			if err != nil {
				t.Fatal(err)
			}
			if before, ok := keys[q.Key()]; ok {
				t.Errorf("%s?%s has the key of %s", name, query, before)
			}
			keys[q.Key()] = name + "?" + query
		}
	}
}

// FuzzParse: no query string is too bad to be refused in words.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "asOf=2001-01-01&kinds=LEADS,FOUNDED", "hedges=&sources=s_a&sources=s_b,s_c", "x=%ff", "kinds=,&guard=false",
		"knownAt=2024-01-02T03:04:05%2B01:00",
	} {
		f.Add("links.csv", seed)
		f.Add("entities.csv", "combine=UNION&with."+seed)
		f.Add("claims.ndjson", seed)
	}
	f.Fuzz(func(t *testing.T, file, query string) {
		given, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		q, err := bulk.Parse(file, given)
		var invalid *graph.InvalidError
		switch {
		case err == nil:
			again, err := bulk.Parse(file, given)
			if err != nil || again.Key() != q.Key() || q.Format().File() != file || q.Lens.Check() != nil {
				t.Fatalf("%q is read as %s, and as %v", query, q.Key(), err)
			}
		case errors.As(err, &invalid):
			if p := invalid.Problems[0]; p.Message == "" || p.Remedy == "" || len(err.Error()) > 5000 {
				t.Fatalf("%q: %v", query, err)
			}
		case !errors.Is(err, graph.ErrNotFound):
			t.Fatalf("%q: %v", query, err)
		}
	})
}

// hoard is a graph of so many links, and as many entities.
func hoard(t *testing.T, n int) *log {
	t.Helper()
	ch := graph.Change{Sources: []graph.Source{{ID: "s_a", Kind: "REPORT", Title: "A report"}}}
	for i := range n {
		id := graph.ID(fmt.Sprint("group-", i))
		ch.Entities = append(ch.Entities, graph.Entity{
			ID: id, Kind: graph.Group, Names: []graph.Name{{Value: "Group " + string(id)}},
		})
		ch.Claims = append(ch.Claims, graph.Claim{
			Subject: id, Predicate: "SUPPORTS", Object: "group-0", Hedge: graph.Stated, Source: "s_a", Role: "role",
		})
	}
	return logOf(ch)
}

// peak is a writer that looks at the heap while a file is written.
type peak struct{ most uint64 }

func (p *peak) Write(b []byte) (int, error) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	p.most = max(p.most, m.HeapAlloc)
	return len(b), nil
}

// TestMemory: what is held while a file is written does not grow with the file.
func TestMemory(t *testing.T) {
	held := func(g *log, name, query string) int64 {
		t.Helper()
		var before runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		var p peak
		if err := opened(t, g, graph.Clear, name, query).Write(t.Context(), &p); err != nil {
			t.Fatal(err)
		}
		return int64(p.most) - int64(before.HeapAlloc)
	}
	small, large := hoard(t, 1000), hoard(t, 10_000)
	const slack = 128 << 10 // for the buffer, and what else the program does
	for _, f := range formats.Exporters() {
		queries := []string{"", "entityKinds=GROUP"}
		if f.Table {
			queries = append(queries, "combine=UNION&with.minCredibility=5")
		}
		for _, query := range queries {
			size := len(written(t, large, graph.Clear, f.File(), query))
			a, b := held(small, f.File(), query), held(large, f.File(), query)
			if b > a+slack || size < 5*slack {
				t.Errorf("%s?%s of %d bytes: %d bytes are held, and %d of a tenth of it", f.File(), query, size, b, a)
			}
		}
	}
	runtime.KeepAlive([]*log{small, large})
}

// failing takes some bytes and then no more.
type failing struct{ left int }

var errFull = errors.New("full")

func (f *failing) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errFull
	}
	return len(b), nil
}

// TestBrokenOff: a file that is not whole ends with an error, and at once.
func TestBrokenOff(t *testing.T) {
	g := hoard(t, 2000)
	for _, f := range formats.Exporters() {
		err := opened(t, g, graph.Clear, f.File(), "").Write(t.Context(), &failing{left: 40_000})
		if !errors.Is(err, errFull) {
			t.Errorf("%s to a writer that fails: %v", f.File(), err)
		}
		ctx, end := context.WithCancel(t.Context())
		x := opened(t, g, graph.Clear, f.File(), "")
		n := 0
		err = x.Write(ctx, writer(func(b []byte) (int, error) { n += len(b); end(); return len(b), nil }))
		if !errors.Is(err, context.Canceled) || n > 64<<10 {
			t.Errorf("%s that is given up: %v after %d bytes", f.File(), err, n)
		}
		x = opened(t, g, graph.Clear, f.File(), "")
		x.Rows++
		if err := x.Write(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "announced") {
			t.Errorf("%s that is short of a record: %v", f.File(), err)
		}
		ended, done := context.WithCancel(t.Context())
		done()
		q, err := bulk.Parse(f.File(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := q.Open(ended, g.at(t, graph.Clear).Reader()); !errors.Is(err, context.Canceled) {
			t.Errorf("%s that is given up before: %v", f.File(), err)
		}
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }
