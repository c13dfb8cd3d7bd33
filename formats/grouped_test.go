package formats_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/formats"
)

// grouped is what people read of what is wrong with a file.
func grouped(t *testing.T, text string) []string {
	t.Helper()
	_, err := read(text)
	bad, ok := errors.AsType[*formats.FindingsError](err)
	if !ok {
		t.Fatalf("%v is no *FindingsError", err)
	}
	return strings.Split(bad.Grouped(), "\n")
}

// claims are lines of claims with a hedge that all differ.
func claims(subject, hedge string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"hedge":"%s","object":"b-group","predicate":"ALLIED_WITH",`+
			`"source":"s_report","subject":"%s","type":"claim","validFrom":"%d"}`+"\n", hedge, subject, 1000+i)
	}
	return b.String()
}

// TestOneWrongWordIsOneLine: the same mistake in a thousand rows is told once, with how
// often it was made and where it comes first.
func TestOneWrongWordIsOneLine(t *testing.T) {
	text := lines(aSource, aGroup, bGroup) + claims("a-group", "STATD", 1000)
	got := grouped(t, text)
	if len(got) != 2 || got[1] != "1000 findings in all; --all-errors lists each" {
		t.Fatalf("%d lines: %.500q", len(got), got)
	}
	const prefix = `in.ndjson:4: hedge: "STATD" `
	const suffix = " (1000 times; also in.ndjson:5, in.ndjson:6, in.ndjson:7 and 996 more)"
	if !strings.HasPrefix(got[0], prefix) || !strings.HasSuffix(got[0], suffix) {
		t.Errorf("got %s", got[0])
	}
}

// TestManyWrongWordsAreAFewLines: of one mistake with many words the first are told, and
// the others counted.
func TestManyWrongWordsAreAFewLines(t *testing.T) {
	var text strings.Builder
	text.WriteString(lines(aSource, aGroup, bGroup))
	for i := range 40 {
		text.WriteString(claims("a-group", fmt.Sprintf("WORD%d", i), 2))
	}
	text.WriteString("{\n")
	got := grouped(t, text.String())
	if len(got) != 1 {
		t.Fatalf("a file that cannot be read is checked: %q", got)
	}
	got = grouped(t, strings.TrimSuffix(text.String(), "{\n"))
	var starts []string
	for _, line := range got {
		starts = append(starts, strings.Join(strings.SplitN(line, " ", 4)[:3], " "))
	}
	want := []string{
		`in.ndjson:4: hedge: "WORD0"`, `in.ndjson:6: hedge: "WORD1"`, `in.ndjson:8: hedge: "WORD2"`,
		`in.ndjson:10: hedge: "WORD3"`, `in.ndjson:12: hedge: "WORD4"`, "in.ndjson: hedge: the", "80 findings in",
	}
	if diff := cmp.Diff(want, starts); diff != "" {
		t.Fatalf("(-want +got):\n%s\n%s", diff, strings.Join(got, "\n"))
	}
	const rest = "in.ndjson: hedge: the same is wrong with 35 more values, 70 times; " +
		"first in.ndjson:14, in.ndjson:15, in.ndjson:16 and 67 more"
	if got[5] != rest || got[6] != "80 findings in all; --all-errors lists each" {
		t.Errorf("got\n%s\n%s", got[5], got[6])
	}
}

// TestFewFindingsAreAsTheyAre: what is wrong once is a line as ever, and nothing is added.
func TestFewFindingsAreAsTheyAre(t *testing.T) {
	_, err := read(lines(aSource) + claims("nobody else", "STATD", 1) + claims("a-group", "CLAIMD", 1))
	bad, ok := errors.AsType[*formats.FindingsError](err)
	if !ok || len(bad.Findings) < 3 {
		t.Fatalf("got %v", err)
	}
	if diff := cmp.Diff(err.Error(), bad.Grouped()); diff != "" {
		t.Errorf("(-all +grouped):\n%s", diff)
	}
}
