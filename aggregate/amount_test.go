package aggregate_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rabta/rabta/aggregate"
	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/names"
)

// gift is what some claims say of how much a link was about, in one unit and of one time.
type gift struct {
	link     *live.Link
	unit     string
	low      *float64
	best     *float64
	high     *float64
	disputed bool
	hedge    graph.Hedge
}

// weight is how a claim is graded, as far as it is set against others.
func weight(c *live.Claim) (credibility, reliability int, judged bool) {
	credibility, reliability = c.Credibility(), slices.Index(graph.Reliabilities, c.Source().Reliability())
	return credibility, reliability, credibility < 6 && c.Source().Reliability() != "F"
}

// days are those on which a claim may hold.
func days(c *live.Claim) graph.Span {
	s := graph.Span{Earliest: graph.OpenStart, Latest: graph.OpenEnd}
	if d := c.ValidFrom(); d != nil {
		s.Earliest = d.Earliest
	}
	if d := c.ValidTo(); d != nil {
		s.Latest = d.Latest
	}
	return s
}

// outweighed reports whether a claim of the same link denies it that is as good, or better.
func outweighed(c *live.Claim, all []*live.Claim) bool {
	return slices.ContainsFunc(all, func(o *live.Claim) bool {
		l := o.Link()
		if l == nil || o.Polarity() != graph.Denied || l.ID() != c.Link().ID() || !days(o).Overlaps(days(c)) {
			return false
		}
		a, b, judged := weight(o)
		x, y, other := weight(c)
		return judged && other && (a < x || a == x && b <= y)
	})
}

// giftOf is what claims of one link, unit and time say together.
func giftOf(claims, all []*live.Claim) gift {
	g := gift{link: claims[0].Link(), unit: claims[0].Amount().Unit, disputed: true}
	slices.SortStableFunc(claims, func(a, b *live.Claim) int {
		x, y := slices.Index(graph.Hedges, a.Hedge()), slices.Index(graph.Hedges, b.Hedge())
		_, p, _ := weight(a)
		_, q, _ := weight(b)
		return cmp.Or(cmp.Compare(a.Credibility(), b.Credibility()), cmp.Compare(x, y), cmp.Compare(p, q))
	})
	g.hedge = claims[0].Hedge()
	var lows, highs []float64
	for i, c := range claims {
		low, high := cmp.Or(c.Amount().Low, c.Amount().Best), cmp.Or(c.Amount().High, c.Amount().Best)
		if low != nil {
			lows = append(lows, *low)
		}
		if high != nil {
			highs = append(highs, *high)
		}
		g.disputed = g.disputed && outweighed(c, all)
		excluded := slices.ContainsFunc(claims[:i], func(o *live.Claim) bool {
			a, b, judged := weight(o)
			x, y, other := weight(c)
			low, high := cmp.Or(o.Amount().Low, o.Amount().Best), cmp.Or(o.Amount().High, o.Amount().Best)
			return judged && other && (a < x || a == x && b < y) && c.Amount().Best != nil &&
				(low != nil && *low > *c.Amount().Best || high != nil && *high < *c.Amount().Best)
		})
		if g.best == nil && !excluded {
			g.best = c.Amount().Best
		}
	}
	if lows != nil {
		g.low = ptr(slices.Min(lows))
	}
	if highs != nil && (lows == nil || slices.Max(lows) <= slices.Max(highs)) {
		g.high = ptr(slices.Max(highs))
	}
	return g
}

// mayBeOne reports whether two entities may be one, by way of others too.
func mayBeOne(v *live.View) func(a, b graph.ID) bool {
	pairs := map[[2]graph.ID]bool{}
	for _, kind := range []graph.Predicate{graph.PossiblySameAs, graph.NotSameAs} {
		for l := range v.Links() {
			if l.Kind() == kind && l.AffirmedCount() > 0 {
				a, b := l.SourceID(), l.TargetID()
				pairs[[2]graph.ID{a, b}], pairs[[2]graph.ID{b, a}] = kind == graph.PossiblySameAs, kind == graph.PossiblySameAs
			}
		}
	}
	for range cast {
		for p, same := range pairs {
			for q, too := range pairs {
				if same && too && p[1] == q[0] && !pairs[[2]graph.ID{p[0], q[1]}] {
					pairs[[2]graph.ID{p[0], q[1]}] = true
				}
			}
		}
	}
	return func(a, b graph.ID) bool { return a == b || pairs[[2]graph.ID{a, b}] }
}

// giftsOf are what the claims of a row say, by definition.
func giftsOf(o *oracle, list string, row *aggregate.AggregationRow) (out []gift) {
	all, of := o.claims(), map[string][]*live.Claim{}
	in := row.IDs()
next:
	for _, c := range o.paid() {
		id := c.link
		if list == "claims" {
			id = c.id
		}
		if !slices.Contains(in, id) {
			continue
		}
		for _, k := range row.Keys() {
			switch k.Key {
			case aggregate.ByYear, aggregate.ByMonth:
				if k.Value == nil || !k.Certain {
					continue
				}
			case aggregate.ByKind, aggregate.ByBearing, aggregate.ByStatus, aggregate.ByOthers:
				continue
			}
			label := ""
			if k.Value != nil {
				label = names.Folded(*k.Value)
			}
			if !slices.Contains((naive{oracle: o, key: k.Key}).members(c.Claim, c.id), member{label: label}) {
				continue next
			}
		}
		key := fmt.Sprint(c.link, "|", c.unit)
		of[key] = append(of[key], c.Claim)
	}
	for _, claims := range of {
		for len(claims) > 0 { // those of one day with the first, and with these
			one := []*live.Claim{claims[0]}
			for i := 0; i < len(one); i++ {
				for _, c := range claims {
					if !slices.Contains(one, c) && days(c).Overlaps(days(one[i])) {
						one = append(one, c)
					}
				}
			}
			claims = slices.DeleteFunc(claims, func(c *live.Claim) bool { return slices.Contains(one, c) })
			slices.SortFunc(one, func(a, b *live.Claim) int { return cmp.Compare(slices.Index(all, a), slices.Index(all, b)) })
			out = append(out, giftOf(one, all))
		}
	}
	return out
}

// added are gifts of one unit, disputed or not, added up.
func added(list []gift, same func(a, b graph.ID) bool) (s figures.AmountTotal) {
	links := func(g, h gift) bool {
		return g.link.Kind() == h.link.Kind() && g.link.Discriminator() == h.link.Discriminator() &&
			same(g.link.SourceID(), h.link.SourceID()) && same(g.link.TargetID(), h.link.TargetID())
	}
	for _, h := range graph.Hedges {
		n := 0
		for _, g := range list {
			n += map[bool]int{true: 1}[g.hedge == h]
		}
		if n > 0 {
			s.Hedges = append(s.Hedges, figures.HedgeCount{Hedge: h, Count: n})
		}
	}
	s.Best, s.High = ptr(0.0), ptr(0.0)
	for i, g := range list {
		first, others, least := true, false, g.low
		for j, h := range list {
			if i == j || !links(g, h) {
				continue
			}
			first, others = first && i < j, true
			if least == nil || h.low == nil {
				least = nil
			} else {
				least = ptr(min(*least, *h.low))
			}
		}
		if first && least != nil {
			s.Low = ptr(*cmp.Or(s.Low, ptr(0.0)) + *least)
		}
		if others {
			s.PossiblySame++
		}
		for to, of := range map[**float64]*float64{&s.Best: g.best, &s.High: g.high} {
			if *to == nil || of == nil {
				*to = nil
			} else {
				*to = ptr(**to + *of)
			}
		}
	}
	return s
}

// TestAmounts: what the amounts of each row come to is what their claims say by definition, unit
// by unit, each link once, disputed ones apart.
func TestAmounts(t *testing.T) {
	keys := [][]aggregate.GroupKey{
		{},
		{aggregate.ByHedge},
		{aggregate.BySource},
		{aggregate.ByCredibility},
		{aggregate.ByRole},
		{aggregate.ByYear},
		{aggregate.ByMonth},
		{aggregate.ByPublished},
		{aggregate.ByKind},
		{aggregate.BySource, aggregate.ByYear},
	}
	disputed, same, apart, sums := 0, 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "graph"), 4))
		b := society(r)
		b.Claims = append(b.Claims, gifts(r)...)
		v := must(readerOf(rt, graph.Clear, b).View(lens(r)))
		one, o := mayBeOne(v), oracleOf(v)
		for range 4 {
			q := question{list: pick(r, "links", "claims"), by: groupBys(pick(r, keys...)...)}
			if q.list == "links" && r.IntN(6) == 0 {
				q.by = groupBys(aggregate.ByOthers)
			}
			a, _, err := q.ask(v)
			if err != nil {
				rt.Fatal(err)
			}
			for _, row := range append(slices.Clone(a.Rows), a.All) {
				want := map[string]*aggregate.AmountSum{}
				of := map[string][]gift{}
				for _, g := range giftsOf(o, q.list, row) {
					key := fmt.Sprint(g.unit, g.disputed)
					of[key] = append(of[key], g)
				}
				for key, list := range of {
					links := map[graph.ID]bool{}
					for _, g := range list {
						links[g.link.ID()] = true
					}
					want[key] = &aggregate.AmountSum{added(list, one), list[0].unit, list[0].disputed, len(links)}
				}
				got := map[string]*aggregate.AmountSum{}
				for _, s := range row.Amounts() {
					got[fmt.Sprint(s.Unit, s.Disputed)] = s
					sums, same, disputed = sums+1, same+s.PossiblySame, disputed+map[bool]int{true: 1}[s.Disputed]
				}
				if len(got) > 1 {
					apart++
				}
				if d := gocmp.Diff(want, got); d != "" {
					rt.Fatalf("%s %v under %+v (-want +got):\n%s", q, row.IDs(), v.Lens(), d)
				}
			}
		}
	})
	if sums < 100 || disputed == 0 || same == 0 || apart == 0 {
		t.Errorf("%d sums, %d disputed, %d perhaps the same, %d of several units: the test says little", sums, disputed, same, apart)
	}
}

// gifts are claims of who gave whom how much, and of who may be whom.
func gifts(r *rand.Rand) (out []graph.Claim) {
	for i := range r.IntN(16) {
		c := graph.Claim{
			Subject: pick[graph.ID](r, "i0", "i1"), Predicate: pick[graph.Predicate](r, "FUNDED", "FUNDED", "MEMBER_OF"), Object: pick[graph.ID](r, "g0", "g1"),
			Source: pick[graph.ID](r, "s_a", "s_b", "s_c"), Locator: fmt.Sprint("gift ", i), Credibility: 1 + r.IntN(6),
			Hedge: pick(r, graph.Stated, graph.Reported, graph.Suspected),
		}
		n := float64(r.IntN(40)) / 4
		c.Amount = &graph.Amount{Unit: pick(r, "USD", "USD", "usd", "rifles")}
		switch r.IntN(4) {
		case 0:
			c.Amount.Low = &n
		case 1:
			c.Amount.Low, c.Amount.High = &n, ptr(n+float64(r.IntN(9)))
		case 2:
			c.Amount.High = &n
		default:
			c.Amount.Best = &n
		}
		if r.IntN(2) == 0 {
			c.ValidFrom = must(graph.ParseDate(pick(r, dates...)))
			if r.IntN(4) != 0 {
				c.ValidTo = must(graph.ParseDate(pick(r, "2016", c.ValidFrom.EDTF, c.ValidFrom.EDTF)))
			}
			if c.ValidTo.Latest < c.ValidFrom.Earliest {
				c.ValidTo = graph.PartialDate{}
			}
		}
		switch r.IntN(5) {
		case 0:
			c.Polarity = graph.Denied
		case 1:
			c.Polarity, c.Amount = graph.Denied, nil
		}
		if c.Predicate == graph.MemberOf {
			c.Role = pick(r, "", "leader", "Leader")
		}
		out = append(out, c)
	}
	for _, pair := range []string{"g0 g1", "i0 i1"} {
		a, b, _ := strings.Cut(pair, " ")
		if r.IntN(2) == 0 {
			out = append(out, graph.Claim{
				Subject: graph.ID(a), Predicate: pick(r, graph.PossiblySameAs, graph.PossiblySameAs, graph.NotSameAs), Object: graph.ID(b),
				Source: "s_a", Locator: pair, Credibility: 2, Hedge: graph.Stated,
			})
		}
	}
	return out
}
