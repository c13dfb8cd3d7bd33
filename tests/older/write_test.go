package older

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/rabta/rabta/backup"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/schema"
	"github.com/rabta/rabta/store"
	"github.com/rabta/rabta/store/neo4j/neo4jtest"
)

var write = flag.String("write", "", "write what this program makes of the questions and the history in this folder "+
	"of testdata; what is there is never written over")

// TestWrite writes a version. It needs a folder with the questions and the history, and
// Neo4j.
func TestWrite(t *testing.T) {
	if *write == "" {
		t.Skip("nothing is to be written")
	}
	v := &Version{Name: *write, folder: filepath.Join("testdata", *write)}
	for _, name := range []string{AnswersFile, StoreFile, HeadFile, BackupFile, ClaimsFile, DumpFile} {
		if _, err := os.Stat(v.Path(name)); err == nil {
			t.Fatalf("%s is there: what a version wrote is never changed; give a new version a folder of its own", v.Path(name))
		}
	}
	var err error
	if v.Questions, err = readQuestions(v.Path(QuestionsFile)); err != nil {
		t.Fatal(err)
	}
	if left := unasked(t, v.Questions); len(left) > 0 {
		t.Fatalf("nothing asks for %v", left)
	}
	a := author{v: v, from: open(t, "sqlite:"+filepath.Join(t.TempDir(), "history.db"), store.Options{})}
	w := serve(t, a.from)
	play(t, v.Path(HistoryFile), w, a.from)
	a.sqlite(t)
	a.neo4j(t)
	a.answers(t)
}

// author writes the files of a version.
type author struct {
	v    *Version
	from graph.Store // what the history was played into
	kept graph.Store // that store with the times of the history
	last graph.Sequence
	all  []keptAnswer
}

func serve(t *testing.T, s graph.Store) *World {
	t.Helper()
	w, err := Serve(t.Context(), s, "sqlite")
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func open(t *testing.T, url string, o store.Options) graph.Store {
	t.Helper()
	s, err := store.Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// restore makes an empty store hold a log.
func restore(t *testing.T, to, from graph.Store) {
	t.Helper()
	r, err := store.Restorer(to)
	if err == nil {
		err = r.Restore(t.Context(), dated(from.Changes(t.Context(), 0)))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// sqlite writes the store, its backup and the claims that it exports.
func (a *author) sqlite(t *testing.T) {
	file := filepath.Join(t.TempDir(), "rabta.db")
	s := open(t, "sqlite:"+file, store.Options{})
	restore(t, s, a.from)
	var log bytes.Buffer
	done, err := backup.Write(t.Context(), &log, s, backup.Options{Program: a.v.Name, Store: "sqlite"})
	if err != nil {
		t.Fatal(err)
	}
	a.last = done.Last
	if err := s.Close(); err != nil { // which leaves nothing beside the file
		t.Fatal(err)
	}
	a.v.put(t, StoreFile, zipped(t, read(t, file)))
	a.v.put(t, HeadFile, read(t, file+"-head"))
	a.v.put(t, BackupFile, log.Bytes())
	a.kept = open(t, "sqlite:"+file, store.Options{})
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func zipped(t *testing.T, text []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(text)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (v *Version) put(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(v.Path(name), text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// neo4j writes the dump of a database that holds the log.
func (a *author) neo4j(t *testing.T) {
	server, stop, err := neo4jtest.Start()
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	server.Empty(t)
	s := open(t, server.URI, store.Options{Username: server.Username, Password: server.Password})
	restore(t, s, a.from)
	dump := server.Dump(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	a.v.put(t, DumpFile, zipped(t, dump))
}

// answers writes what is answered out of the store, and out of a copy by export and
// import.
func (a *author) answers(t *testing.T) {
	w := serve(t, a.kept)
	a.ask(t, w, WorldStore, All)
	if head, err := a.kept.Head(t.Context()); err != nil || head != a.last {
		t.Fatalf("a question was recorded: the store is at commit %d, %v", head, err)
	}
	a.v.put(t, ClaimsFile, zipped(t, exported(t, w)))
	a.ask(t, copied(t, a.v), WorldCopy, Everywhere)
	var lines bytes.Buffer
	for _, k := range a.all {
		text, err := encode(k)
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(text, '\n'))
	}
	a.v.put(t, AnswersFile, zipped(t, lines.Bytes()))
}

// exported is the file of all that a reader of RED may have.
func exported(t *testing.T, w *World) []byte {
	t.Helper()
	code, text := w.Get(t.Context(), graph.Red, "/export/claims.ndjson?includeAssessments=true")
	if code != 200 {
		t.Fatalf("%d: %s", code, text)
	}
	return text
}

// ask keeps the answers to questions at each clearance.
func (a *author) ask(t *testing.T, w *World, world string, selected func(*Question) bool) {
	for i := range a.v.Questions {
		q := &a.v.Questions[i]
		if !selected(q) {
			continue
		}
		from := len(a.all)
		for _, c := range graph.Markings {
			answer, err := w.answer(t.Context(), c, q)
			if err != nil {
				t.Fatalf("%s at %s: %v", q.Name, c, err)
			}
			text, err := encode(answer)
			if err != nil {
				t.Fatal(err)
			}
			a.add(from, keptAnswer{world, q.Name, []graph.Marking{c}, text})
		}
	}
}

// add keeps an answer, with those of the same question from the number on.
func (a *author) add(from int, k keptAnswer) {
	for i := from; i < len(a.all); i++ {
		if bytes.Equal(a.all[i].Answer, k.Answer) {
			a.all[i].Clearances = append(a.all[i].Clearances, k.Clearances...)
			return
		}
	}
	a.all = append(a.all, k)
}

// unasked are the fields at the root of the schema that no question asks for.
func unasked(t *testing.T, questions []Question) []string {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	for _, root := range []*ast.Definition{s.Query, s.Mutation} {
		for _, f := range root.Fields {
			left[f.Name] = !strings.HasPrefix(f.Name, "__")
		}
	}
	for _, q := range questions {
		var body struct{ Query string }
		if q.path != "/graphql" {
			continue
		}
		if err := json.Unmarshal([]byte(q.body), &body); err != nil {
			t.Fatal(err)
		}
		document, err := parser.ParseQuery(&ast.Source{Name: q.Name, Input: body.Query})
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range document.Operations[0].SelectionSet {
			left[field.(*ast.Field).Name] = false
		}
	}
	maps.DeleteFunc(left, func(_ string, left bool) bool { return !left })
	return slices.Sorted(maps.Keys(left))
}
