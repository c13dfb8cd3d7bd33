// Package linkkind adds a kind of link as a newcomer would, and runs the suites that a
// kind could break.
package linkkind

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	sentence = "The body guards the group."
	row      = `{Name: "GUARDS", From: bodies, To: kinds(Group), Bearing: BearingCooperation, ` +
		`Forward: "%sguards or guarded", Backward: "is or was %sguarded by", Doc: "` + sentence + `"},`
)

// TestAKindOfLinkIsALine: with a row in the table, and its word and sentence in the
// two enums of the schema, a kind of link is whole: no other list has to know it.
func TestAKindOfLinkIsALine(t *testing.T) {
	if testing.Short() {
		t.Skip("builds most of the tree anew")
	}
	tree := copied(t)
	word := "  \"" + sentence + "\"\n  GUARDS\n"
	tree.insert(t, "schema/vocabulary.graphqls", regexp.MustCompile(`(?m)^  POSSIBLY_SAME_AS\n`), word)
	// Generated before the row is there, from packages that are built already: what is generated is the
	// same, and what the row changes is built once and not twice.
	tree.run(t, "tool", "gqlgen", "generate")
	tree.insert(t, "graph/vocabulary.go", regexp.MustCompile(`(?m)^\t\{Name: PossiblySameAs, .*\n`), "\t"+row+"\n")
	for _, suite := range suites {
		tree.run(t, slices.Concat([]string{"test", quickly, "-vet", "off"}, suite)...)
	}
}

// suites are those that are quick and that a kind of link can break. Those that list
// the words for people are left out: their own commands write them anew.
var suites = [][]string{
	{"-short", "./graph", "./formats", "./seeds", "./live", "./resolvers", "./reconcile"},
	{"-short", "-run", "Dyad|Prose|Brokers|Requests|Kin|Signed|Balance", "./analysis"},
	{"-skip", "Snapshot", "./schema"},
	{"-run", "WordsAreWrittenOnce|FieldsOfAttributes", "."},
	{"-run", "^(TestCases|TestExamples)$/^memory$", "./e2e"},
	{"-run", "^TestFarEnds$", "./e2e"},
}

// quickly has the generated code, which is most of what is built anew, compiled as it
// stands: that takes half the time.
const quickly = "-gcflags=github.com/rabta/rabta/schema/generated=-N -l"

// tree is a copy of the module.
type tree string

// copied makes a copy, always in the same folder: what was built there before and is the
// same is not built again.
func copied(t *testing.T) tree {
	t.Helper()
	from, to := filepath.Join("..", ".."), filepath.Join("..", "..", ".cache", "linkkind")
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == ".cache" || d.Name() == "node_modules"):
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		case !d.Type().IsRegular():
			return nil
		}
		content, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), content, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree(to)
}

// insert adds text after each place that is meant.
func (c tree) insert(t *testing.T, name string, after *regexp.Regexp, text string) {
	t.Helper()
	path := filepath.Join(string(c), filepath.FromSlash(name))
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	added := func(found []byte) []byte { return slices.Concat(found, []byte(text)) }
	changed := after.ReplaceAllFunc(content, added)
	if len(changed) == len(content) {
		t.Fatalf("%s has no place for %q", name, text)
	}
	if err := os.WriteFile(path, changed, 0o600); err != nil {
		t.Fatal(err)
	}
}

// run runs a command of the go tool; to test nothing is a failure too.
func (c tree) run(t *testing.T, arguments ...string) {
	t.Helper()
	cmd := exec.Command("go", arguments...)
	cmd.Dir = string(c)
	out, err := cmd.CombinedOutput()
	if err != nil || strings.Contains(string(out), "[no tests to run]") {
		t.Fatalf("go %s: %v\n%s", strings.Join(arguments, " "), err, out)
	}
	spent := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	t.Logf("go %s: %v of the processor", strings.Join(arguments, " "), spent.Round(time.Second/10))
}
