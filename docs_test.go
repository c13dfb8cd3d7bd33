package rabta_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/bulk"
	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/seeds"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/store/memory"
)

var update = flag.Bool("update", false, "write the parts of the documents that are made from the code")

// documents are the texts for people, by their path from the root.
func documents(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	walk(t, func(name string) {
		if path.Ext(name) == ".md" {
			found[name] = text(t, name)
		}
	})
	if found["README.md"] == "" {
		t.Fatal("there is no README.md")
	}
	return found
}

var (
	fence   = regexp.MustCompile("(?ms)^```.*?^```$")
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ +(.*)$`)
)

// TestLinksLeadSomewhere: every link from one document to a file or a heading of
// ours finds it.
func TestLinksLeadSomewhere(t *testing.T) {
	checked := 0
	for name, content := range documents(t) {
		for _, found := range link.FindAllStringSubmatch(fence.ReplaceAllString(content, ""), -1) {
			target, anchor, _ := strings.Cut(found[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			checked++
			file := name
			if target != "" {
				file = path.Join(path.Dir(name), target)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s leads to %s, which is not there", name, found[1])
				continue
			}
			if anchor != "" && !slices.Contains(anchors(text(t, file)), anchor) {
				t.Errorf("%s leads to %s, and %s has no such heading", name, found[1], file)
			}
		}
	}
	if checked < 20 {
		t.Errorf("only %d links found: the test looks in the wrong place", checked)
	}
}

// anchors are the headings of a document as links name them.
func anchors(content string) (out []string) {
	for _, h := range heading.FindAllStringSubmatch(fence.ReplaceAllString(content, ""), -1) {
		out = append(out, strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, h[1]))
	}
	return out
}

// block is a piece of code in a document.
type block struct{ language, code string }

var code = regexp.MustCompile("(?ms)^```([a-z]*)\n(.*?)^```$")

func blocks(content string) (out []block) {
	for _, found := range code.FindAllStringSubmatch(content, -1) {
		out = append(out, block{found[1], found[2]})
	}
	return out
}

// seeded serves the seeds from memory.
func seeded(t *testing.T) http.Handler {
	t.Helper()
	return seededServer(t, func(*server.Config) {})
}

// seededServer is seeded with another configuration.
func seededServer(t *testing.T, change func(*server.Config)) http.Handler {
	t.Helper()
	follower := live.NewFollower(memory.New(), graph.Clear, slog.New(slog.DiscardHandler))
	b, err := seeds.Batch()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := follower.Apply(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	config := server.Assemble(server.Service{Follower: follower, Store: "memory"})
	change(&config)
	s, err := server.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return s.Handler()
}

// answer is what the service says to a query.
func answer(t *testing.T, h http.Handler, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var indented bytes.Buffer
	if err := json.Indent(&indented, w.Body.Bytes(), "", "  "); err != nil {
		t.Fatalf("the answer is not JSON: %v: %s", err, w.Body)
	}
	return indented.String() + "\n"
}

// TestQueriesInDocuments: each query in a document is answered without errors,
// and as the document says where JSON follows it. With -update the answers are
// written.
func TestQueriesInDocuments(t *testing.T) {
	h := seeded(t)
	ran, compared := 0, 0
	for name, content := range documents(t) {
		list := blocks(content)
		for i, b := range list {
			if b.language != "graphql" {
				continue
			}
			ran++
			got := answer(t, h, b.code)
			if strings.Contains(got, `"errors"`) {
				t.Errorf("%s: the query\n%s\nis answered with\n%s", name, b.code, got)
			}
			if i+1 == len(list) || list[i+1].language != "json" {
				continue
			}
			compared++
			want := list[i+1].code
			if *update {
				content = strings.Replace(content, b.code+"```\n\n```json\n"+want, b.code+"```\n\n```json\n"+got, 1)
				write(t, name, content)
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: the answer is another one; look why, then run go test . -update (-document +service):\n%s", name, diff)
			}
		}
	}
	if ran < 3 || compared < 2 {
		t.Errorf("%d queries were run and %d answers compared: the test looks in the wrong place", ran, compared)
	}
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// between is what stands between two comments in a document; with -update it is
// replaced.
func between(t *testing.T, file, mark, want string) {
	t.Helper()
	begin, end := "<!-- "+mark+": made by go test . -update -->\n", "<!-- end of "+mark+" -->"
	content := text(t, file)
	from, to := strings.Index(content, begin), strings.Index(content, end)
	if from < 0 || to < from {
		t.Fatalf("%s has no part %q", file, mark)
	}
	from += len(begin)
	if *update {
		write(t, file, content[:from]+want+content[to:])
		return
	}
	if diff := cmp.Diff(want, content[from:to]); diff != "" {
		t.Errorf("%s: the part %q is not what the code says; run go test . -update (-code +document):\n%s", file, mark, diff)
	}
}

// TestVocabularyInDocument: the tables of predicates are the vocabulary.
func TestVocabularyInDocument(t *testing.T) {
	var links, attributes, remarks strings.Builder
	links.WriteString("| Kind | Bearing | From | To | What it says |\n| --- | --- | --- | --- | --- |\n")
	attributes.WriteString("| Attribute | Of | Takes | What it says |\n| --- | --- | --- | --- |\n")
	remarks.WriteString("| Predicate | About | What it says |\n| --- | --- | --- |\n")
	for _, p := range graph.Predicates() {
		switch {
		case p.IsLink():
			fmt.Fprintf(&links, "| `%s`%s | %s | %s | %s | %s |\n", p.Name, flags(p), bearings(p), kinds(p.From), kinds(p.To), p.Doc)
		case p.IsAttribute():
			fmt.Fprintf(&attributes, "| `%s` | %s | %s | %s |\n", p.Name, kinds(p.From), shapes[p.Shape], p.Doc)
		default:
			fmt.Fprintf(&remarks, "| `%s` | %s | %s |\n", p.Name, shapes[p.Shape], p.Doc)
		}
	}
	between(t, "docs/model.md", "links", links.String())
	between(t, "docs/model.md", "attributes", attributes.String())
	between(t, "docs/model.md", "remarks", remarks.String())
}

var shapes = map[graph.Shape]string{
	graph.ShapeText: "text", graph.ShapeDate: "date", graph.ShapeRange: "low, best, high, unit", graph.ShapeCasualties: "role, effect, low, best, high",
	graph.ShapePoint: "lat, lon, precision", graph.ShapeName: "text, lang, form, primary", graph.ShapeSubtype: "text",
	graph.ShapeClaim: "a claim", graph.ShapeClaimPair: "two claims", graph.ShapeSource: "a source", graph.ShapeMark: "a record",
	graph.ShapeRetirement: "an entity",
}

func flags(p graph.PredicateSpec) string {
	out := ""
	if p.Symmetric {
		out += " ~"
	}
	if p.Discriminator != "" {
		out += " (" + p.Discriminator + ")"
	}
	return out
}

func bearings(p graph.PredicateSpec) string {
	if p.Roles != nil {
		out := make([]string, len(p.Roles))
		for i, r := range p.Roles {
			out[i] = fmt.Sprintf("%s as %s", strings.ToLower(string(r.Bearing)), r.Name)
		}
		return strings.Join(out, ", ")
	}
	if p.Doing == "" {
		return strings.ToLower(string(p.Bearing))
	}
	return fmt.Sprintf("%s in a doer's role, else %s", strings.ToLower(string(p.Doing)), strings.ToLower(string(p.Bearing)))
}

func kinds(list []graph.EntityKind) string {
	if len(list) == len(graph.EntityKinds) {
		return "any"
	}
	out := make([]string, len(list))
	for i, k := range list {
		out[i] = strings.ToLower(string(k))
	}
	return strings.Join(out, ", ")
}

// TestHedgesInDocument: the table of hedges is that of the code.
func TestHedgesInDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("| Hedge | Credibility without another |\n| --- | --- |\n")
	for _, h := range graph.Hedges {
		fmt.Fprintf(&b, "| `%s` | %d |\n", h, h.DefaultCredibility())
	}
	between(t, "docs/model.md", "hedges", b.String())
}

// TestLimitsInDocument: the table of limits is that of the code.
func TestLimitsInDocument(t *testing.T) {
	var b strings.Builder
	b.WriteString("| Limit | Default |\n| --- | --- |\n")
	defaults := reflect.ValueOf(server.DefaultLimits())
	for i := range defaults.NumField() {
		name := []rune(defaults.Type().Field(i).Name)
		name[0] = unicode.ToLower(name[0])
		fmt.Fprintf(&b, "| `%s` | %d |\n", string(name), defaults.Field(i).Int())
	}
	between(t, "docs/graphql.md", "limits", b.String())
}

// TestExportsInDocument: the tables of docs/export.md are those of the code.
func TestExportsInDocument(t *testing.T) {
	var files, parameters strings.Builder
	files.WriteString("| File | Holds |\n| --- | --- |\n")
	for _, f := range formats.Exporters() {
		fmt.Fprintf(&files, "| `/export/%s` | %s |\n", f.File(), f.Description)
	}
	parameters.WriteString("| Parameter | Keeps |\n| --- | --- |\n")
	for _, c := range graph.LensConditions {
		fmt.Fprintf(&parameters, "| `%s` | %s |\n", c.Name, c.Doc)
	}
	for _, p := range bulk.Parameters {
		fmt.Fprintf(&parameters, "| `%s` | %s |\n", p.Name, p.Doc)
	}
	between(t, "docs/export.md", "files", files.String())
	between(t, "docs/export.md", "parameters", parameters.String())
	between(t, "docs/export.md", "link columns", columns(formats.LinkTable))
	between(t, "docs/export.md", "entity columns", columns(formats.EntityTable))
}

func columns[T any](table formats.Table[T]) string {
	var b strings.Builder
	b.WriteString("| Column | Holds |\n| --- | --- |\n")
	for _, c := range table {
		fmt.Fprintf(&b, "| `%s` | %s |\n", c.Name, c.Doc)
	}
	return b.String()
}

// TestCodesInDocument: docs/graphql.md names every code that an error may have.
func TestCodesInDocument(t *testing.T) {
	document := text(t, "docs/graphql.md")
	codes := append(stringsIn(t, "server/codes.go", "", isCode), stringsIn(t, "resolvers/errors.go", "", isCode)...)
	if len(codes) < 20 {
		t.Fatalf("only %d codes found: %q", len(codes), codes)
	}
	for _, c := range codes {
		if !strings.Contains(document, "`"+c+"`") {
			t.Errorf("docs/graphql.md does not name the code %s", c)
		}
	}
}

func isCode(s string) bool { return regexp.MustCompile(`^[A-Z][A-Z_]{3,}$`).MatchString(s) }

// TestNativeGraphInDocument: docs/neo4j.md names every property that the store
// writes beside its log.
func TestNativeGraphInDocument(t *testing.T) {
	document := text(t, "docs/neo4j.md")
	property := func(s string) bool { return regexp.MustCompile(`^[a-zA-Z]+$`).MatchString(s) }
	var names []string
	for _, part := range []struct{ file, name string }{
		{"store/neo4j/write.go", "sourceProperties"},
		{"store/neo4j/write.go", "entityProperties"},
		{"store/neo4j/write.go", "claimColumns"},
		{"store/neo4j/verify.go", "properties"},
	} {
		found := stringsIn(t, part.file, part.name, property)
		if len(found) < 5 {
			t.Errorf("only %q found in %s of %s: the test looks in the wrong place", found, part.name, part.file)
		}
		names = append(names, found...)
	}
	for _, name := range names {
		if !strings.Contains(document, "`"+name+"`") {
			t.Errorf("docs/neo4j.md does not name the property %s", name)
		}
	}
}

// stringsIn are the strings in the declaration of that name; "" is the whole file.
func stringsIn(t *testing.T, file, name string, keep func(string) bool) (out []string) {
	t.Helper()
	_, files := sources(t)
	for _, s := range files {
		if s.path != filepath.ToSlash(file) {
			continue
		}
		for _, d := range s.file.Decls {
			if name != "" && !declares(d, name) {
				continue
			}
			ast.Inspect(d, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok {
					if v, err := strconv.Unquote(lit.Value); err == nil && keep(v) {
						out = append(out, v)
					}
				}
				return true
			})
		}
	}
	return out
}

func declares(d ast.Decl, name string) bool {
	switch d := d.(type) {
	case *ast.FuncDecl:
		return d.Name.Name == name
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok && v.Names[0].Name == name {
				return true
			}
		}
	}
	return false
}
