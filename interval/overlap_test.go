package interval

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/rabta/rabta/graph"
)

// TestOverlapsDayByDay: things held together on the days on which each may have held, and no
// day is lost or added.
func TestOverlapsDayByDay(t *testing.T) {
	several, none := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		var together Together
		days := Always
		for range rapid.IntRange(1, 5).Draw(t, "things") {
			list := Merge(drawn(t))
			if rapid.Bool().Draw(t, "short") {
				list = Merge(append(list[:min(1, len(list))], short(t), short(t)))
			}
			if len(list) == 0 {
				continue
			}
			on := Span(list)
			if rapid.IntRange(0, 3).Draw(t, "since") == 0 {
				together, on = together.Since(list), on.Onwards()
			} else {
				together = together.While(list)
			}
			for d := graph.Day(-2); d < 23; d++ {
				held := slices.ContainsFunc(list, func(i Interval) bool { return i.Bounds().Overlaps(graph.Span{Earliest: d, Latest: d}) })
				if held && !on.Has(d) {
					t.Fatalf("day %d of %s is not in %v", d, told(list), on)
				}
			}
			both := days.And(on)
			if days.Meet(on) != (len(both) > 0) || !days.Cover(both) || !on.Cover(both) || both.Cover(days) != slices.Equal(both, days) {
				t.Fatalf("%v and %v have %v in common", days, on, both)
			}
			days = both
		}
		overlaps := together.Overlaps()
		if days.IsAlways() && overlaps == nil {
			return
		}
		for d := graph.Day(-2); d < 23; d++ {
			in := slices.ContainsFunc(overlaps, func(o Overlap) bool { return o.From.Date.Earliest <= d && d <= o.To.Date.Latest })
			if in != days.Has(d) {
				t.Fatalf("day %d of %v, overlaps %+v", d, days, overlaps)
			}
		}
		for k, o := range overlaps {
			if k > 0 && overlaps[k-1].To.Date.Latest >= o.From.Date.Earliest {
				t.Fatalf("overlaps have days in common: %+v", overlaps)
			}
		}
		several += b2i(len(overlaps) > 1)
		none += b2i(len(overlaps) == 0)
	})
	if several == 0 || none == 0 {
		t.Errorf("%d have several overlaps, %d none: the test says little", several, none)
	}
}

// short is an interval of a few days.
func short(t *rapid.T) Interval {
	from := graph.Day(rapid.IntRange(0, 19).Draw(t, "from"))
	to := from + graph.Day(rapid.IntRange(0, 3).Draw(t, "days"))
	return Interval{From: graph.Span{Earliest: from, Latest: from}, To: graph.Span{Earliest: to, Latest: to}, FromGiven: true, ToGiven: true}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestEndsOfOverlaps: an end is what all give, it is open where one gives none, and it is none
// where none does.
func TestEndsOfOverlaps(t *testing.T) {
	end := func(e End) string {
		switch {
		case !e.Given:
			return "?"
		case e.Open:
			return graph.DateWithin(e.Date).EDTF + " or further in"
		}
		return graph.DateWithin(e.Date).EDTF
	}
	for _, c := range []struct {
		name           string
		whiles, sinces []string
		from, to       string
	}{
		{"all give both", []string{"2001>2010", "2004-05>2012"}, nil, "2004-05", "2010"},
		{"the ends lie in one year", []string{"2004>2010-06-01", "2004-05-01>2010"}, nil, "2004-05/2004-12", "2010-01/2010-06-01"},
		{"one gives no end", []string{"2001-01-01>2010-01-01", "2004-01-01>"}, nil, "2004-01-01", "2004/2010-01-01 or further in"},
		{"one gives no start", []string{"2001-01-01>2010-01-01", ">2008-01-01"}, nil, "2001/2008-01-01 or further in", "2008-01-01"},
		{"none gives an end", []string{"2001-01-01>", "2004-01-01>"}, nil, "2004-01-01", "?"},
		{"what came about ends nothing", []string{"2001-01-01>2010-01-01"}, []string{"2004-01-01>2005-01-01"}, "2004-01-01", "2010-01-01"},
		{"what came about alone", nil, []string{"2004-01-01>2005-01-01", "2003-01-01>"}, "2004-01-01", "?"},
	} {
		var together Together
		for _, text := range c.whiles {
			together = together.While(said(t, text))
		}
		for _, text := range c.sinces {
			together = together.Since(said(t, text))
		}
		got := together.Overlaps()
		if len(got) != 1 || end(got[0].From) != c.from || end(got[0].To) != c.to {
			t.Errorf("%s: %+v, from %s to %s", c.name, got, end(got[0].From), end(got[0].To))
		}
	}
}
