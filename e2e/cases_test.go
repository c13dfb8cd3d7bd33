package e2e

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
)

var update = flag.Bool("update", false, "write the answers of the memory store into the cases; read every one before you keep it")

// testCase is one file of testdata/cases.
type testCase struct {
	name, path string
	archive    *txtar.Archive
	query      string
	variables  json.RawMessage
	answer     []byte
	claims     []byte   // recorded on top of the seeds
	records    []string // mutations, run one after another behind that
	alone      bool     // recorded instead of the seeds
	clearance  graph.Marking
}

func readCases(t *testing.T) []testCase {
	t.Helper()
	paths, err := filepath.Glob("../testdata/cases/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	list := make([]testCase, len(paths))
	for i, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := testCase{name: strings.TrimSuffix(filepath.Base(path), ".txtar"), path: path, archive: a, clearance: graph.Clear}
		for _, f := range a.Files {
			switch f.Name {
			case "query.graphql":
				c.query = string(f.Data)
			case "variables.json":
				c.variables = f.Data
			case "answer.json":
				c.answer = f.Data
			case "claims.ndjson":
				c.claims = f.Data
			case "record.graphql":
				c.records = append(c.records, string(f.Data))
			case "alone":
				c.alone = true
			case "clearance":
				c.clearance = graph.Marking(strings.TrimSpace(string(f.Data)))
			default:
				t.Fatalf("%s: section %q is not known", path, f.Name)
			}
		}
		if c.query == "" || len(bytes.TrimSpace(a.Comment)) == 0 {
			t.Fatalf("%s: it needs a comment that says what is asked, and query.graphql", path)
		}
		list[i] = c
	}
	return list
}

// own reports whether the case changes or needs more than the seeds.
func (c *testCase) own() bool {
	return c.claims != nil || c.records != nil || c.clearance != graph.Clear || strings.Contains(c.query, "mutation")
}

// eachOwn is how many there are for each case that the race detector watches, of those that
// need a server of their own: they differ in what is recorded, not in who meets whom.
const eachOwn = 5

func TestCases(t *testing.T) {
	cases := readCases(t)
	for _, kind := range stores {
		t.Run(kind, func(t *testing.T) {
			shared := serve(t, openStore(t, kind), kind)
			seeded(t, shared.follower)
			for _, c := range cases {
				if !c.own() {
					t.Run(c.name, func(t *testing.T) { c.check(t, shared, kind) })
				}
			}
			for i, c := range cases {
				if c.own() && (!raced.Detector || i%eachOwn == 0) {
					t.Run(c.name, func(t *testing.T) { c.check(t, c.world(t, kind), kind) })
				}
			}
		})
	}
}

// world is a server that holds what the case needs.
func (c *testCase) world(t *testing.T, kind string) *world {
	t.Helper()
	w := serveTo(t, openStore(t, kind), kind, c.clearance)
	if !c.alone {
		seeded(t, w.follower)
	}
	if c.claims != nil {
		f, err := formats.ReadClaims(bytes.NewReader(c.claims), c.name)
		if err != nil {
			t.Fatal(err)
		}
		in, err := formats.Join(f)
		if err != nil {
			t.Fatal(err)
		}
		in.Batch.Clearance = graph.Red
		in.Batch.Actor, in.Batch.Reason = "a tester", "the case"
		if _, err := w.follower.Apply(t.Context(), in.Batch); err != nil {
			t.Fatal(err)
		}
	}
	for _, mutation := range c.records {
		if answer := w.post(t, mutation, nil); !bytes.Contains(answer, []byte(`"userErrors":[]`)) {
			t.Fatalf("%s is not recorded: %s", mutation, answer)
		}
	}
	return w
}

func (c *testCase) check(t *testing.T, w *world, kind string) {
	t.Helper()
	got := pretty(t, w.post(t, c.query, c.variables))
	if *update && kind == "memory" {
		c.write(t, got)
		return
	}
	if d := cmp.Diff(string(c.answer), string(got)); d != "" {
		t.Errorf("%s: the answer is not the one expected (-want +got):\n%s", c.path, d)
	}
}

func pretty(t *testing.T, answer []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := json.Indent(&out, bytes.TrimSpace(answer), "", "  "); err != nil {
		t.Fatalf("not JSON: %s", answer)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

func (c *testCase) write(t *testing.T, answer []byte) {
	t.Helper()
	files := c.archive.Files[:0]
	for _, f := range c.archive.Files {
		if f.Name != "answer.json" {
			files = append(files, f)
		}
	}
	c.archive.Files = append(files, txtar.File{Name: "answer.json", Data: answer})
	if err := os.WriteFile(c.path, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
