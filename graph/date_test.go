package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	const plain, circa, uncertain, both = "", "~", "?", "%"
	for _, c := range []struct {
		in, earliest, latest string
		precision            Precision
		mark                 string
	}{
		{"2004", "2004-01-01", "2004-12-31", PrecisionYear, plain},
		{"0000", "0000-01-01", "0000-12-31", PrecisionYear, plain},
		{"-0044", "-0044-01-01", "-0044-12-31", PrecisionYear, plain},
		{"2004-03", "2004-03-01", "2004-03-31", PrecisionMonth, plain},
		{"2004-02", "2004-02-01", "2004-02-29", PrecisionMonth, plain},
		{"1900-02", "1900-02-01", "1900-02-28", PrecisionMonth, plain},
		{"2004-12", "2004-12-01", "2004-12-31", PrecisionMonth, plain},
		{"2004-03-02", "2004-03-02", "2004-03-02", PrecisionDay, plain},
		{"2000-02-29", "2000-02-29", "2000-02-29", PrecisionDay, plain},
		{"-0044-03-15", "-0044-03-15", "-0044-03-15", PrecisionDay, plain},
		{"2004~", "2003-01-01", "2005-12-31", PrecisionYear, circa},
		{"2004-03?", "2004-03-01", "2004-03-31", PrecisionMonth, uncertain},
		{"2023-09-29%", "2023-09-28", "2023-09-30", PrecisionDay, both},
		{"201X", "2010-01-01", "2019-12-31", PrecisionDecade, plain},
		{"201X~", "2000-01-01", "2029-12-31", PrecisionDecade, circa},
		{"20XX~", "1900-01-01", "2199-12-31", PrecisionRange, circa},
		{"2004-03~", "2004-02-01", "2004-04-30", PrecisionMonth, circa},
		{"2004-03-01~", "2004-02-29", "2004-03-02", PrecisionDay, circa},
		{"2004-XX~", "2003-01-01", "2005-12-31", PrecisionYear, circa},
		{"9999~", "9998-01-01", "9999-12-31", PrecisionYear, circa},
		{"XXXX~", "-9999-01-01", "9999-12-31", PrecisionUnknown, circa},
		{"-9999~", "-9999-01-01", "-9998-12-31", PrecisionYear, circa},
		{"2023-07~/2023-09~", "2023-06-01", "2023-10-31", PrecisionRange, circa},
		{"20XX", "2000-01-01", "2099-12-31", PrecisionRange, plain},
		{"2XXX", "2000-01-01", "2999-12-31", PrecisionRange, plain},
		{"XXXX", "0000-01-01", "9999-12-31", PrecisionUnknown, plain},
		{"-201X", "-2019-01-01", "-2010-12-31", PrecisionDecade, plain},
		{"2004-XX", "2004-01-01", "2004-12-31", PrecisionYear, plain},
		{"2004-XX-XX", "2004-01-01", "2004-12-31", PrecisionYear, plain},
		{"2004-03-XX", "2004-03-01", "2004-03-31", PrecisionMonth, plain},
		{"201X-XX", "2010-01-01", "2019-12-31", PrecisionDecade, plain},
		{"20XX-XX-XX", "2000-01-01", "2099-12-31", PrecisionRange, plain},
		{"2004-21", "2004-03-01", "2004-05-31", PrecisionRange, plain},
		{"2004-22", "2004-06-01", "2004-08-31", PrecisionRange, plain},
		{"2004-23", "2004-09-01", "2004-11-30", PrecisionRange, plain},
		{"2004-24", "2004-12-01", "2005-02-28", PrecisionRange, plain},
		{"2003-24~", "2003-09-01", "2004-05-31", PrecisionRange, circa},
		{"2016/2018", "2016-01-01", "2018-12-31", PrecisionRange, plain},
		{"2016-05/2016", "2016-05-01", "2016-12-31", PrecisionRange, plain},
		{"2016/2016-05", "2016-01-01", "2016-05-31", PrecisionRange, plain},
		{"2016-05-02/2016-05-08", "2016-05-02", "2016-05-08", PrecisionWeek, plain},
		{"2016-05-02/2016-05-02", "2016-05-02", "2016-05-02", PrecisionDay, plain},
		{"2016/..", "2016-01-01", "..", PrecisionAfter, plain},
		{"2016/", "2016-01-01", "..", PrecisionAfter, plain},
		{"../2016", "..", "2016-12-31", PrecisionBefore, plain},
		{"/2016", "..", "2016-12-31", PrecisionBefore, plain},
		{"../..", "..", "..", PrecisionUnknown, plain},
		{"/", "..", "..", PrecisionUnknown, plain},
		{"2016~/2018", "2015-01-01", "2018-12-31", PrecisionRange, circa},
		{"2016/2018?", "2016-01-01", "2018-12-31", PrecisionRange, uncertain},
		{"2016~/2018?", "2015-01-01", "2018-12-31", PrecisionRange, both},
		{"-0044/0014", "-0044-01-01", "0014-12-31", PrecisionRange, plain},
		{"201X/2020-21", "2010-01-01", "2020-05-31", PrecisionRange, plain},
	} {
		d, err := ParseDate(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.in, err)
			continue
		}
		if d.EDTF != c.in || d.String() != c.in || d.IsZero() {
			t.Errorf("%s: it reads back as %q", c.in, d)
		}
		got := []string{d.Earliest.String(), d.Latest.String(), string(d.Precision)}
		same(t, c.in, []string{c.earliest, c.latest, string(c.precision)}, got)
		if d.Circa != (c.mark == circa || c.mark == both) || d.Uncertain != (c.mark == uncertain || c.mark == both) {
			t.Errorf("%s: circa is %t and uncertain %t", c.in, d.Circa, d.Uncertain)
		}
		if (d.EarliestDay() == nil) != (c.earliest == "..") || (d.LatestDay() == nil) != (c.latest == "..") {
			t.Errorf("%s: the days are %v and %v", c.in, d.EarliestDay(), d.LatestDay())
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, in := range []string{
		"", " ", "?", "~", "%", "-", "--", ".", "..", "04", "204", "20040", "20040302", " 2004", "2004 ", "+2004", "--2004", "２００４",
		"2004-", "2004-00", "2004-13", "2004-20", "2004-25", "2004-3", "2004-003", "2004-1X", "2004-XX-05", "2004-21-05", "2004-21-XX",
		"2004-02-30", "1900-02-29", "2004-03-00", "2004-03-32", "2004-03-1X", "2004-03-2", "2004-03-02-01", "2004-03-02T10:00", "2004-W05",
		"2X04", "20X4", "X004", "201X-05", "201X-05-02", "201X-21", "Y17000", "1e10", "2018/2016", "2016-05/2016-04", "2016-05-02/2016-05-01",
		"2004/2005/2006", "..?/2004", "a/b", "2004//2005", "unknown", "2004~?", strings.Repeat("2", MaxDate+1), "2016/" + strings.Repeat("0", MaxDate),
		"2004\x00", "2004-03-02\n", "\xff\xfe\xfd\xfc",
	} {
		d, err := ParseDate(in)
		if err == nil {
			t.Errorf("%q is taken for a date from %s to %s", in, d.Earliest, d.Latest)
			continue
		}
		var invalid *InvalidError
		if !errors.As(err, &invalid) || !errors.Is(err, ErrInvalid) || invalid.Problems[0].Code != "BAD_DATE" || invalid.Problems[0].Remedy == "" {
			t.Errorf("%q: the error is %#v", in, err)
		}
		if !d.IsZero() {
			t.Errorf("%q: a date came with the error: %+v", in, d)
		}
	}
}

func TestDateAsText(t *testing.T) {
	var d PartialDate
	if err := d.UnmarshalText([]byte("2004-03~")); err != nil || d != mustDate("2004-03~") {
		t.Errorf("the date is %+v, %v", d, err)
	}
	if b, err := d.MarshalText(); err != nil || string(b) != "2004-03~" {
		t.Errorf("the text is %q, %v", b, err)
	}
	if err := d.UnmarshalText(nil); err != nil || !d.IsZero() {
		t.Errorf("no text gives %+v, %v", d, err)
	}
	if err := d.UnmarshalText([]byte("soon")); err == nil || !d.IsZero() {
		t.Errorf("bad text gives %+v, %v", d, err)
	}
	if d.EarliestDay() != nil || d.LatestDay() != nil {
		t.Error("a date that was not said has a day")
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2004", "2004-03-02", "-0044-03", "201X", "2004-24~", "2016/..", "/2004", "../..", "2004?/2006%", "XXXX-XX-XX", "2004-02-30", "~", "", "é/", "2004-13", "0000-01-01%"} {
		f.Add(s)
	}
	known := []Precision{PrecisionDay, PrecisionWeek, PrecisionMonth, PrecisionYear, PrecisionDecade, PrecisionRange, PrecisionBefore, PrecisionAfter, PrecisionUnknown}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDate(s)
		if err != nil {
			return
		}
		if d.Earliest > d.Latest {
			t.Errorf("%q begins on %s and ends on %s", s, d.Earliest, d.Latest)
		}
		if !slices.Contains(known, d.Precision) {
			t.Errorf("%q has the precision %q", s, d.Precision)
		}
		// About a day is from the day before it to the day after.
		if day := d.Latest-d.Earliest <= 2; d.Circa && d.Precision == PrecisionDay && !day ||
			!d.Circa && (d.Precision == PrecisionDay) != (d.Earliest == d.Latest) {
			t.Errorf("%q has the precision %s from %s to %s", s, d.Precision, d.Earliest, d.Latest)
		}
		if again, err := ParseDate(d.String()); err != nil || again != d {
			t.Errorf("%q reads as %+v, and again as %+v, %v", s, d, again, err)
		}
	})
}

// TestPlainDaysAreReadAsOthers: what is read at once is what is read part by part.
func TestPlainDaysAreReadAsOthers(t *testing.T) {
	plain := 0
	rapid.Check(t, func(t *rapid.T) {
		s := fmt.Sprintf("%04d-%02d-%02d", rapid.IntRange(0, 9999).Draw(t, "year"), rapid.IntRange(0, 13).Draw(t, "month"),
			rapid.IntRange(0, 32).Draw(t, "day"))
		if rapid.Bool().Draw(t, "none") {
			s = rapid.StringMatching(`[0-9X-]{10}`).Draw(t, "date")
		}
		got, ok := plainDay(s)
		if !ok {
			return
		}
		plain++
		if want, err := parsePoint(s); err != nil || got != want {
			t.Fatalf("%q is %+v, not %+v; %v", s, got, want, err)
		}
	})
	if plain == 0 {
		t.Error("no date was plain")
	}
}

func TestDay(t *testing.T) {
	if d := DayOf(1970, 1, 1); d != 0 || d.String() != "1970-01-01" {
		t.Errorf("the first day is %d, %s", d, d)
	}
	if d := DayOf(1969, 12, 31); d != -1 {
		t.Errorf("the day before is %d", d)
	}
	if OpenStart.String() != ".." || OpenEnd.String() != ".." || !OpenStart.Open() || !OpenEnd.Open() || Day(0).Open() {
		t.Error("an open day is taken for a day, or a day for an open one")
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Day(rapid.Int32Range(int32(DayOf(0, 1, 1)), int32(DayOf(9999, 12, 31))).Draw(t, "day"))
		if again, err := ParseDay(d.String()); err != nil || again != d {
			t.Fatalf("%s is read as %s, %v", d, again, err)
		}
		if u := d.Time(); DayOf(u.Year(), int(u.Month()), u.Day()) != d || (d+1).Time().Sub(u).Hours() != 24 {
			t.Fatalf("%s is at %s", d, u)
		}
	})
	for _, s := range []string{"", "2004", "2004-2-1", "2004-02-30", "2004-03-02 ", "soon"} {
		if d, err := ParseDay(s); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q is taken for %s, %v", s, d, err)
		}
	}
}

// TestDateWithin: a date that is known to lie within a span is written with no more digits than
// it needs, and means that span.
func TestDateWithin(t *testing.T) {
	day := func(s string) Day {
		switch s {
		case "":
			return OpenStart
		case "..":
			return OpenEnd
		}
		d, err := ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ from, to, want string }{
		{"1996-01-01", "2018-07-13", "1996/2018-07-13"},
		{"2015-01-10", "2023-10-31", "2015-01-10/2023-10"},
		{"2007-01-01", "2021-12-31", "2007/2021"},
		{"2018-01-01", "2018-12-31", "2018"},
		{"2018-02-01", "2018-02-28", "2018-02"},
		{"2018-01-01", "2018-01-15", "2018-01-01/2018-01-15"},
		{"2018-01-01", "2018-01-01", "2018-01-01"},
		{"2018-11-20", "2018-12-31", "2018-11-20/2018-12"},
		{"", "2018-12-31", "../2018"},
		{"2018-01-01", "..", "2018/.."},
		{"", "..", ""},
	} {
		if got := DateWithin(Span{day(c.from), day(c.to)}).EDTF; got != c.want {
			t.Errorf("from %s to %s is %s, not %s", c.from, c.to, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		from := Day(rapid.IntRange(-900_000, 30_000).Draw(t, "from"))
		s := Span{from, from + Day(rapid.IntRange(0, 4000).Draw(t, "days"))}
		if d := DateWithin(s); d.Earliest != s.Earliest || d.Latest != s.Latest {
			t.Fatalf("%s is from %s to %s, not from %s to %s", d.EDTF, d.Earliest, d.Latest, s.Earliest, s.Latest)
		}
	})
}
