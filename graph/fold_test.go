package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// told is evidence of a polarity and hedge, in some order of the feed.
func told(order uint32, p Polarity, h Hedge) Evidence {
	c := Claim{Hedge: h, Polarity: p, Credibility: h.DefaultCredibility()}
	e := EvidenceOf(&c, &Source{Reliability: "B"})
	e.Order = order
	return e
}

func foldOf(list ...Evidence) *Fold {
	f := new(Fold)
	for _, e := range list {
		f.Add(e)
	}
	return f
}

// weighed is the fold of claims of which those that deny are set against those that affirm,
// and so is something else against all that affirm.
func weighed(others []Objection, list ...Evidence) *Fold {
	f := foldOf(list...)
	for _, e := range list {
		if Polarities[e.Polarity] != Affirmed {
			continue
		}
		against := slices.Clone(others)
		for _, by := range list {
			if Polarities[by.Polarity] == Denied && by.MayOverlap(&e) {
				against = append(against, Objection{Evidence: by})
			}
		}
		if len(against) > 0 {
			f.Weigh(&e, against)
		}
	}
	return f
}

// TestStatus is the table of the fold: which claims make which link.
func TestStatus(t *testing.T) {
	a := func(h Hedge) Evidence { return told(1, Affirmed, h) }
	ruled := a(Stated)
	ruled.Inferred = true
	denied, none := told(2, Denied, Confirmed), told(3, NoEvidence, Confirmed)
	any2, any1 := ptr(2), ptr(1)
	for _, c := range []struct {
		name   string
		claims []Evidence
		lens   Lens
		status LinkStatus
		hidden ExclusionReason
	}{
		{"nothing", nil, Lens{}, "", ""},
		{"no evidence", []Evidence{none}, Lens{IncludeDenied: ptr(true)}, "", ""},
		{"confirmed", []Evidence{a(Confirmed)}, Lens{}, StatusAsserted, ""},
		{"stated", []Evidence{a(Stated)}, Lens{}, StatusAsserted, ""},
		{"official", []Evidence{a(Official)}, Lens{}, StatusAsserted, ""},
		{"claimed by the actor", []Evidence{a(ClaimedByActor)}, Lens{}, StatusReported, ""},
		{"reported", []Evidence{a(Reported), none}, Lens{}, StatusReported, ""},
		{"alleged and stated", []Evidence{a(Alleged), a(Stated)}, Lens{}, StatusAsserted, ""},
		{"an assessment", []Evidence{a(Assessment)}, Lens{}, StatusReported, ""},
		{"inferred", []Evidence{ruled, ruled}, Lens{}, StatusInferred, ""},
		{"inferred and reported", []Evidence{ruled, a(Reported)}, Lens{}, StatusAsserted, ""},
		{"affirmed and denied", []Evidence{a(Stated), denied}, Lens{}, StatusDisputed, ""},
		{"affirmed and denied, not wanted", []Evidence{a(Stated), denied}, Lens{IncludeDisputed: ptr(false)}, StatusDisputed, IsDisputed},
		{"affirmed, and denied with less", []Evidence{a(Stated), told(2, Denied, Reported)}, Lens{IncludeDisputed: ptr(false)}, StatusAsserted, ""},
		{"denied as well as it is affirmed", []Evidence{a(Reported), told(2, Denied, Reported)}, Lens{}, StatusDisputed, ""},
		{"affirmed twice, the better unmatched", []Evidence{a(Alleged), a(Stated), told(2, Denied, Reported)}, Lens{}, StatusAsserted, ""},
		{"inferred and denied", []Evidence{ruled, denied}, Lens{}, StatusDisputed, ""},
		{"denied", []Evidence{denied, none}, Lens{}, StatusDenied, IsDenied},
		{"denied, and wanted", []Evidence{denied}, Lens{IncludeDenied: ptr(true)}, StatusDenied, ""},
		{"denied, disputed not wanted", []Evidence{denied}, Lens{IncludeDenied: ptr(true), IncludeDisputed: ptr(false)}, StatusDenied, ""},
		{"too few sources", []Evidence{a(Stated)}, Lens{MinIndependentSources: any2}, StatusAsserted, TooFewSources},
		{"enough sources", []Evidence{a(Stated)}, Lens{MinIndependentSources: any1}, StatusAsserted, ""},
		{"any number of sources", []Evidence{a(Stated)}, Lens{MinIndependentSources: ptr(0)}, StatusAsserted, ""},
	} {
		for list := range permutations(c.claims) {
			f := weighed(nil, list...)
			if got := f.Status(); got != c.status {
				t.Errorf("%s: %q, want %q", c.name, got, c.status)
			}
			if got := f.Hidden(&c.lens, func() int { return 1 }); got != c.hidden {
				t.Errorf("%s: hidden for %q, want %q", c.name, got, c.hidden)
			}
		}
	}
	other := []Objection{{Evidence: told(4, Affirmed, Stated)}}
	if f := weighed(other, a(Stated)); f.Status() != StatusDisputed || f.Contested() {
		t.Errorf("a link that is contradicted by as good a claim is %s", f.Status())
	}
	if f := weighed(other, denied); f.Status() != StatusDenied || f.Disputed() || f.Contested() {
		t.Errorf("a link that is denied and contradicted is %s", f.Status())
	}
	other[0].Own = true
	if f := weighed(other, a(Alleged)); f.Status() != StatusReported || !f.Contested() {
		t.Errorf("an accusation that the accused denies is %s", f.Status())
	}
}

// TestOutweighs: credibility, then reliability, and not the hedge; what cannot be judged
// compares with nothing.
func TestOutweighs(t *testing.T) {
	grade := func(s string) Evidence {
		return Evidence{Credibility: s[0] - '0', Reliability: Code(Reliabilities, Reliability(s[1:])), Hedge: Code(Hedges, Rumoured)}
	}
	for _, c := range []struct {
		by, of string
		want   bool
	}{
		{"2B", "2B", true},
		{"2A", "2B", true},
		{"2C", "2B", false},
		{"2E", "3A", true},
		{"3A", "2E", false},
		{"1A", "5E", true},
		{"6A", "5E", false},
		{"1A", "6E", false},
		{"6A", "6A", false},
		{"1F", "5E", false},
		{"1A", "5F", false},
		{"2F", "2F", false},
	} {
		by, of := grade(c.by), grade(c.of)
		of.Hedge = Code(Hedges, Confirmed)
		if got := by.Outweighs(&of); got != c.want {
			t.Errorf("%s against %s: outweighs is %t", c.by, c.of, got)
		}
	}
}

// TestOverlapOfClaims: which claims may have held on one day, and which did for certain.
func TestOverlapOfClaims(t *testing.T) {
	for _, c := range []struct {
		a, b         string // from|to, "" is not said
		may, certain bool
	}{
		{"|", "|", true, false},
		{"|", "2004|2006", true, false},
		{"2002|2004", "2003|2005", true, true},
		{"2002|2004", "2003-06-30|2005", true, true},
		{"2001|2003", "2003|2004", true, false},
		{"2001|2003-06-30", "2003-06-30|2004", true, true},
		{"2001|2003", "2004|2005", false, false},
		{"2004|2004", "2004|2004", true, false},
		{"2004-05-01|2004-05-01", "2004|2004", true, false},
		{"2004-05-01|2004-05-01", "2003|2005", true, true},
		{"2015|", "2014|2016", true, true},
		{"2014|", "2015|", true, false},
		{"2015-03-04|", "2015-03-04|", true, true},
		{"|2015", "2014|2016", true, true},
		{"|2015", "2016|", false, false},
		{"|2015", "|2016", true, false},
		{"/2017|2017/..", "2016|2018", true, true},
		{"/2017|2017/..", "2016|2017", true, false},
		{"/2017|", "2016|2018", true, false},
		{"2004/..|", "2003|2010", true, false},
	} {
		a, b := spanning(c.a), spanning(c.b)
		if a.MayOverlap(&b) != c.may || b.MayOverlap(&a) != c.may {
			t.Errorf("%s and %s may have met: want %t", c.a, c.b, c.may)
		}
		if a.CertainlyOverlap(&b) != c.certain || b.CertainlyOverlap(&a) != c.certain {
			t.Errorf("%s and %s certainly met: want %t", c.a, c.b, c.certain)
		}
	}
}

// spanning is evidence of a time, from|to.
func spanning(s string) Evidence {
	from, to, _ := strings.Cut(s, "|")
	c := Claim{Hedge: Stated, Polarity: Affirmed}
	if from != "" {
		c.ValidFrom = mustDate(from)
	}
	if to != "" {
		c.ValidTo = mustDate(to)
	}
	return EvidenceOf(&c, &Source{})
}

func permutations[T any](list []T) func(func([]T) bool) {
	return func(yield func([]T) bool) {
		list := slices.Clone(list)
		var at func(int) bool
		at = func(i int) bool {
			if i >= len(list)-1 {
				return yield(list)
			}
			for j := i; j < len(list); j++ {
				list[i], list[j] = list[j], list[i]
				more := at(i + 1)
				list[i], list[j] = list[j], list[i]
				if !more {
					return false
				}
			}
			return true
		}
		at(0)
	}
}

func TestBestClaim(t *testing.T) {
	graded := func(order uint32, p Polarity, h Hedge, credibility int, letter uint8) Evidence {
		e := told(order, p, h)
		e.Credibility, e.Reliability = uint8(credibility), letter
		return e
	}
	for _, c := range []struct {
		name   string
		claims []Evidence // the first is the best
	}{
		{"credibility before hedge", []Evidence{graded(3, Affirmed, Alleged, 2, 4), graded(1, Affirmed, Stated, 3, 0)}},
		{"hedge before reliability", []Evidence{graded(3, Affirmed, Stated, 2, 4), graded(1, Affirmed, Official, 2, 0)}},
		{"reliability before order", []Evidence{graded(3, Affirmed, Stated, 2, 1), graded(1, Affirmed, Stated, 2, 2)}},
		{"the earlier of equals", []Evidence{graded(1, Affirmed, Stated, 2, 1), graded(3, Affirmed, Stated, 2, 1)}},
		{"6 is the worst", []Evidence{graded(3, Affirmed, Rumoured, 5, 5), graded(1, Affirmed, Confirmed, 6, 0)}},
		{"a fact before an opinion of its credibility", []Evidence{graded(3, Affirmed, Rumoured, 5, 5), graded(1, Affirmed, Assessment, 5, 0)}},
		{"a better credited opinion before a fact", []Evidence{graded(3, Affirmed, Assessment, 1, 5), graded(1, Affirmed, Rumoured, 5, 0)}},
		{"what affirms before what denies", []Evidence{graded(3, Affirmed, Rumoured, 5, 5), graded(1, Denied, Confirmed, 1, 0)}},
		{"the best denial", []Evidence{graded(3, Denied, Stated, 2, 1), graded(1, Denied, Alleged, 4, 0), graded(0, NoEvidence, Confirmed, 1, 0)}},
	} {
		for list := range permutations(c.claims) {
			if got, ok := foldOf(list...).Best(); !ok || got != c.claims[0] {
				t.Errorf("%s: the best is %+v, %t", c.name, got, ok)
			}
		}
	}
	if _, ok := foldOf(told(1, NoEvidence, Stated)).Best(); ok {
		t.Error("a claim without evidence is the best of something")
	}
}

func TestHull(t *testing.T) {
	for _, c := range []struct {
		name      string
		dates     [][2]string // "" is not said
		times     string
		disagrees bool
		undated   bool
	}{
		{"no claims", nil, "../..", false, true},
		{"undated", [][2]string{{"", ""}}, "../..", false, true},
		{"one", [][2]string{{"2004", "2006"}}, "2004-01-01/2006-12-31", false, false},
		{"two that overlap", [][2]string{{"2004", "2006"}, {"2003", "2005"}}, "2003-01-01/2006-12-31", false, false},
		{"two apart", [][2]string{{"2004", "2006"}, {"2007-05", "2008"}}, "2004-01-01/2008-12-31", true, false},
		{"two that touch in a year", [][2]string{{"2004", "2006"}, {"2006-12-31", "2008"}}, "2004-01-01/2008-12-31", false, false},
		{"an undated one beside", [][2]string{{"2004", "2006"}, {"", ""}}, "2004-01-01/2006-12-31", false, false},
		{"one without an end", [][2]string{{"2004", "2006"}, {"2005", ""}}, "2004-01-01/..", false, false},
		{"one without a start", [][2]string{{"2004", "2006"}, {"", "2005"}}, "../2006-12-31", false, false},
		{"one that had ended before", [][2]string{{"2004", ""}, {"", "2003"}}, "../..", true, false},
		{"the finer of two that begin at once", [][2]string{{"2004", "2006"}, {"2004-01", "2006-12"}}, "2004-01-01/2006-12-31", false, false},
		{"about then", [][2]string{{"2004?", "2006"}, {"2004", "2006~"}}, "2004-01-01/2007-12-31", false, false},
		{"said to be open", [][2]string{{"../2004", "2006/.."}}, "../..", false, false},
		{"nothing said of when", [][2]string{{"../..", "../.."}}, "../..", false, true},
	} {
		var list []Evidence
		for i, d := range c.dates {
			k := Claim{Hedge: Stated, Polarity: Affirmed, Credibility: 2}
			if d[0] != "" {
				k.ValidFrom = mustDate(d[0])
			}
			if d[1] != "" {
				k.ValidTo = mustDate(d[1])
			}
			e := EvidenceOf(&k, &Source{})
			e.Order = uint32(i)
			list = append(list, e)
		}
		apart := told(99, Denied, Stated) // dates of what denies count for nothing
		apart.Undated, apart.From, apart.To = false, Span{0, 0}, Span{1, 1}
		for list := range permutations(append(list, apart)) {
			f := foldOf(list...)
			got := fmt.Sprintf("%s/%s %t %t", f.Times().Earliest, f.Times().Latest, f.DatesDisagree(), f.Undated())
			want := fmt.Sprintf("%s %t %t", c.times, c.disagrees, c.undated)
			if got != want {
				t.Fatalf("%s: %s, want %s", c.name, got, want)
			}
		}
	}
}

// naive is the fold as it is written down: over all claims at once.
type naive struct {
	Affirmed, Denied, NoEvidence int
	Status                       LinkStatus
	Best                         uint32
	Times                        Span
	Disagree, Undated            bool
	Marking                      uint8
}

// naiveFold sets others against all that affirms.
func naiveFold(list []Evidence, others []Objection) naive {
	n := naive{Best: 0, Times: Span{OpenStart, OpenEnd}, Undated: true}
	by := map[Polarity][]Evidence{}
	for _, e := range list {
		p := Polarities[e.Polarity]
		by[p] = append(by[p], e)
		n.Marking = max(n.Marking, e.Marking)
	}
	a, d := by[Affirmed], by[Denied]
	n.Affirmed, n.Denied, n.NoEvidence = len(a), len(d), len(by[NoEvidence])
	asserted, inferred := false, true
	for _, e := range a {
		asserted = asserted || e.Hedge <= 2
		inferred = inferred && e.Inferred
	}
	switch {
	case len(a) == 0 && len(d) == 0:
	case len(a) == 0:
		n.Status, n.Best = StatusDenied, naiveBest(d)
	case !slices.ContainsFunc(a, func(e Evidence) bool { return naiveStands(e, d, others) }):
		n.Status, n.Best = StatusDisputed, naiveBest(a)
	case inferred:
		n.Status, n.Best = StatusInferred, naiveBest(a)
	case asserted:
		n.Status, n.Best = StatusAsserted, naiveBest(a)
	default:
		n.Status, n.Best = StatusReported, naiveBest(a)
	}
	var dated []Evidence
	for _, e := range a {
		if !e.Undated {
			dated = append(dated, e)
		}
	}
	n.dates(dated)
	return n
}

// naiveStands reports whether nothing that is set against the claim is as good or better.
func naiveStands(e Evidence, denied []Evidence, others []Objection) bool {
	stands := true
	asGood := func(by Evidence) bool {
		judged := by.Credibility != 6 && e.Credibility != 6 && by.Reliability < 5 && e.Reliability < 5
		return judged && (by.Credibility < e.Credibility || by.Credibility == e.Credibility && by.Reliability <= e.Reliability)
	}
	for _, by := range denied {
		apart := by.From.Earliest > e.To.Latest || e.From.Earliest > by.To.Latest
		stands = stands && (apart || !asGood(by))
	}
	for _, by := range others {
		stands = stands && (by.Own || !asGood(by.Evidence))
	}
	return stands
}

// dates looks for the start that no other precedes and the end that none follows.
func (n *naive) dates(dated []Evidence) {
	n.Undated = len(dated) == 0
	if !n.Undated {
		n.Times.Earliest = slices.MinFunc(dated, func(a, b Evidence) int { return cmp.Compare(a.From.Earliest, b.From.Earliest) }).From.Earliest
		n.Times.Latest = slices.MaxFunc(dated, func(a, b Evidence) int { return cmp.Compare(a.To.Latest, b.To.Latest) }).To.Latest
	}
	for _, x := range dated {
		for _, y := range dated {
			n.Disagree = n.Disagree || x.From.Earliest > y.To.Latest
		}
	}
}

func naiveBest(list []Evidence) uint32 {
	rank := func(e Evidence) []int {
		return []int{int(e.Credibility), int(e.Hedge), int(e.Reliability), int(e.Order)}
	}
	return slices.MinFunc(list, func(a, b Evidence) int { return slices.Compare(rank(a), rank(b)) }).Order
}

func observed(f *Fold) naive {
	best, _ := f.Best()
	return naive{f.Affirmed, f.Denied, f.NoEvidence, f.Status(), best.Order, f.Times(), f.DatesDisagree(), f.Undated(), f.Marking()}
}

func drawFold(t *rapid.T) []Evidence {
	orders := rapid.SliceOfNDistinct(rapid.Uint32Range(1, 50), 0, 7, rapid.ID).Draw(t, "orders")
	list := make([]Evidence, len(orders))
	for i, o := range orders {
		list[i] = drawEvidence(t)
		list[i].Order = o
	}
	return list
}

// TestFoldIsTheTable compares the fold with one that looks at all claims at once.
func TestFoldIsTheTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, others := drawFold(t), drawObjections(t)
		f := weighed(others, list...)
		diff(t, "the fold", naiveFold(list, others), observed(f))
		if f.Disputed() != (f.Status() == StatusDisputed) || f.Disputed() && f.Contested() {
			t.Fatalf("disputed: %t, contested: %t, and the status is %s", f.Disputed(), f.Contested(), f.Status())
		}
		if len(others) > 0 && f.Affirmed > 0 && !f.Disputed() && !f.Contested() {
			t.Fatal("something stands against it, and it is not contested")
		}
	})
}

func drawObjections(t *rapid.T) (out []Objection) {
	for range rapid.IntRange(0, 2).Draw(t, "others") {
		out = append(out, Objection{drawEvidence(t), rapid.Bool().Draw(t, "own")})
	}
	return out
}

// TestOrderChangesNothing adds the same claims in two orders.
func TestOrderChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawFold(t)
		diff(t, "the fold in another order", observed(weighed(nil, list...)), observed(weighed(nil, rapid.Permutation(list).Draw(t, "again")...)))
	})
}

// TestIndependentAgainstBruteForce: claims are one that share a root, or that one speaker
// makes of times that are not certainly apart, and so on until no two are one.
func TestIndependentAgainstBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Testimony[int, string] {
			from := rapid.SampledFrom([]Day{OpenStart, 1, 2, 3, 4, 5}).Draw(t, "from")
			return Testimony[int, string]{
				Roots: rapid.SliceOfN(rapid.IntRange(0, 24), 1, 2).Draw(t, "roots"),
				Voice: rapid.SampledFrom([]string{"", "", "x", "y"}).Draw(t, "voice"),
				Times: Span{from, max(from, rapid.SampledFrom([]Day{1, 2, 3, 4, 5, OpenEnd}).Draw(t, "to"))},
			}
		}), 0, 2*fewClaims).Draw(t, "claims")
		groups := make([][]Testimony[int, string], len(list))
		for i, c := range list {
			groups[i] = []Testimony[int, string]{c}
		}
		for joined := true; joined; {
			groups, joined = joinOnce(groups)
		}
		if got := Independent(list); got != len(groups) {
			t.Fatalf("%v come from %d sources, want %d", list, got, len(groups))
		}
	})
}

// joinOnce joins two groups of which two claims are not independent, if there are two.
func joinOnce(groups [][]Testimony[int, string]) ([][]Testimony[int, string], bool) {
	for i := range groups {
		for j := i + 1; j < len(groups); j++ {
			for _, a := range groups[i] {
				for _, b := range groups[j] {
					shared := slices.ContainsFunc(a.Roots, func(r int) bool { return slices.Contains(b.Roots, r) })
					apart := a.Times.Latest < b.Times.Earliest || b.Times.Latest < a.Times.Earliest
					if shared || a.Voice != "" && a.Voice == b.Voice && !apart {
						groups[i] = append(groups[i], groups[j]...)
						return slices.Delete(groups, j, j+1), true
					}
				}
			}
		}
	}
	return groups, false
}

func TestOverlaps(t *testing.T) {
	for _, c := range []struct {
		a, b Span
		want bool
	}{
		{Span{1, 3}, Span{3, 5}, true},
		{Span{1, 3}, Span{4, 5}, false},
		{Span{1, 9}, Span{4, 5}, true},
		{Span{OpenStart, 3}, Span{3, OpenEnd}, true},
		{Span{OpenStart, 3}, Span{4, OpenEnd}, false},
		{Span{OpenStart, OpenEnd}, Span{7, 7}, true},
	} {
		if c.a.Overlaps(c.b) != c.want || c.b.Overlaps(c.a) != c.want {
			t.Errorf("%v and %v: want %t", c.a, c.b, c.want)
		}
	}
}

func someEvidence() []Evidence {
	var list []Evidence
	for i, h := range []Hedge{Reported, Stated, Assessment, Alleged, Official} {
		e := told(uint32(i), Polarities[i%3], h)
		e.Undated, e.From, e.To = false, Span{Day(i), Day(i + 3)}, Span{Day(10 * i), OpenEnd}
		list = append(list, e)
	}
	return list
}

func BenchmarkFoldAdd(b *testing.B) {
	list := someEvidence()
	b.ReportAllocs()
	for b.Loop() {
		var f Fold
		for _, e := range list {
			f.Add(e)
		}
		if f.Affirmed != 2 {
			b.Fatal("claims are lost")
		}
	}
}

func TestFoldAddAllocatesNothing(t *testing.T) {
	list := someEvidence()
	lens := Lens{MinIndependentSources: ptr(1)}
	one := func() int { return 1 }
	n := testing.AllocsPerRun(100, func() {
		var f Fold
		for _, e := range list {
			f.Add(e)
		}
		f.Status()
		f.Best()
		f.Times()
		f.Hidden(&lens, one)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
