package damage_test

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/rabta/rabta/tests/faults/program"
)

// exchanged are files that are removed, or replaced while nothing runs.
var exchanged = []struct {
	name string
	form *stored
	harm func(t *testing.T, s stored)
}{
	{"a log that is deleted", &killed, func(t *testing.T, s stored) { s.remove(t, walSuffix) }},
	{"a log that is older", &killed, func(t *testing.T, s stored) { older.put(t, walSuffix, s) }},
	{"an older log beside a file that was closed", &closed, func(t *testing.T, s stored) { older.put(t, walSuffix, s) }},
	{"an older file", &closed, func(t *testing.T, s stored) { older.put(t, "", s) }},
	{"an older file beside a newer log", &killed, func(t *testing.T, s stored) { older.put(t, "", s) }},
	{"an older file with its log", &closed, func(t *testing.T, s stored) { older.put(t, "", s); older.put(t, walSuffix, s) }},
	{"another store", &closed, func(t *testing.T, s stored) { other.put(t, "", s) }},
	{"another store beside a log", &killed, func(t *testing.T, s stored) { other.put(t, "", s) }},
	{"a file that is removed", &closed, func(t *testing.T, s stored) { s.remove(t, "") }},
	{"a file that is removed beside its log", &killed, func(t *testing.T, s stored) { s.remove(t, "") }},
	{"a file that is emptied", &closed, func(t *testing.T, s stored) {
		if err := os.Truncate(s.path(), 0); err != nil {
			t.Fatal(err)
		}
	}},
}

// TestExchangedFiles: a file that was removed or replaced is told, and a server on it says
// why it answers nothing.
func TestExchangedFiles(t *testing.T) {
	world(t)
	r := draws(t)
	var c tally
	for _, e := range exchanged {
		t.Run(e.name, func(t *testing.T) {
			s := e.form.copied(t)
			defer s.done()
			e.harm(t, s)
			if said := c.judge(t, r, s, e.name); said == "" {
				t.Error("nothing is said of it")
			}
			if reason := unready(t, s); !strings.Contains(reason, "; ") {
				t.Errorf("a server on it gives no reason with a remedy: %q", reason)
			}
		})
	}
	c.log(t)
}

// unready is what a server on a store says of why it answers nothing: it ends with that,
// or tells all who ask.
func unready(t *testing.T, s stored) (reason string) {
	t.Helper()
	server, err := program.Start(t, binary, "--store", s.url(), "--seeds=false")
	if err != nil {
		return err.Error()
	}
	defer server.Kill()
	if !program.Eventually(func() bool {
		var err error
		reason, err = server.Unready()
		return err == nil && reason != "" && !strings.Contains(reason, "is being loaded")
	}) {
		t.Fatal("the server is said to be ready")
	}
	for _, document := range []string{"{ revision { sequence } }", "{ sources(first: 1) { totalCount } }"} {
		err := server.Ask(http.DefaultClient, document, nil, nil)
		wantUnavailable(t, err)
	}
	_, err = server.Record(http.DefaultClient, program.Source("new", "T"))
	wantUnavailable(t, err)
	return reason
}

func wantUnavailable(t *testing.T, err error) {
	t.Helper()
	if answer, ok := errors.AsType[*program.AnswerError](err); !ok || answer.Code != "UNAVAILABLE" {
		t.Errorf("the answer is %v", err)
	}
}
