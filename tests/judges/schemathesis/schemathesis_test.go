// Package schemathesis_test has Schemathesis ask a running server whatever the
// schema allows, and some of what it does not.
package schemathesis_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/resolvers"
	"github.com/rabta/rabta/server"
	"github.com/rabta/rabta/tests/judges"
)

// codes are those that an answer to a well-meant or careless query may carry: all
// of the server's and the resolvers' but those which say that the server failed.
func codes(t *testing.T) string {
	t.Helper()
	list := []string{server.CodeInvalid, server.CodeValidation, server.CodeCost}
	for _, err := range []error{graph.NotFound("id", "x"), graph.Invalid("X", "x", "x", "x"), &graph.InvalidError{Conflict: true}, resolvers.ErrReadOnly} {
		code, _, _, ok := resolvers.Describe(err)
		if !ok {
			t.Fatalf("the error table does not know %v", err)
		}
		list = append(list, code)
	}
	return strings.Join(list, ",")
}

// ask runs Schemathesis with the same seed every time: a failure can be had again.
func ask(t *testing.T, judge, address, codes, examples string) (report string, ok bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), filepath.Join(judge, "venv", "bin", "python"), "-m", "schemathesis.cli",
		"run", address+"/graphql", "--checks", "typed_errors", "--max-examples", examples, "--seed", "1")
	cmd.Dir = judge
	cmd.Env = append(os.Environ(), "SCHEMATHESIS_HOOKS=hooks", "RABTA_CODES="+codes, "PYTHONDONTWRITEBYTECODE=1")
	return judges.Report(t, 5*time.Minute, cmd)
}

// TestJudgeSchemathesis asks each field of the roots some dozens of times.
func TestJudgeSchemathesis(t *testing.T) {
	judge := judges.Installed(t, "schemathesis")
	address, said := judges.Serve(t)
	report, ok := ask(t, judge, address, codes(t), "40")
	if !ok || !strings.Contains(report, " passed") {
		t.Errorf("Schemathesis found something:\n%s\nthe server said:\n%s", report, said())
	}
	for _, word := range []string{"panic", "internal error"} {
		if strings.Contains(said(), word) {
			t.Errorf("the server's log holds %q:\n%s", word, said())
		}
	}
	if report, ok := ask(t, judge, address, "NONE", "2"); ok || !strings.Contains(report, "typed_errors") {
		t.Errorf("where no code is allowed nothing was found: the check is blind:\n%s", report)
	}
}
