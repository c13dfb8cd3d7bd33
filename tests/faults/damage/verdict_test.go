package damage_test

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/rabta/rabta/tests/faults/program"
)

// question is one that a store is asked by a command, which prints all of the answer.
type question struct{ format, clearance string }

var formats = []string{"ndjson", "links.csv", "entities.csv"}

func (q question) ask(t *testing.T, s stored) program.Result {
	t.Helper()
	return program.Run(t, binary, "export", q.format, "--clearance", q.clearance, "--store", s.url(), "--seeds=false",
		"--include-assessments", "--include-denied", "--include-unjudged")
}

// What the store that nobody harmed says: answers, and the digest of its log.
var (
	answers     = map[question][]byte{}
	wholeDigest string
)

// whole is the answer of the store that nobody harmed.
func (q question) whole(t *testing.T) []byte {
	t.Helper()
	if answers[q] == nil {
		r := q.ask(t, closed)
		if r.Code != 0 || len(r.Stdout) < 100 {
			t.Fatalf("%v of the store that is whole: %d, %s", q, r.Code, r.Said())
		}
		answers[q] = r.Stdout
	}
	return answers[q]
}

// digest is what a backup says that the whole log comes to.
func digest(t *testing.T, s stored) (line string, r program.Result) {
	t.Helper()
	r = program.Run(t, binary, "backup", "-", "--store", s.url())
	return digestLine.FindString(r.Stderr), r
}

var (
	digestLine   = regexp.MustCompile(`(?m)^digest [0-9a-f]{64}$`)
	namesACommit = regexp.MustCompile(`\bcommits? \d+`)
)

// tally counts what became of damage.
type tally struct{ done, told, named int }

func (c *tally) log(t *testing.T) {
	t.Helper()
	t.Logf("%d done: %d told, %d of them with the commit; %d hit nothing that is read", c.done, c.told, c.named, c.done-c.told)
}

// judge has the program check a store that was harmed, and asks it. Either the harm is
// told, or every answer is that of before; and there is no answer beside it in any case.
func (c *tally) judge(t *testing.T, r *rand.Rand, s stored, harm string) (said string) {
	t.Helper()
	early := r.IntN(2) == 0
	if early {
		readsNothingElse(t, r, s, harm, false)
	}
	check := program.Run(t, binary, "check", "--store", s.url())
	c.done++
	switch check.Code {
	case 0:
		readsNothingElse(t, r, s, harm, true)
		if line, backup := digest(t, s); line != wholeDigest {
			t.Errorf("%s: nothing is said of it, and a backup ends with %d and %q: %s", harm, backup.Code, line, backup.Stderr)
		}
	case 3, 4:
		c.told++
		if said = check.Said(); !strings.Contains(said, "; ") {
			t.Errorf("%s: what is said of it has no remedy: %s", harm, said)
		}
		if namesACommit.MatchString(said) {
			c.named++
		}
		if !early {
			readsNothingElse(t, r, s, harm, false)
		}
	default:
		t.Errorf("%s: the check ends with %d: %s", harm, check.Code, check.Said())
	}
	return said
}

// readsNothingElse asks a store that was harmed: it answers as before, or, unless it must
// answer, not at all.
func readsNothingElse(t *testing.T, r *rand.Rand, s stored, harm string, must bool) {
	t.Helper()
	q := question{format: one(r, formats...), clearance: one(r, markings...)}
	got := q.ask(t, s)
	if (got.Code == 3 || got.Code == 4) && !must {
		if !strings.Contains(got.Stderr, "; ") {
			t.Errorf("%s: %v is refused without a remedy: %s", harm, q, got.Stderr)
		}
		return
	}
	if got.Code != 0 {
		t.Errorf("%s: %v ends with %d: %s", harm, q, got.Code, got.Stderr)
	} else if !bytes.Equal(got.Stdout, q.whole(t)) {
		t.Errorf("%s: a wrong read: %v gives\n%.3000s", harm, q, got.Stdout)
	}
}
