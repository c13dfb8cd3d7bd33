package rabta_test

import (
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// unreachable are functions that the program never calls, and why they are there all
// the same.
var unreachable = map[string]string{
	"graph.Plan":                "tests of other packages plan batches without a store",
	"live.Following":            "tests and benchmarks serve a graph that they made",
	"graph.Subtypes":            "the test of the vocabulary goes through them",
	"schema/scalar.MarshalEDTF": "the schema's tool wants it beside UnmarshalEDTF; answers have no value of that scalar",
}

// deadFormat has a line for each function: the package, the name and the file.
const deadFormat = `{{range .Funcs}}{{$.Path}}.{{.Name}} {{.Position}}{{"\n"}}{{end}}`

// TestNothingIsDead: the program can reach every function of ours, but those in
// generated code and those in the list.
func TestNothingIsDead(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads the whole program, with all that it is built from")
	}
	sources(t) // so that a result is not kept when a file has changed
	t.Parallel()
	cmd := exec.Command("go", "tool", "deadcode", "-f", deadFormat, "./cmd/rabta")
	cmd.Env = append(os.Environ(), "GOGC=400") // it is done sooner than its memory fills
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("deadcode: %v\n%s", err, &problems)
	}
	left := maps.Clone(unreachable)
	for line := range strings.Lines(string(out)) {
		name, at, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(line, module)), " ")
		if name == "" {
			continue
		}
		if _, ok := left[name]; !ok {
			t.Errorf("%s: nothing calls %s: call it, delete it, or put it in the list with a reason", at, name)
		}
		delete(left, name)
	}
	for _, name := range slices.Sorted(maps.Keys(left)) {
		t.Errorf("%s is in the list and not unreachable: take it out", name)
	}
}
