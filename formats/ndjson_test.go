package formats_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/rabta/rabta/formats"
	"github.com/rabta/rabta/graph"
)

const (
	aSource = `{"id":"s_report","kind":"REPORT","title":"A report","type":"source"}`
	aGroup  = `{"id":"a-group","kind":"GROUP","names":[{"primary":true,"value":"A Group"}],"type":"entity"}`
	bGroup  = `{"id":"b-group","kind":"GROUP","names":[{"primary":true,"value":"B Group"}],"type":"entity"}`
	allies  = `{"hedge":"STATED","label":"C1","object":"b-group","predicate":"ALLIED_WITH",` +
		`"source":"s_report","subject":"a-group","type":"claim"}`
	status = `{"hedge":"STATED","label":"C2","predicate":"STATUS",` +
		`"source":"s_report","subject":"a-group","type":"claim","value":{"text":"active"}}`
	retract = `{"hedge":"STATED","predicate":"CONTRADICTS","object":"@C2",` +
		`"source":"s_report","subject":"@C1","type":"claim"}`
)

// lines joins lines of a file.
func lines(list ...string) string { return strings.Join(list, "\n") + "\n" }

// read reads and joins one file.
func read(text string) (formats.Input, error) {
	f, err := formats.ReadClaims(strings.NewReader(text), "in.ndjson")
	if err != nil {
		return formats.Input{}, err
	}
	return formats.Join(f)
}

// findings are what is wrong, as people read it, with its code.
func findings(t *testing.T, err error) []string {
	t.Helper()
	if err == nil {
		return nil
	}
	bad, ok := errors.AsType[*formats.FindingsError](err)
	if !ok {
		t.Fatalf("%v is no *FindingsError", err)
	}
	if !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("%v is no graph.ErrInvalid", err)
	}
	var out []string
	for _, f := range bad.Findings {
		if f.Message == "" || f.Remedy == "" {
			t.Errorf("%+v says nothing or no remedy", f)
		}
		out = append(out, fmt.Sprintf("%s:%d %s %s", f.File, f.Line, f.Field, f.Code))
	}
	return out
}

func TestReadKeepsOrderAndPlaces(t *testing.T) {
	in, err := read(lines(allies, "", aGroup, "  "+bGroup+" \r", aSource, status))
	if err != nil {
		t.Fatal(err)
	}
	var places []int
	for _, at := range in.At {
		places = append(places, at.Line)
	}
	if diff := cmp.Diff([]int{5, 3, 4, 1, 6}, places); diff != "" {
		t.Errorf("sources, entities and claims stand elsewhere (-want +got):\n%s", diff)
	}
	if got := in.Batch.Claims[1].Value.Text; got != "active" {
		t.Errorf("the second claim says %q", got)
	}
}

// TestReadHeaders: the header of an exported file is read over, in joined files too; what
// only looks like one is a finding.
func TestReadHeaders(t *testing.T) {
	const header = `{"type":"header","records":2,"leftOut":{"sources":0,"entities":0,"claims":0},"note":"..."}`
	in, err := read(lines(header, aSource, aGroup, header, status))
	if err != nil {
		t.Fatal(err)
	}
	if len(in.Batch.Sources) != 1 || len(in.Batch.Entities) != 1 || len(in.Batch.Claims) != 1 {
		t.Errorf("it reads as %d sources, %d entities, %d claims", len(in.Batch.Sources), len(in.Batch.Entities), len(in.Batch.Claims))
	}
	for _, line := range []string{`{"type":"Header"}`, `{"type":"header"`, `{"type":"header","type":"source"}`} {
		if _, err := read(lines(line, aSource)); err == nil {
			t.Errorf("%s is read over", line)
		}
	}
}

// Without a line end at the end, with one, with nothing in between, and after the mark
// of UTF-8: the same.
func TestReadEnds(t *testing.T) {
	for _, text := range []string{aSource, aSource + "\n", "\n\n" + aSource + "\r\n\r\n", "\ufeff" + aSource} {
		in, err := read(text)
		if err != nil || len(in.Batch.Sources) != 1 {
			t.Errorf("%q: %d sources, %v", text, len(in.Batch.Sources), err)
		}
	}
	if _, err := read(aSource + "\n\ufeff" + aGroup); !cmp.Equal(findings(t, err), []string{"in.ndjson:2 line BAD_JSON"}) {
		t.Errorf("the mark of UTF-8 within the file: %v", err)
	}
	if in, err := read(""); err != nil || len(in.At) != 0 {
		t.Errorf("an empty file: %v, %v", in, err)
	}
}

func TestFindings(t *testing.T) {
	with := func(line, old, new string) string {
		if !strings.Contains(line, old) {
			t.Fatalf("%q is not in %q", old, line)
		}
		return lines(aSource, aGroup, bGroup, strings.Replace(line, old, new, 1))
	}
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"cut off": {with(status, `"active"}}`, `"act`), []string{"4 line BAD_JSON"}},
		"no object": {
			lines(`["claim"]`, `7`, `"claim"`, `null`),
			[]string{"1 line BAD_JSON", "2 line BAD_JSON", "3 line BAD_JSON", "4 type UNKNOWN_TYPE"},
		},
		"two on a line":    {lines(aSource + aGroup), []string{"1 line BAD_JSON"}},
		"not UTF-8":        {with(status, "active", "act\xffive"), []string{"4 line INVALID_UTF8"}},
		"no type":          {lines(`{"id":"a"}`), []string{"1 type UNKNOWN_TYPE"}},
		"type is a number": {lines(`{"type":7}`), []string{"1 type WRONG_TYPE"}},
		"unknown type":     {with(status, `"claim"`, `"rumour"`), []string{"4 type UNKNOWN_TYPE"}},
		"unknown field":    {with(status, `"label"`, `"lable"`), []string{"4 lable UNKNOWN_FIELD"}},
		"wrong type":       {with(status, `"active"`, `7`), []string{"4 value.text WRONG_TYPE"}},
		"bad date":         {with(status, `"label"`, `"validFrom":"soon","label"`), []string{"4 validFrom BAD_DATE"}},
		"bad date at the end": {
			with(status, `"label"`, `"validFrom":"2004","validTo":"2004-13","label"`),
			[]string{"4 validTo BAD_DATE"},
		},
		"bad date of a value": {with(status, `"text":"active"`, `"date":"29/9/2023"`), []string{"4 value.date BAD_DATE"}},
		"bad date of a source": {
			lines(strings.Replace(aSource, `"title"`, `"published":"once","title"`, 1)),
			[]string{"1 published BAD_DATE"},
		},
		"no source": {with(status, `"source":"s_report",`, ``), []string{"4 source NO_SOURCE"}},
		"an id that is wrong": {
			with(status, `"label"`, `"id":"c_aaaaaaaaaaaaaaaaaaaaaaaaaa","label"`),
			[]string{"4 id WRONG_ID"},
		},
		"a label that is none's": {lines(aSource, aGroup, bGroup, allies, retract), []string{"5 object DANGLING_REFERENCE"}},
		"a label of two": {
			lines(aSource, aGroup, bGroup, retract, allies, status, strings.Replace(status, "active", "dormant", 1)),
			[]string{"4 object DANGLING_REFERENCE"},
		},
		"kind unknown": {lines(strings.Replace(aGroup, "GROUP", "CLUB", 1)), []string{"1 kind UNKNOWN_KIND"}},
		"too long": {
			lines(aSource, strings.Replace(aGroup, "A Group", strings.Repeat("x", 2<<20), 1), "{", bGroup),
			[]string{"2 line TOO_LONG", "3 line BAD_JSON"},
		},
		"several at once": {
			lines("{", aSource, "]", strings.Replace(aGroup, `"kind"`, `"kynd"`, 1)),
			[]string{"1 line BAD_JSON", "3 line BAD_JSON", "4 kynd UNKNOWN_FIELD"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := read(c.text)
			got := findings(t, err)
			want := make([]string, len(c.want))
			for i := range c.want {
				want[i] = "in.ndjson:" + c.want[i]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s%v", diff, err)
			}
		})
	}
}

func TestFindingAsText(t *testing.T) {
	_, err := read(lines(aSource, "{"))
	const want = "in.ndjson:2: line: it is not a JSON object: unexpected end of JSON input; write one object a line"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// A hopeless file is reported in part, and the rest is counted.
func TestFindingsAreBounded(t *testing.T) {
	_, err := read(strings.Repeat("{\n", 100_007))
	found := findings(t, err)
	if got, last := len(found), found[len(found)-1]; got != 100_001 || last != "in.ndjson:0 file MORE_FINDINGS" {
		t.Errorf("%d findings, the last %s", got, last)
	}
	const end = "file: 7 more lines are wrong and not listed; correct what is listed and try again"
	if !strings.HasSuffix(err.Error(), end) {
		t.Errorf("the last line is %q", err.Error()[strings.LastIndex(err.Error(), "\n")+1:])
	}
}

// A line of exactly the greatest length is read, one byte more is not.
func TestLongestLine(t *testing.T) {
	pad := strings.Repeat(" ", formats.MaxLine-len(aSource))
	if _, err := read(aSource + pad); err != nil {
		t.Errorf("the longest line: %v", err)
	}
	_, err := read(aSource + pad + " ")
	if diff := cmp.Diff([]string{"in.ndjson:1 line TOO_LONG"}, findings(t, err)); diff != "" {
		t.Error(diff)
	}
}

// An error of the reader is no finding about the file.
func TestReaderFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, err := formats.ReadClaims(iotest.ErrReader(broken), "in.ndjson")
	if !errors.Is(err, broken) || errors.Is(err, graph.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

// A record that stands in the files twice is kept once, where it first stood.
func TestDuplicates(t *testing.T) {
	spaced := strings.ReplaceAll(status, ":", ": ")
	first, _ := formats.ReadClaims(strings.NewReader(lines(aSource, aGroup, status, aSource, spaced)), "one")
	second, _ := formats.ReadClaims(strings.NewReader(lines(status, aGroup, bGroup)), "two")
	in, err := formats.Join(first, second)
	if err != nil {
		t.Fatal(err)
	}
	want := []formats.Position{
		{File: "one", Line: 1}, {File: "one", Line: 2}, {File: "two", Line: 3}, {File: "one", Line: 3},
	}
	if diff := cmp.Diff(want, in.At); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A claim about claims may come before them, in another file too.
func TestLabels(t *testing.T) {
	first, _ := formats.ReadClaims(strings.NewReader(lines(retract, aSource)), "one")
	second, _ := formats.ReadClaims(strings.NewReader(lines(allies, status, aGroup, bGroup)), "two")
	in, err := formats.Join(first, second)
	if err != nil {
		t.Fatal(err)
	}
	c := in.Batch.Claims
	if c[0].Subject != c[1].Normalised().ID || c[0].Object != c[2].Normalised().ID {
		t.Errorf("%s and %s are meant, not %s and %s", c[1].Normalised().ID, c[2].Normalised().ID, c[0].Subject, c[0].Object)
	}
}

// What a store refuses is told at the place of the record.
func TestExplain(t *testing.T) {
	in, err := read(lines(aSource, aGroup, bGroup, allies))
	if err != nil {
		t.Fatal(err)
	}
	at := func(record int, path string) error {
		p := graph.Problem{Code: "X", Record: record, Path: path, Message: "m", Remedy: "r"}
		return &graph.InvalidError{Problems: []graph.Problem{p}}
	}
	for want, err := range map[string]error{
		"in.ndjson:4: object: m; r": at(3, "claims[0].object"),
		"in.ndjson:1: kind: m; r":   at(0, "sources[0].kind"),
		"in.ndjson: batch: m; r":    at(-1, "batch"),
	} {
		if got := in.Explain(fmt.Errorf("apply: %w", err)); len(got) != 1 || got[0].String() != want {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	if got := in.Explain(graph.ErrUnavailable); got != nil {
		t.Errorf("an outage is no finding: %v", got)
	}
}

// FuzzReadClaims: whatever a file holds, reading it does not fail but by finding
// something, and what is accepted is the same after writing and reading it again.
func FuzzReadClaims(f *testing.F) {
	for _, seed := range []string{
		"", "{", aSource, lines(aSource, aGroup, bGroup, allies, status, retract), lines(status, aSource),
		`{"type":"claim","subject":"@C1","validFrom":"2004-03~/..","value":{"best":1e9,"circa":true}}`,
		`{"type":"entity","names":[{"value":"` + "\u202e" + `"}]}`, "null\n[]\n\xff",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		in, err := read(string(text))
		if err != nil {
			if len(findings(t, err)) == 0 {
				t.Errorf("an error without a finding: %v", err)
			}
			return
		}
		once := canonical(in.Batch)
		again, err := read(once)
		if err != nil {
			t.Fatalf("what was written is refused: %v\n%s", err, once)
		}
		if diff := cmp.Diff(once, canonical(again.Batch)); diff != "" {
			t.Errorf("(-once +twice):\n%s", diff)
		}
	})
}

// canonical is a batch in canonical form.
func canonical(b graph.Batch) string {
	var out []string
	for i := range b.Sources {
		out = append(out, string(graph.Encode(&b.Sources[i])))
	}
	for i := range b.Entities {
		out = append(out, string(graph.Encode(&b.Entities[i])))
	}
	for i := range b.Claims {
		out = append(out, string(graph.Encode(&b.Claims[i])))
	}
	return lines(out...)
}
