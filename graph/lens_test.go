package graph

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// evidence is what a lens asks of a claim with a hedge, graded B3, undated.
func evidence(change func(*Claim, *Source)) Evidence {
	c := Claim{Hedge: Reported, Credibility: 3, Polarity: Affirmed}
	s := Source{Reliability: "B", Published: mustDate("2023-10")}
	if change != nil {
		change(&c, &s)
	}
	return EvidenceOf(&c, &s)
}

func refuses(l Lens, e Evidence) ExclusionReason {
	j := l.Filter()
	return j.Excludes(&e)
}

// TestEachRule takes each rule alone: what the default lens does, and what one
// field of the lens changes.
func TestEachRule(t *testing.T) {
	graded := func(credibility int, letter Reliability) Evidence {
		return evidence(func(c *Claim, s *Source) { c.Credibility, s.Reliability = credibility, letter })
	}
	hedged := func(h Hedge) Evidence { return evidence(func(c *Claim, _ *Source) { c.Hedge = h }) }
	retracted, barred := evidence(nil), evidence(nil)
	retracted.Retracted, barred.Barred = true, true
	inferred := evidence(func(c *Claim, _ *Source) { c.Rule = "same-incident" })
	unpublished := evidence(func(_ *Claim, s *Source) { s.Published = PartialDate{} })
	dated := evidence(func(c *Claim, _ *Source) { c.ValidFrom, c.ValidTo = mustDate("2004"), mustDate("2006") })
	since := evidence(func(c *Claim, _ *Source) { c.ValidFrom = mustDate("2004-03") })
	until := evidence(func(c *Claim, _ *Source) { c.ValidTo = mustDate("2006~") })
	on := func(d string) Lens { return Lens{AsOf: ptr(mustDay(d))} }
	certain := func(d string) Lens { return Lens{AsOf: ptr(mustDay(d)), AsOfMode: ptr(Certain)} }
	floor := func(n int) Lens { return Lens{MinCredibility: &n} }
	letter := func(r Reliability) Lens { return Lens{MinReliability: &r} }
	const counts = ExclusionReason("")
	for _, c := range []struct {
		name string
		lens Lens
		e    Evidence
		want ExclusionReason
	}{
		{"a plain claim", Lens{}, evidence(nil), counts},
		{"what was retracted", Lens{}, retracted, WasRetracted},
		{"what a source says that is left out", Lens{}, barred, BySource},

		{"no floor: E", Lens{}, graded(3, "E"), counts},
		{"no floor: F", Lens{}, graded(3, "F"), counts},
		{"floor B: A", letter("B"), graded(3, "A"), counts},
		{"floor B: B", letter("B"), graded(3, "B"), counts},
		{"floor B: C", letter("B"), graded(3, "C"), ByReliability},
		{"floor B: F", letter("B"), graded(3, "F"), ByReliability},
		{"floor E: F", letter("E"), graded(3, "F"), ByReliability},
		{"floor F: E", letter("F"), graded(3, "E"), counts},
		{"floor F: F", letter("F"), graded(3, "F"), ByReliability},
		{"floor B with unjudged: F", Lens{MinReliability: ptr(Reliability("B")), IncludeUnjudged: ptr(true)}, graded(3, "F"), counts},
		{"floor B with unjudged: C", Lens{MinReliability: ptr(Reliability("B")), IncludeUnjudged: ptr(true)}, graded(3, "C"), ByReliability},
		{"a source without a letter", letter("E"), graded(3, ""), ByReliability},

		{"no floor: 5", Lens{}, graded(5, "B"), counts},
		{"no floor: 6", Lens{}, graded(6, "B"), counts},
		{"floor 2: 1", floor(2), graded(1, "B"), counts},
		{"floor 2: 2", floor(2), graded(2, "B"), counts},
		{"floor 2: 3", floor(2), graded(3, "B"), ByCredibility},
		{"floor 2: 6", floor(2), graded(6, "B"), ByCredibility},
		{"floor 5: 6", floor(5), graded(6, "B"), ByCredibility},
		{"floor 6: 5", floor(6), graded(5, "B"), counts},
		{"floor 6: 6", floor(6), graded(6, "B"), ByCredibility},
		{"floor 2 with unjudged: 6", Lens{MinCredibility: ptr(2), IncludeUnjudged: ptr(true)}, graded(6, "B"), counts},
		{"floor 2 with unjudged: 3", Lens{MinCredibility: ptr(2), IncludeUnjudged: ptr(true)}, graded(3, "B"), ByCredibility},

		{"hedges: one of them", Lens{Hedges: []Hedge{Stated, Reported}}, hedged(Reported), counts},
		{"hedges: none of them", Lens{Hedges: []Hedge{Stated, Reported}}, hedged(Alleged), ByHedge},
		{"hedges: the strongest", Lens{Hedges: []Hedge{Confirmed}}, hedged(Confirmed), counts},
		{"hedges: an empty list", Lens{Hedges: []Hedge{}}, hedged(Reported), ByHedge},
		{"an assessment", Lens{}, hedged(Assessment), IsAssessment},
		{"an assessment that is asked for", Lens{IncludeAssessments: ptr(true)}, hedged(Assessment), counts},
		{"an assessment that is asked not to be", Lens{IncludeAssessments: ptr(false)}, hedged(Assessment), IsAssessment},
		{"an assessment among hedges", Lens{Hedges: []Hedge{Assessment}}, hedged(Assessment), IsAssessment},

		{"an inferred claim", Lens{}, inferred, counts},
		{"an inferred claim that is not wanted", Lens{IncludeInferred: ptr(false)}, inferred, IsInferred},
		{"a claim that was read, without inferred ones", Lens{IncludeInferred: ptr(false)}, evidence(nil), counts},

		{"the day before", on("2003-12-31"), dated, ByDate},
		{"the first day", on("2004-01-01"), dated, counts},
		{"the last day", on("2006-12-31"), dated, counts},
		{"the day after", on("2007-01-01"), dated, ByDate},
		{"undated, on a day", on("2004-01-01"), evidence(nil), counts},
		{"without an end, much later", on("2030-01-01"), since, counts},
		{"without an end, before", on("2004-02-29"), since, ByDate},
		{"without a start, much earlier", on("1950-01-01"), until, counts},
		{"without a start, about then", on("2007-12-31"), until, counts},
		{"without a start, after", on("2008-01-01"), until, ByDate},
		{"certain: the first day", certain("2004-01-01"), dated, ByDate},
		{"certain: the end of the start", certain("2004-12-31"), dated, counts},
		{"certain: the start of the end", certain("2006-01-01"), dated, counts},
		{"certain: within the end", certain("2006-01-02"), dated, ByDate},
		{"certain: undated", certain("2004-12-31"), evidence(nil), ByDate},
		{"certain: without an end", certain("2030-01-01"), since, counts},
		{"certain: without a start", certain("1950-01-01"), until, counts},
		{"possible by name", Lens{AsOf: ptr(mustDay("2004-01-01")), AsOfMode: ptr(MayHold)}, dated, counts},

		{"published in that month", Lens{PublishedBy: ptr(mustDay("2023-10-01"))}, evidence(nil), counts},
		{"published later", Lens{PublishedBy: ptr(mustDay("2023-09-30"))}, evidence(nil), ByPublication},
		{"published who knows when", Lens{PublishedBy: ptr(mustDay("2023-10-01"))}, unpublished, ByPublication},
		{"published who knows when, no matter", Lens{}, unpublished, counts},
	} {
		if got := refuses(c.lens, c.e); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestReasonsComeInOrder gives a claim everything that can be wrong and mends one
// thing after the other.
func TestReasonsComeInOrder(t *testing.T) {
	lens := Lens{
		MinReliability: ptr(Reliability("B")), MinCredibility: ptr(2), Hedges: []Hedge{Reported, Assessment}, IncludeInferred: ptr(false),
		AsOf: ptr(mustDay("2020-01-01")), PublishedBy: ptr(mustDay("2020-01-01")),
	}
	e := evidence(func(c *Claim, s *Source) {
		c.Hedge, c.Credibility, c.Rule, c.ValidTo, s.Reliability = Stated, 5, "x", mustDate("2019"), "D"
	})
	e.Retracted, e.Barred = true, true
	for _, step := range []struct {
		want ExclusionReason
		mend func()
	}{
		{WasRetracted, func() { e.Retracted = false }},
		{BySource, func() { e.Barred = false }},
		{ByReliability, func() { e.Reliability = 0 }},
		{ByCredibility, func() { e.Credibility = 1 }},
		{ByHedge, func() { e.Hedge = Code(Hedges, Assessment) }},
		{IsAssessment, func() { e.Hedge = Code(Hedges, Reported) }},
		{IsInferred, func() { e.Inferred = false }},
		{ByDate, func() { e.To = Span{OpenEnd, OpenEnd} }},
		{ByPublication, func() { e.Published = 0 }},
		{"", func() {}},
	} {
		if got := refuses(lens, e); got != step.want {
			t.Fatalf("the reason is %q, want %q", got, step.want)
		}
		step.mend()
	}
	at := -1
	for _, r := range []ExclusionReason{WasRetracted, BySource, ByReliability, ByCredibility, ByHedge, IsAssessment, IsInferred, ByDate, ByPublication} {
		if i := slices.Index(ExclusionReasons, r); i <= at {
			t.Errorf("%s is listed out of order", r)
		} else {
			at = i
		}
	}
}

// window is a stretch of days with room for open ends on both sides.
const windowFrom, windowTo = -9, 19

// drawDate draws a date within the window: a day, a range, a half-open one, or
// none.
func drawDate(t *rapid.T, label string) PartialDate {
	day := func() Day { return Day(rapid.IntRange(0, 9).Draw(t, label)) }
	a, b := day(), day()
	if a > b {
		a, b = b, a
	}
	switch rapid.IntRange(0, 5).Draw(t, label+" form") {
	case 0:
		return PartialDate{}
	case 1:
		return mustDate(a.String())
	case 2:
		return mustDate(a.String() + "/..")
	case 3:
		return mustDate("../" + b.String())
	}
	return mustDate(a.String() + "/" + b.String())
}

// daysOf are all days that an end of a validity may lie on.
func daysOf(s Span) []Day {
	from, to := max(s.Earliest, windowFrom), min(s.Latest, windowTo)
	var out []Day
	for d := from; d <= to; d++ {
		out = append(out, d)
	}
	return out
}

// TestAsOfAgainstAllDays: a claim may hold on a day when some start and some end
// within its dates enclose it, and certainly holds when all of them do.
func TestAsOfAgainstAllDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Claim{Hedge: Reported, Credibility: 3, Polarity: Affirmed, ValidFrom: drawDate(t, "from"), ValidTo: drawDate(t, "to")}
		e := EvidenceOf(&c, &Source{})
		starts, ends := []Day{windowFrom}, []Day{windowTo}
		if !c.ValidFrom.IsZero() {
			starts = daysOf(Span{c.ValidFrom.Earliest, c.ValidFrom.Latest})
		}
		if !c.ValidTo.IsZero() {
			ends = daysOf(Span{c.ValidTo.Earliest, c.ValidTo.Latest})
		}
		for d := Day(windowFrom + 1); d < windowTo; d++ {
			some, all := false, !c.ValidFrom.IsZero() || !c.ValidTo.IsZero()
			for _, s := range starts {
				for _, e := range ends {
					holds := s <= d && d <= e
					some, all = some || holds, all && holds
				}
			}
			if got := refuses(Lens{AsOf: &d}, e) == ""; got != some {
				t.Fatalf("from %q to %q, on %s: it may hold: %t, want %t", c.ValidFrom, c.ValidTo, d, got, some)
			}
			if got := refuses(Lens{AsOf: &d, AsOfMode: ptr(Certain)}, e) == ""; got != all {
				t.Fatalf("from %q to %q, on %s: it certainly holds: %t, want %t", c.ValidFrom, c.ValidTo, d, got, all)
			}
		}
		same := c.Times()
		if want := (Span{e.From.Earliest, e.To.Latest}); same != want {
			t.Fatalf("the times are %v, want %v", same, want)
		}
	})
}

func drawEvidence(t *rapid.T) Evidence {
	c := Claim{
		Hedge: rapid.SampledFrom(Hedges).Draw(t, "hedge"), Credibility: rapid.IntRange(1, 6).Draw(t, "credibility"), Polarity: rapid.SampledFrom(Polarities).Draw(t, "polarity"),
		Marking: rapid.SampledFrom(Markings).Draw(t, "marking"), ValidFrom: drawDate(t, "from"), ValidTo: drawDate(t, "to"), Rule: rapid.SampledFrom([]string{"", "rule"}).Draw(t, "rule"),
	}
	s := Source{Reliability: rapid.SampledFrom(Reliabilities).Draw(t, "letter"), Published: drawDate(t, "published")}
	e := EvidenceOf(&c, &s)
	e.Retracted, e.Barred = rapid.IntRange(0, 9).Draw(t, "retracted") == 0, rapid.IntRange(0, 9).Draw(t, "barred") == 0
	return e
}

// TestTighterLensAdmitsLess: no condition that is added lets a claim through that
// was left out before, and no permission that is given leaves one out.
func TestTighterLensAdmitsLess(t *testing.T) {
	narrow := map[string]func(*Lens){
		"a floor of credibility": func(l *Lens) { l.MinCredibility = ptr(2) },
		"a floor of reliability": func(l *Lens) { l.MinReliability = ptr(Reliability("C")) },
		"hedges":                 func(l *Lens) { l.Hedges = []Hedge{Stated, Reported} },
		"a day":                  func(l *Lens) { l.AsOf = ptr(Day(5)) },
		"a certain day":          func(l *Lens) { l.AsOf, l.AsOfMode = ptr(Day(5)), ptr(Certain) },
		"a day of publication":   func(l *Lens) { l.PublishedBy = ptr(Day(5)) },
		"no inferred claims":     func(l *Lens) { l.IncludeInferred = ptr(false) },
		"no unjudged ones":       func(l *Lens) { l.IncludeUnjudged = ptr(false) },
		"no assessments":         func(l *Lens) { l.IncludeAssessments = ptr(false) },
	}
	rapid.Check(t, func(t *rapid.T) {
		wide := Lens{IncludeUnjudged: ptr(true), IncludeAssessments: ptr(true)}
		names := slices.Sorted(mapKeys(narrow))
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 3, rapid.ID).Draw(t, "before") {
			narrow[name](&wide)
		}
		tight := wide
		name := rapid.SampledFrom(names).Draw(t, "then")
		if wide.AsOf != nil && (name == "a day" || name == "a certain day") {
			t.Skip("a day takes the place of another, it does not come on top")
		}
		narrow[name](&tight)
		if e := drawEvidence(t); refuses(tight, e) == "" && refuses(wide, e) != "" {
			t.Fatalf("with %s on top, %+v counts; without it, it does not: %s", name, e, refuses(wide, e))
		}
	})
}

func mapKeys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func TestEvidence(t *testing.T) {
	c := Claim{Hedge: Alleged, Credibility: 4, Polarity: Denied, Marking: Clear, Rule: "r", ValidFrom: mustDate("2004"), ValidTo: mustDate("2006-05/..")}
	c.Seal = sealed(Amber)
	s := Source{Reliability: "C", Published: mustDate("2023")}
	same(t, "what is asked", Evidence{
		Hedge: 8, Polarity: 1, Reliability: 2, Marking: 2, Credibility: 4, Inferred: true, Published: DayOf(2023, 1, 1),
		From: Span{DayOf(2004, 1, 1), DayOf(2004, 12, 31)}, To: Span{DayOf(2006, 5, 1), OpenEnd},
	}, EvidenceOf(&c, &s))
	c, s = Claim{Hedge: Confirmed, Credibility: 1, Polarity: Affirmed, Marking: Clear}, Source{}
	same(t, "what is asked of a bare claim", Evidence{
		Reliability: 5, Credibility: 1, Undated: true, Published: OpenEnd, From: Span{OpenStart, OpenStart}, To: Span{OpenEnd, OpenEnd},
	}, EvidenceOf(&c, &s))
}

func TestMarkingLevels(t *testing.T) {
	for i, m := range Markings {
		if int(m.Level()) != i {
			t.Errorf("%s has the level %d", m, m.Level())
		}
	}
	for _, m := range []Marking{"", "WHITE", "red"} {
		if m.Level() <= Red.Level() {
			t.Errorf("the unknown label %q is not above every clearance", m)
		}
	}
}

func TestLensCheck(t *testing.T) {
	if err := (&Lens{}).Check(); err != nil {
		t.Errorf("the default lens: %v", err)
	}
	good := full[Lens]()
	good.MinCredibility, good.MinReliability, good.AsOfMode, good.Hedges = ptr(6), ptr(Unjudged), ptr(MayHold), Hedges
	good.SourceKinds = SourceKinds
	if err := good.Check(); err != nil {
		t.Errorf("a full lens: %v", err)
	}
	for _, c := range []struct {
		lens       Lens
		code, path string
	}{
		{Lens{MinCredibility: ptr(0)}, "OUT_OF_RANGE", "lens.minCredibility"},
		{Lens{MinCredibility: ptr(7)}, "OUT_OF_RANGE", "lens.minCredibility"},
		{Lens{SourceKinds: []SourceKind{ListKind, "LEAFLET"}}, "UNKNOWN_VALUE", "lens.sourceKinds[1]"},
		{Lens{MinIndependentSources: ptr(-1)}, "OUT_OF_RANGE", "lens.minIndependentSources"},
		{Lens{MinReliability: ptr(Reliability("G"))}, "UNKNOWN_VALUE", "lens.minReliability"},
		{Lens{MinReliability: ptr(Reliability(""))}, "UNKNOWN_VALUE", "lens.minReliability"},
		{Lens{AsOfMode: ptr(Certain)}, "NOT_TAKEN", "lens.asOfMode"},
		{Lens{AsOf: ptr(Day(0)), AsOfMode: ptr(AsOfMode("SURE"))}, "UNKNOWN_VALUE", "lens.asOfMode"},
	} {
		err := c.lens.Check()
		var invalid *InvalidError
		if !errors.As(err, &invalid) || !errors.Is(err, ErrInvalid) {
			t.Errorf("%s at %s: the error is %v", c.code, c.path, err)
			continue
		}
		if p := invalid.Problems[0]; p.Code != c.code || p.Path != c.path || p.Remedy == "" {
			t.Errorf("the problem is %+v, want %s at %s", p, c.code, c.path)
		}
	}
}

func TestShows(t *testing.T) {
	yes, no := ptr(true), ptr(false)
	got := ""
	for _, l := range []Lens{{}, {IncludeDisputed: yes, IncludeDenied: yes}, {IncludeDisputed: no, IncludeDenied: no}} {
		got += fmt.Sprintln(l.ShowsDisputed(), l.ShowsDenied())
	}
	if want := "true false\ntrue true\nfalse false\n"; got != want {
		t.Errorf("shown are %q, want %q", got, want)
	}
}

func BenchmarkRefuses(b *testing.B) {
	j, e := busyJudge()
	b.ReportAllocs()
	for b.Loop() {
		if j.Excludes(&e) != "" {
			b.Fatal("refused")
		}
	}
}

// busyJudge is a lens of which every condition must be looked at.
func busyJudge() (LensFilter, Evidence) {
	l := Lens{
		AsOf: ptr(Day(5)), AsOfMode: ptr(Certain), KnownAt: ptr(time.Unix(0, 0)), PublishedBy: ptr(Day(30_000)), MinCredibility: ptr(3), MinReliability: ptr(Reliability("C")),
		Hedges: []Hedge{Reported, Stated}, IncludeInferred: ptr(false),
	}
	return l.Filter(), evidence(func(c *Claim, _ *Source) { c.ValidFrom = mustDate("1960") })
}

func TestRefusesAllocatesNothing(t *testing.T) {
	j, e := busyJudge()
	if n := testing.AllocsPerRun(100, func() { j.Excludes(&e) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
