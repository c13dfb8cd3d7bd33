package interval

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
)

// said is what claims give, as "from > to" with "" for what nobody says.
func said(t interface{ Fatal(...any) }, list ...string) (out []Interval) {
	for i, text := range list {
		from, to, _ := strings.Cut(text, ">")
		c := graph.Claim{Hedge: graph.Stated}
		if err := errors.Join(c.ValidFrom.UnmarshalText([]byte(from)), c.ValidTo.UnmarshalText([]byte(to))); err != nil {
			t.Fatal(err)
		}
		e := graph.EvidenceOf(&c, new(graph.Source))
		e.Order = uint32(i)
		if is, ok := Of(&e); ok {
			out = append(out, is)
		}
	}
	return out
}

func told(list []Interval) string {
	var out []string
	for _, i := range list {
		from, to := "?", "?"
		if i.FromGiven || i.FromCut {
			from = graph.DateWithin(i.From).EDTF
		}
		if i.ToGiven || i.ToCut {
			to = graph.DateWithin(i.To).EDTF
		}
		out = append(out, fmt.Sprint(from, " to ", to, " ", i.Orders))
	}
	return strings.Join(out, "; ")
}

func span(t *testing.T, text string) graph.Span {
	t.Helper()
	d, err := graph.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return graph.Span{Earliest: d.Earliest, Latest: d.Latest}
}

func TestMerge(t *testing.T) {
	for _, c := range []struct {
		name        string
		said        []string
		held        string
		interrupted bool
	}{
		{"nothing said", []string{">", "../..>../.."}, "", false},
		{"a gap", []string{"2007>2014", "2020>"}, "2007 to 2014 [0]; 2020 to ? [1]", true},
		{"overlap", []string{"2012-05-01>2016-01-01", "2007-01-01>2014-01-01"}, "2007-01-01 to 2016-01-01 [0 1]", false},
		{"touch", []string{"2007-01-01>2014-01-01", "2014-01-02>2015-01-01"}, "2007-01-01 to 2015-01-01 [0 1]", false},
		{"a day between", []string{"2007-01-01>2014-01-01", "2014-01-03>2015-01-01"}, "2007-01-01 to 2014-01-01 [0]; 2014-01-03 to 2015-01-01 [1]", true},
		{"one span of many years is no gap and joins nothing", []string{"1989/2021>1989/2021", "1995-01-01>1996-01-01"}, "1989/2021 to 1989/2021 [0]; 1995-01-01 to 1996-01-01 [1]", false},
		{"two that say the same", []string{"1989/2021>1989/2021", "1989/2021>1989/2021"}, "1989/2021 to 1989/2021 [0 1]", false},
		{"an open start beside others", []string{">2014-06-01", "2010-01-01>2012-01-01", "2011-01-01>2015-01-01"}, "2010-01-01 to 2015-01-01 [0 1 2]", false},
		{"a start that is bounded at one side", []string{"/2011>2011", "2010>2012"}, "2010 to 2012 [0 1]", false},
		{"an end that is bounded at one side", []string{"2011>2011/..", "2010>2012"}, "2010 to 2012 [0 1]", false},
		{"when it was looked at, after another", []string{"/2014>2014/..", "2010>2012"}, "2010 to 2012 [1]; ../2014 to 2014/.. [0]", false},
		{"an open end is not for ever", []string{"2010-01-01>", "2012-01-01>2013-01-01"}, "2010-01-01 to ? [0]; 2012-01-01 to 2013-01-01 [1]", false},
		{"an end that another claim gives", []string{"2010-06-01>", "2010-01-01>2013-01-01"}, "2010-01-01 to 2013-01-01 [0 1]", false},
		{"an end, and held later", []string{"2013-01-02>", "2010-01-01>2013-01-01"}, "2010-01-01 to ? [0 1]", false},
		{"a vague start within", []string{"2007>2014", "2010~>"}, "2007 to 2014 [0 1]", false},
		{"a vague start that may lie behind", []string{"2007>2010", "2010~>"}, "2007 to 2010 [0]; 2009/2011 to ? [1]", false},
		{"one event, in two words", []string{"2008-01-18>", "2008>"}, "2008 to ? [0 1]", false},
	} {
		held := Merge(said(t, c.said...))
		if got := told(held); got != c.held || Interrupted(held) != c.interrupted {
			t.Errorf("%s: %s, interrupted %t, want %s", c.name, got, Interrupted(held), c.held)
		}
	}
}

func TestYears(t *testing.T) {
	for _, c := range []struct {
		said              string
		certain, possible string // years
		spans             bool
	}{
		{"2007>2009", "2007 2008 2009", "", false},
		{"2007-11/2008-02>2009", "2008 2009", "2007", false},
		{"2007>2008-12/2009-01", "2007 2008", "2009", false},
		{"1989/2021>1989/2021", "", "", true},
		{"/2017>2017/..", "2017", "", true},
		{"2018>", "2018", "", true},
		{">2018", "2018", "", true},
		{"2004/..>", "", "", true},
		{"2017-12~>", "", "2017 2018", true},
		{"2006/2008>2009", "2008 2009", "", true},
	} {
		i := said(t, c.said)[0]
		var certain, possible []string
		for y := 1980; y < 2030; y++ {
			switch i.Held(graph.Span{Earliest: graph.DayOf(y, 1, 1), Latest: graph.DayOf(y, 12, 31)}) {
			case Certain:
				certain = append(certain, fmt.Sprint(y))
			case Possible:
				possible = append(possible, fmt.Sprint(y))
			}
		}
		if strings.Join(certain, " ") != c.certain || strings.Join(possible, " ") != c.possible || i.Spans() != c.spans {
			t.Errorf("%s: certain in %v, possible in %v, spans %t", c.said, certain, possible, i.Spans())
		}
	}
}

// vital is a date with a credibility.
func vital(t *testing.T, text string, credibility uint8) Vital {
	return Vital{Date: span(t, text), Grade: Grade{Credibility: credibility}}
}

func TestLives(t *testing.T) {
	both := Cutting{Begin: true, End: true, Grade: Grade{Credibility: 3}}
	certainly, alone, better := both, both, both
	certainly.Certainly, alone.End, better.Grade.Credibility = true, false, 1
	born, died := []Vital{vital(t, "1970", 2), vital(t, "1950", 3)}, []Vital{vital(t, "2015-02", 2), vital(t, "2015-02-15", 2)}
	for _, c := range []struct {
		name  string
		lives Lives
		cut   Cutting
		want  string
	}{
		{"the best graded, at its widest", LifeOf(born, died), both, "1970-01-01/2015-02-28"},
		{"certainly", LifeOf(born, died), certainly, "1970-12-31/2015-02-01"},
		{"a beginning alone", LifeOf(born, died), alone, "1970-01-01/.."},
		{"worse than what it would cut", LifeOf(born, died), better, "../.."},
		{"an unknown end", LifeOf(born, nil), both, "1970-01-01/.."},
		{"nothing", LifeOf(nil, nil), both, "../.."},
		{"died before born", LifeOf(born, []Vital{vital(t, "1960", 2)}), both, "../.."},
		{"founded anew", LivesOf([]Vital{vital(t, "1985", 2), vital(t, "2009", 3)}, []Vital{vital(t, "2002", 2)}), both, "1985-01-01/2002-12-31 2009-01-01/.."},
		{"ended twice", LivesOf([]Vital{vital(t, "2009", 2)}, []Vital{vital(t, "2002", 2), vital(t, "2015", 2)}), both, "../2002-12-31 2009-01-01/2015-12-31"},
		{"two foundings of one life", LivesOf([]Vital{vital(t, "1996", 2), vital(t, "1995?", 3)}, nil), both, "1996-01-01/.."},
		{"a doubted founding anew closes no gap", LivesOf([]Vital{vital(t, "1985", 2), vital(t, "2020", 4)}, []Vital{vital(t, "2002", 2)}), both, "../.."},
	} {
		var got []string
		for _, s := range c.cut.Leaves(c.lives) {
			got = append(got, s.Earliest.String()+"/"+s.Latest.String())
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s: %s, want %s", c.name, g, c.want)
		}
		for day := graph.DayOf(1945, 1, 1); day < graph.DayOf(2025, 1, 1); day += 29 {
			if c.cut.Keeps(c.lives, day) != c.cut.Leaves(c.lives).Has(day) {
				t.Errorf("%s: %s is kept or left, not both", c.name, day)
			}
		}
	}
}

func TestCut(t *testing.T) {
	life := Days{span(t, "2009/2012"), span(t, "2015/..")}
	for text, want := range map[string]string{
		"2010>2011":   "2010 to 2011 [0]",
		"2008>2011":   "2009-01-01 to 2011 [0]",
		"2008>2008":   "",
		"2012>2016":   "2012 to 2012-12-31 [0]; 2015-01-01 to 2016 [0]",
		"2013-05>":    "2015-01-01 to ? [0]",
		"2010-05-01>": "2010-05-01 to 2010-05/2012 [0]; 2015-01-01 to ? [0]",
	} {
		if got := told(Cut(said(t, text), life)); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// drawn are some intervals within twenty days, or open at an end.
func drawn(t *rapid.T) []Interval {
	day := rapid.Int32Range(0, 19)
	var out []Interval
	for i := range rapid.IntRange(0, 5).Draw(t, "claims") {
		e := graph.Evidence{Order: uint32(i), From: graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenStart}, To: graph.Span{Earliest: graph.OpenEnd, Latest: graph.OpenEnd}}
		days := []int32{day.Draw(t, "a"), day.Draw(t, "b"), day.Draw(t, "c"), day.Draw(t, "d")}
		slices.Sort(days)
		if rapid.Bool().Draw(t, "from") {
			e.From = graph.Span{Earliest: graph.Day(days[0]), Latest: graph.Day(days[1])}
		}
		if rapid.Bool().Draw(t, "to") {
			e.To = graph.Span{Earliest: graph.Day(days[2]), Latest: graph.Day(days[3])}
		}
		if is, ok := Of(&e); ok {
			out = append(out, is)
		}
	}
	return out
}

// TestDayByDay: cutting leaves the days on which something may have held, merging adds none, and
// certainty is what all ways to put the ends agree on.
func TestDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawn(t)
		life := Days{{Earliest: 3, Latest: 8}, {Earliest: 12, Latest: graph.OpenEnd}}
		cut := Cut(slices.Clone(list), life)
		held := Merge(slices.Clone(cut))
		for d := graph.Day(-2); d < 23; d++ {
			day := graph.Span{Earliest: d, Latest: d}
			on := func(list []Interval, is func(i *Interval) bool) bool {
				return slices.ContainsFunc(list, func(i Interval) bool { return is(&i) })
			}
			may := func(i *Interval) bool { return i.Bounds().Overlaps(day) }
			if (on(list, may) && life.Has(d)) != on(cut, may) || on(held, may) && !on(cut, may) {
				t.Fatalf("day %d of %s, cut to %s, held in %s", d, told(list), told(cut), told(held))
			}
			for _, i := range list {
				if i.Held(day) != Certain {
					continue
				}
				for from := max(i.From.Earliest, -3); from <= min(i.From.Latest, 23); from++ {
					for to := max(from, i.To.Earliest, -3); to <= min(i.To.Latest, 23); to++ {
						if from > d || to < d {
							t.Fatalf("day %d of %s is certain, and it may be from %d to %d", d, told([]Interval{i}), from, to)
						}
					}
				}
			}
		}
	})
}
