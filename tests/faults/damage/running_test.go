package damage_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/rabta/rabta/tests/faults/program"
)

// replaced are what may happen to the files of a server that runs.
var replaced = []struct {
	name, words string
	harm        func(t *testing.T, s stored)
}{
	{"the log is deleted", "was removed", func(t *testing.T, s stored) { s.remove(t, walSuffix) }},
	{"an older file takes its place", "replaced", func(t *testing.T, s stored) { s.replaceBy(t, older) }},
	{"another store takes its place", "replaced", func(t *testing.T, s stored) { s.replaceBy(t, other) }},
	{"its own copy takes its place", "replaced", func(t *testing.T, s stored) { s.replaceBy(t, s) }},
	{"the file is removed", "removed", func(t *testing.T, s stored) { s.remove(t, "") }},
}

// replaceBy has a copy of another store's file take the name of this one's, as mv does.
func (s stored) replaceBy(t *testing.T, by stored) {
	t.Helper()
	from := by.copied(t)
	defer from.done()
	if err := os.Rename(from.path(), s.path()); err != nil {
		t.Fatal(err)
	}
}

// TestReplacedWhileRunning: a server whose file or log is replaced acknowledges nothing
// more, and answers from memory what it did. After it was killed, what it acknowledged is
// there, or is said to be missing.
func TestReplacedWhileRunning(t *testing.T) {
	world(t)
	for _, r := range replaced {
		t.Run(r.name, func(t *testing.T) {
			for range *swaps {
				s := killed.copied(t)
				server := program.Serve(t, binary, "--store", s.url(), "--seeds=false")
				replacedWhileRunning(t, s, server, func() { r.harm(t, s) }, r.words)
				s.done()
			}
		})
	}
}

func replacedWhileRunning(t *testing.T, s stored, server *program.Server, harm func(), words string) {
	t.Helper()
	var log program.Log
	if _, err := log.Send(server, http.DefaultClient, "before", "T"); err != nil {
		t.Fatal(err)
	}
	harm()
	_, err := log.Send(server, http.DefaultClient, "after", "T")
	wantUnavailable(t, err)
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("the write after it gives %v", err)
	}
	reason, err := server.Unready()
	if err != nil || !strings.Contains(reason, words) {
		t.Errorf("/readyz says %q, %v", reason, err)
	}
	log.Check(t, server) // from memory
	server.Kill()
	check := program.Run(t, binary, "check", "--store", s.url())
	switch check.Code {
	case 0:
		server := program.Serve(t, binary, "--store", s.url(), "--seeds=false")
		log.Check(t, server)
		server.Kill()
	case 3, 4:
		if !strings.Contains(check.Said(), "missing") && !strings.Contains(check.Said(), "not the store") &&
			!strings.Contains(check.Said(), "there is no file") {
			t.Errorf("the check of what is left says %s", check.Said())
		}
	default:
		t.Errorf("the check of what is left ends with %d: %s", check.Code, check.Said())
	}
}
