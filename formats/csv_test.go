package formats_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/formats"
)

// cells are a text and a list.
type cells struct {
	text string
	list []string
}

var table = formats.Texts(func(c cells) string { return c.text }, func(c cells) []string { return c.list })

// words are texts as they may come, and such as are meant to break a table.
var words = rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
	"", "=1+1", "'=x", "''=x", "'Abd al-Rahman", "@SUM(A1)", "-5", "+92 81", "\tx", "\rx", "\n=x", " =x",
	"a,b", `a"b`, "a;b", `a\;b`, `\`, "a\r\nb", "＝x", "اردو", "\x00",
}))

// TestCSV: what is written is read again as it was by a reader of RFC 4180.
func TestCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		row := formats.Row{Exact: rapid.Bool().Draw(t, "exact")}
		var want []cells
		for range rapid.IntRange(0, 4).Draw(t, "lines") {
			want = append(want, cells{words.Draw(t, "text"), rapid.SliceOfN(words, 0, 3).Draw(t, "list")})
		}
		table.Header(&row)
		for _, c := range want {
			table.Append(&row, c)
		}
		lines, err := csv.NewReader(strings.NewReader(string(row.Bytes()))).ReadAll()
		if err != nil {
			t.Fatalf("%v: %q", err, row.Bytes())
		}
		if len(lines) != len(want)+1 || lines[0][0] != "text" || lines[0][1] != "list" {
			t.Fatalf("%d lines are %q", len(want), row.Bytes())
		}
		for i, c := range want {
			undo := func(s string) string { return s }
			if !row.Exact {
				undo = formats.Unguard
			}
			got := lines[i+1]
			if text := undo(got[0]); text != asRead(c.text) {
				t.Fatalf("%q is read as %q", c.text, text)
			}
			list := split(got[1])
			if len(c.list) == 0 || len(c.list) == 1 && c.list[0] == "" {
				if got[1] != "" {
					t.Fatalf("no list is %q", got[1])
				}
				continue
			}
			if len(list) != len(c.list) {
				t.Fatalf("the list %q is read as %q", c.list, list)
			}
			for j := range list {
				if text := undo(list[j]); text != asRead(c.list[j]) {
					t.Fatalf("%q of a list is read as %q", c.list[j], text)
				}
			}
		}
	})
}

// asRead is a text as encoding/csv reads it, which takes CR LF for LF.
func asRead(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// split reads a list.
func split(s string) []string {
	out := []string{""}
	for i := 0; i < len(s); i++ {
		last := &out[len(out)-1]
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			*last += s[i : i+1]
		case s[i] == ';':
			out = append(out, "")
		default:
			*last += s[i : i+1]
		}
	}
	return out
}

// TestGuard: no text that a spreadsheet may take for a formula is left as it is, and
// no other is touched.
func TestGuard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := words.Draw(t, "text")
		var row formats.Row
		table.Append(&row, cells{text: s})
		lines, err := csv.NewReader(strings.NewReader(string(row.Bytes()))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		got := lines[0][0]
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "' "))
		harmful := strings.Trim(s, "' ") != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
		if harmful != (got != asRead(s)) || harmful && got[0] != '\'' {
			t.Fatalf("%q is written as %q", s, got)
		}
	})
	for _, s := range []string{"'Abd al-Rahman", "Jamaat-ul-Ahrar", "", "'", "is-k", "2004-03~", "a=b"} {
		var row formats.Row
		table.Append(&row, cells{text: s})
		if got := string(row.Bytes()); got != s+",\r\n" {
			t.Errorf("%q is written as %q", s, got)
		}
	}
}
