// Package rabta_test checks what holds for the tree as a whole: which package may
// know which, how files are kept, and that the documents say what is so.
package rabta_test

import (
	"bytes"
	"compress/gzip"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const module = "github.com/rabta/rabta/"

// arrows says what the packages of each folder, and of those below it, may import
// of ours. Tests may import anything but cmd. A folder that is not here is an
// error: decide where it stands, and say so in ARCHITECTURE.md too.
var arrows = map[string][]string{
	"aggregate":              {"figures", "graph", "incidents", "interval", "live", "names", "page", "work"},
	"algo":                   {"graph", "work"},
	"algo/algotest":          {"algo"},
	"algo/community":         {"algo", "work"},
	"algo/flip":              {},
	"algo/signed":            {"algo", "work"},
	"analysis":               {"algo", "algo/community", "algo/signed", "graph", "incidents", "interval", "live", "page", "work"},
	"backup":                 {"graph"},
	"bench":                  {},
	"bulk":                   {"formats", "graph", "live", "work"},
	"clients":                {},
	"cmd/rabta":              {"algo", "backup", "bulk", "exchange", "formats", "graph", "live", "machine", "redact", "schema", "seeds", "server", "store", "traces", "web", "web/examples", "work"},
	"e2e":                    {},
	"formats":                {"figures", "graph", "live"},
	"exchange":               {"graph", "merge"},
	"figures":                {"graph"},
	"filter":                 {"graph", "names"},
	"graph":                  {},
	"gazetteer":              {"graph", "names"},
	"hinge":                  {"algo/flip", "analysis", "graph", "live", "work"},
	"incidents":              {"figures", "graph", "live"},
	"machine":                {},
	"traces":                 {},
	"interval":               {"graph"},
	"live":                   {"figures", "filter", "gazetteer", "graph", "interval", "live/internal/fulltext", "merge", "names", "page", "work"},
	"live/internal/fulltext": {"names"},
	"merge":                  {"graph"},
	"names":                  {},
	"page":                   {"graph"},
	"redact":                 {"graph"},
	"reconcile":              {"analysis", "graph", "live", "names", "page", "work"},
	"resolvers":              {"aggregate", "algo", "analysis", "figures", "filter", "formats", "gazetteer", "graph", "hinge", "incidents", "live", "names", "page", "schema/generated", "work"},
	"schema":                 {},
	"schema/answer":          {},
	"schema/generated":       {"aggregate", "algo", "algo/signed", "analysis", "figures", "filter", "gazetteer", "graph", "hinge", "incidents", "live", "names", "page", "schema/answer", "schema/scalar"},
	"schema/gqlgen":          {},
	"schema/scalar":          {"analysis", "graph", "live"},
	"scripts":                {},
	"seeds":                  {"formats", "graph"},
	"server":                 {"analysis", "bulk", "clients", "formats", "graph", "live", "reconcile", "resolvers", "schema", "schema/generated", "web", "work"},
	"server/internal":        {},
	"server/internal/toy":    {"schema/answer"},
	"store":                  {"graph", "store/memory", "store/neo4j", "store/sqlite"},
	"store/memory":           {"graph", "merge"},
	"store/neo4j":            {"graph", "interval", "merge"},
	"store/sqlite":           {"graph", "merge"},
	"store/storetest":        {"exchange", "graph", "merge", "tests/raced"},
	"tests":                  {},
	"testdata":               {},
	"web":                    {},
	"web/examples":           {"web"},
	"work":                   {},
}

// others says which folders may import which modules of others; a module that is
// not here is for tests alone.
var others = map[string][]string{
	"github.com/99designs/gqlgen/":        {"schema", "resolvers", "server"},
	"github.com/vektah/gqlparser/":        {"schema", "resolvers", "server", "tests/older"},
	"github.com/neo4j/neo4j-go-driver/":   {"store/neo4j"},
	"modernc.org/sqlite":                  {"store/sqlite"},
	"golang.org/x/text/":                  {"graph", "live", "names", "formats"},
	"github.com/spf13/":                   {"cmd"},
	"github.com/goccy/go-yaml":            {"cmd", "formats"},
	"go.opentelemetry.io/":                {"server", "traces"},
	"google.golang.org/protobuf/":         {"traces"},
	"github.com/prometheus/":              {"server/internal/metrics"},
	"github.com/google/go-cmp/":           {"store/storetest"},
	"github.com/mozillazg/go-unidecode":   {"names"},     // scripts that names reads no letters of itself
	"github.com/mattn/go-isatty":          {"cmd/rabta"}, // whether there is a terminal to show progress on
	"github.com/go-json-experiment/json/": {"formats"},   // a key twice, half a character
	"golang.org/x/net/netutil":            {"server"},    // a cap on connections
	"pgregory.net/rapid":                  {"store/storetest"},
}

// graphqlTests are where tests may use gqlgen and gqlparser.
var graphqlTests = []string{"schema", "resolvers", "server", "web", "tests", "testdata", "e2e", "."}

// checkers are folders whose packages only test and measure: they may import what
// tests may.
var checkers = []string{"bench", "e2e", "tests"}

// source is one Go file of ours.
type source struct {
	folder, path string
	test         bool
	lines        int
	file         *ast.File
}

// hidden are folders that hold nothing of ours.
var hidden = []string{".git", ".cache", "node_modules"}

// walk calls f with every file of the tree, by its path from the root.
func walk(t *testing.T, f func(name string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && !os.IsNotExist(err):
			return err
		case slices.Contains(hidden, d.Name()):
			if d.IsDir() {
				return fs.SkipDir
			}
		case d.Type().IsRegular():
			f(filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var parsed struct {
	fset  *token.FileSet
	files []source
}

// sources parses all Go files but those that a tool writes, once for all tests.
func sources(t *testing.T) (*token.FileSet, []source) {
	t.Helper()
	if parsed.files != nil {
		return parsed.fset, parsed.files
	}
	fset := token.NewFileSet()
	var out []source
	walk(t, func(name string) {
		folder := path.Dir(name)
		if path.Ext(name) != ".go" || path.Base(folder) == "generated" {
			return
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, source{folder, name, strings.HasSuffix(name, "_test.go"), bytes.Count(text, []byte("\n")), file})
	})
	if len(out) < 100 {
		t.Fatalf("only %d Go files found: the walk looks in the wrong place", len(out))
	}
	parsed.fset, parsed.files = fset, out
	return fset, out
}

// nearest is the row of a table for a folder: its own or that of the nearest
// folder above it.
func nearest[V any](table map[string]V, folder string) (row string, ok bool) {
	for ; folder != "."; folder = path.Dir(folder) {
		if _, ok := table[folder]; ok {
			return folder, true
		}
	}
	return "", false
}

// within reports whether a folder is one of the list or lies below one.
func within(folder string, list []string) bool {
	return slices.ContainsFunc(list, func(f string) bool { return folder == f || strings.HasPrefix(folder, f+"/") })
}

func TestImports(t *testing.T) {
	_, files := sources(t)
	for _, s := range files {
		row, known := nearest(arrows, s.folder)
		if !known && s.folder != "." {
			t.Errorf("%s: the folder %s stands nowhere; add it to the arrows in arch_test.go and to ARCHITECTURE.md", s.path, s.folder)
			continue
		}
		for _, spec := range s.file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			if own, ok := strings.CutPrefix(imported, module); ok {
				ownImport(t, s, row, own)
			} else if strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") {
				foreignImport(t, s, imported)
			}
		}
	}
}

func ownImport(t *testing.T, s source, row, imported string) {
	t.Helper()
	switch {
	case within(imported, []string{"cmd"}):
		t.Errorf("%s imports %s: nothing imports cmd", s.path, imported)
	case s.test, within(s.folder, checkers):
	case strings.HasPrefix(imported, row+"/"), slices.Contains(arrows[row], imported):
	default:
		t.Errorf("%s imports %s; %s may import %q", s.path, imported, row, arrows[row])
	}
}

func foreignImport(t *testing.T, s source, imported string) {
	t.Helper()
	for prefix, folders := range others {
		if !strings.HasPrefix(imported, prefix) {
			continue
		}
		graphql := strings.Contains(prefix, "gqlgen") || strings.Contains(prefix, "gqlparser")
		switch {
		case within(s.folder, folders):
		case s.test && (!graphql || within(s.folder, graphqlTests)):
		default:
			t.Errorf("%s imports %s; only %q may", s.path, imported, folders)
		}
		return
	}
	if !s.test && !within(s.folder, checkers) {
		t.Errorf("%s imports %s, which no folder may but in tests; add it to the table in arch_test.go with a reason", s.path, imported)
	}
}

// TestFieldsHaveNoMiddleware: most fields are read where their value stands, and what gqlgen would call around them is
// never called (see schema/gqlgen).
func TestFieldsHaveNoMiddleware(t *testing.T) {
	around := []string{"AroundFields", "InterceptField", "FieldInterceptor", "MarkNonNull"}
	_, files := sources(t)
	for _, s := range files {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if name, ok := n.(*ast.Ident); ok && slices.Contains(around, name.Name) {
				t.Errorf("%s: %s does nothing for the fields that schema/gqlgen rewrites", s.path, name.Name)
			}
			return true
		})
	}
}

func TestFilesAreShort(t *testing.T) {
	const most = 600
	_, files := sources(t)
	for _, s := range files {
		if s.lines > most {
			t.Errorf("%s has %d lines, at most %d are kept: split it by what it holds", s.path, s.lines, most)
		}
	}
}

// TestFoldersAreSmall: a folder can be taken in at a glance. Resolvers are one file for
// each file of the schema, however many those are.
func TestFoldersAreSmall(t *testing.T) {
	const most = 30
	_, files := sources(t)
	count := map[string]int{}
	for _, s := range files {
		if !s.test && !strings.HasSuffix(s.path, ".resolvers.go") {
			count[s.folder]++
		}
	}
	for folder, n := range count {
		if n > most {
			t.Errorf("%s has %d Go files, at most %d are kept: make a folder of what belongs together", folder, n, most)
		}
	}
}

func TestPackagesAreDescribed(t *testing.T) {
	_, files := sources(t)
	described := map[string]bool{}
	for _, s := range files {
		described[s.folder] = described[s.folder] || s.file.Doc != nil
	}
	for folder, ok := range described {
		if !ok {
			t.Errorf("the package in %s has no comment that says what it is", folder)
		}
	}
}

// TestExportedNamesAreDescribed: a name in a group is described by the group's
// comment too. Methods that the schema's tool writes the heads of are left out.
func TestExportedNamesAreDescribed(t *testing.T) {
	fset, files := sources(t)
	for _, s := range files {
		if s.test || strings.HasSuffix(s.path, ".resolvers.go") || within(s.folder, []string{"server/internal/toy"}) {
			continue
		}
		for _, name := range undescribed(s.file) {
			t.Errorf("%s: %s has no comment", fset.Position(name.Pos()), name.Name)
		}
	}
}

// undescribed are the exported names of a file that no comment describes.
func undescribed(file *ast.File) (out []*ast.Ident) {
	add := func(name *ast.Ident, comments ...*ast.CommentGroup) {
		if name.IsExported() && !slices.ContainsFunc(comments, func(c *ast.CommentGroup) bool { return c != nil }) {
			out = append(out, name)
		}
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if exportedReceiver(d) {
				add(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					add(spec.Name, d.Doc, spec.Doc, spec.Comment)
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						add(name, d.Doc, spec.Doc, spec.Comment)
					}
				}
			}
		}
	}
	return out
}

// exportedReceiver reports whether a function is no method, or one of a type that
// others can name. Methods that a standard interface names (Error, Unwrap, Write,
// String, Less, Len, Swap) say what they do by their name.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	switch d.Name.Name {
	case "Error", "Unwrap", "Write", "String", "Len", "Less", "Swap", "ServeHTTP":
		return false
	}
	kind := d.Recv.List[0].Type
	for {
		switch k := kind.(type) {
		case *ast.StarExpr:
			kind = k.X
		case *ast.IndexExpr:
			kind = k.X
		case *ast.IndexListExpr:
			kind = k.X
		case *ast.Ident:
			return k.IsExported()
		default:
			return true
		}
	}
}

// text is a file's content as text: unpacked if it is packed, "" if it is no text.
func text(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if path.Ext(name) == ".gz" {
		r, err := gzip.NewReader(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if content, err = io.ReadAll(r); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if !utf8.Valid(content) || bytes.IndexByte(content, 0) >= 0 {
		return ""
	}
	return string(content)
}

// TestGeneratedCodeStandsApart: what a tool writes is in folders of that name.
func TestGeneratedCodeStandsApart(t *testing.T) {
	const mark = "DO NOT" + " EDIT"
	seen := 0
	walk(t, func(name string) {
		if path.Ext(name) == ".gz" || !strings.Contains(text(t, name), mark) {
			return
		}
		seen++
		if path.Base(path.Dir(name)) != "generated" {
			t.Errorf("%s says %q and is not in a folder named generated", name, mark)
		}
	})
	if seen == 0 {
		t.Error("no generated file found: the test is blind")
	}
}

// hosts are registries, and what collects the reports of programs. They are
// written in two parts, so that this file does not name them.
var hosts = []string{
	"registry.npm" + "js.org", "registry.yarn" + "pkg.com", "proxy.go" + "lang.org", "sum.go" + "lang.org",
	"files.python" + "hosted.org", "py" + "pi.org", "repo.maven" + ".apache.org", "repo1.maven" + ".org",
	"google-" + "analytics.com", "googletag" + "manager.com", "sentry" + ".io", "seg" + "ment.io", "seg" + "ment.com/v1",
	"post" + "hog.com", "mix" + "panel.com", "ampli" + "tude.com",
}

// places are folders that one machine has; a path in one of them starts after a
// space, a quote or a bracket and goes on with a name.
var (
	places = []string{"/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/"}
	inside = regexp.MustCompile(`^(?:[\s"'=(]|^)/[a-zA-Z]+/[\w.]`)
)

// strangers are the hosts and the places that a text names.
func strangers(text string, hosts []string) (found []string) {
	for _, host := range hosts {
		if strings.Contains(text, host) {
			found = append(found, host)
		}
	}
	for _, place := range places {
		for at, rest := 0, text; ; {
			i := strings.Index(rest, place)
			if i < 0 {
				break
			}
			at += i
			if part := text[max(0, at-1):min(len(text), at+len(place)+1)]; inside.MatchString(part) {
				found = append(found, part)
			}
			at += len(place)
			rest = text[at:]
		}
	}
	return found
}

// TestNoStrangers: the tree names no machine, registry or collector of reports,
// nor the mirrors that this machine is set up to use.
func TestNoStrangers(t *testing.T) {
	unwanted := append(mirrors(), hosts...)
	walk(t, func(name string) {
		for _, found := range strangers(text(t, name), unwanted) {
			t.Errorf("%s names %q", name, strings.TrimSpace(found))
		}
	})
	for _, sample := range []string{`"https://` + hosts[0] + `/x"`, " " + places[2] + "somebody/x", places[0] + "x", "a=" + places[1] + "x"} {
		if len(strangers(sample, hosts)) != 1 {
			t.Errorf("nothing is found in %q: the test is blind", sample)
		}
	}
	if found := strangers("https://example.org"+places[0]+"x", hosts); len(found) > 0 {
		t.Errorf("%q is taken for a folder", found)
	}
}

// mirrors are the hosts that this machine fetches packages from.
func mirrors() (names []string) {
	for _, variable := range []string{"GOPROXY", "npm_config_registry", "NPM_CONFIG_REGISTRY", "PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX"} {
		for _, address := range strings.FieldsFunc(os.Getenv(variable), func(r rune) bool { return r == ',' || r == '|' }) {
			if u, err := url.Parse(address); err == nil && u.Hostname() != "" {
				names = append(names, u.Hostname())
			}
		}
	}
	return names
}
