// Package inspector_test has GraphQL Inspector compare the schema with the one
// that was accepted last.
package inspector_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rabta/rabta/schema"
	"github.com/rabta/rabta/tests/judges"
)

// report is what diff.mjs prints.
type report struct {
	Errors  []string
	Changes []change
}

type change struct{ Level, Message, Path string }

const breaking = "BREAKING"

// breaks are the changes that may end a query which worked before.
func (r report) breaks() []string {
	var out []string
	for _, c := range r.Changes {
		if c.Level == breaking {
			out = append(out, c.Message)
		}
	}
	return out
}

func compare(t *testing.T, before, after string) report {
	t.Helper()
	judge := judges.Installed(t, "graphql-inspector")
	dir := t.TempDir()
	args := []string{filepath.Join(judge, "diff.mjs")}
	for name, text := range map[string]string{"before": before, "after": after} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args = append(args, filepath.Join(dir, "before"), filepath.Join(dir, "after"))
	var r report
	if err := json.Unmarshal(judges.Output(t, time.Minute, exec.Command("node", args...)), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func accepted(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(judges.Root(t), "schema", "snapshot.graphql"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestNothingBreaks: queries that worked against the accepted schema still do.
func TestNothingBreaks(t *testing.T) {
	r := compare(t, accepted(t), schema.SDL())
	if broken := r.breaks(); len(broken) > 0 {
		t.Errorf("the schema breaks queries that worked against schema/snapshot.graphql:\n  %s\n"+
			"Add beside the old and mark that @deprecated instead. To break it on purpose, say so: scripts/accept-schema --breaking",
			strings.Join(broken, "\n  "))
	}
	if len(r.Errors) > 0 {
		t.Errorf("graphql-js refuses the schema: %q", r.Errors)
	}
}

// TestBreaksAreSeen: the judge is awake.
func TestBreaksAreSeen(t *testing.T) {
	text := accepted(t)
	for _, c := range []struct{ name, from, to, level string }{
		{"a field is gone", "  storeAnswers: Boolean!\n", "", breaking},
		{"a field may be null", "  storeAnswers: Boolean!\n", "  storeAnswers: Boolean\n", breaking},
		{"an enum value is gone", "  CONDITIONAL\n", "", breaking},
		{"an enum value is new", "  CONDITIONAL\n", "  CONDITIONAL\n  SHOUTED\n", "DANGEROUS"},
		{"a field is new", "  storeAnswers: Boolean!\n", "  storeAnswers: Boolean!\n  more: Int\n", "NON_BREAKING"},
	} {
		t.Run(c.name, func(t *testing.T) {
			other := strings.Replace(text, c.from, c.to, 1)
			if other == text {
				t.Fatalf("the accepted schema does not hold %q; change the case", c.from)
			}
			r := compare(t, text, other)
			if !slices.ContainsFunc(r.Changes, func(found change) bool { return found.Level == c.level }) {
				t.Errorf("no change is %s: %v", c.level, r.Changes)
			}
		})
	}
}
