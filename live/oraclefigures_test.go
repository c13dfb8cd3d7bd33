package live_test

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
)

// casualties are the figures of an incident in one row for each role and effect, those of a
// place in one for each time as well.
func (o *oracle) casualties(d *dumpEntity) {
	dates := func(c *graph.Claim) (from, to string) {
		if d.Kind == graph.Incident {
			return "", ""
		}
		return c.ValidFrom.EDTF, c.ValidTo.EDTF
	}
	type row struct {
		from, to string
		role     graph.CasualtyRole
		effect   graph.CasualtyEffect
	}
	rows := map[row][]value{}
	for _, v := range o.valuesBy(d.ID, graph.Casualties, func(c *graph.Claim) string {
		from, to := dates(c)
		return valueText(c.Value) + " " + from + " " + to
	}) {
		c := o.rows[v.best]
		a := o.attribute(graph.Casualties, v, 1)
		asked := dumpLink{Independent: a.Independent}
		if a.Disputed {
			asked.Status = graph.StatusDisputed
		}
		if v.rank == 0 && o.hides(asked) == "" {
			key := row{role: c.Value.Role, effect: c.Value.Effect}
			if key.role == "UNKNOWN" {
				key.role = "ALL"
			}
			key.from, key.to = dates(&c)
			rows[key] = append(rows[key], v)
		}
	}
	for key, values := range rows {
		d.Casualties = append(d.Casualties, o.figures(dumpCasualties{From: key.from, To: key.to, Role: key.role, Effect: key.effect}, values))
	}
	days := func(text string) (graph.Day, graph.Day) {
		if text == "" {
			return graph.OpenStart, graph.OpenStart
		}
		t := date(text)
		return t.Earliest, t.Latest
	}
	slices.SortFunc(d.Casualties, func(a, b dumpCasualties) int {
		for _, ends := range [][2]string{{a.From, b.From}, {a.To, b.To}} {
			x, xx := days(ends[0])
			y, yy := days(ends[1])
			if c := cmp.Or(cmp.Compare(min(1, len(ends[0])), min(1, len(ends[1]))), cmp.Compare(x, y), cmp.Compare(xx, yy), cmp.Compare(ends[0], ends[1])); c != 0 {
				return c
			}
		}
		return cmp.Or(cmp.Compare(slices.Index(graph.CasualtyRoles, a.Role), slices.Index(graph.CasualtyRoles, b.Role)),
			cmp.Compare(slices.Index(graph.CasualtyEffects, a.Effect), slices.Index(graph.CasualtyEffects, b.Effect)))
	})
}

// figures are those of values, best first.
func (o *oracle) figures(t dumpCasualties, values []value) dumpCasualties {
	var least *float64
	var low, high *float64
	chosen, opposed := -1, false
	var all []int
	for i, v := range values {
		c := o.rows[v.best]
		l, h := cmp.Or(c.Value.Low, c.Value.Best), cmp.Or(c.Value.High, c.Value.Best)
		if l != nil && (low == nil || *l < *low) {
			low = l
		}
		if l != nil && (least == nil || *l > *least) {
			least = l
		}
		if h != nil && (high == nil || *h > *high) {
			high = h
		}
		if i == 0 {
			t.Circa = c.Value.Circa
		}
		if t.Best == nil && c.Value.Best != nil && !slices.ContainsFunc(values[:i], func(w value) bool { return o.excludes(w, v) }) {
			t.Best, t.Circa, chosen = number(c.Value.Best), c.Value.Circa, i
		}
		a := o.attribute(graph.Casualties, v, 1)
		opposed = opposed || a.Disputed || a.Contested
		all = append(all, v.rows...)
	}
	best := o.attribute(graph.Casualties, values[max(0, chosen)], 1)
	slices.Sort(all)
	t.Claims = o.ids(all)
	t.Grade = dumpGrade{best.Credibility, best.Hedge, best.Disputed, opposed && !best.Disputed, o.speakers(all)}
	if high != nil && least != nil && *least > *high {
		high = nil
	}
	t.Low, t.High = number(low), number(high)
	return t
}

// excludes reports whether a better graded value has bounds beyond which the figure of
// another lies.
func (o *oracle) excludes(w, v value) bool {
	a, b := o.rows[w.best], o.rows[v.best]
	source := func(c graph.Claim) graph.Reliability { s := o.sources[c.Source]; return s.Letter() }
	if a.Credibility == 6 || b.Credibility == 6 || source(a) == "F" || source(b) == "F" {
		return false
	}
	if a.Credibility > b.Credibility || a.Credibility == b.Credibility && source(a) >= source(b) {
		return false
	}
	low, high := cmp.Or(a.Value.Low, a.Value.Best), cmp.Or(a.Value.High, a.Value.Best)
	return low != nil && *low > *b.Value.Best || high != nil && *high < *b.Value.Best
}

// claimed says whether a claim says that somebody claimed an incident, else that nobody did.
func (o *oracle) claimed(id graph.ID) dumpClaimed {
	var some, none []int
	for _, r := range o.counting() {
		c := o.rows[r]
		switch {
		case c.Predicate == "CLAIMED" && o.of(c.Object) == id && c.Polarity == graph.Affirmed:
			some = append(some, r)
		case c.Predicate != graph.Responsibility || o.of(c.Subject) != id:
		case c.Polarity == graph.Affirmed:
			some = append(some, r)
		default:
			none = append(none, r)
		}
	}
	d := dumpClaimed{By: "UNKNOWN"}
	rows := some
	switch {
	case some != nil:
		d.By = "SOMEBODY"
	case none != nil:
		d.By, rows = "NOBODY", none
	default:
		return d
	}
	best := o.rows[o.best(rows)]
	d.Claims, d.Grade.Credibility, d.Grade.Hedge, d.Grade.Speakers = o.ids(rows), best.Credibility, best.Hedge, o.speakers(rows)
	d.Grade.Disputed, d.Grade.Contested = o.claimedAgainst(id)
	return d
}

// claimedAgainst says whether all that says that somebody claimed an incident is disputed, or
// else something stands against some of it.
func (o *oracle) claimedAgainst(id graph.ID) (disputed, contested bool) {
	said, lost, opposed := 0, 0, 0
	count := func(disputed, contested bool) {
		said++
		lost, opposed = lost+bit(disputed), opposed+bit(disputed || contested)
	}
	groups := o.groups(true)
	for _, g := range groups {
		if l, ok := o.link(g, groups); ok && g.key.Kind == "CLAIMED" && g.key.Target == id && l.Affirmed > 0 {
			count(l.Disputed, l.Contested)
		}
	}
	for _, v := range o.values(id, graph.Responsibility) {
		if a := o.attribute(graph.Responsibility, v, 1); v.rank == 0 {
			count(a.Disputed, a.Contested)
		}
	}
	disputed = said > 0 && lost == said
	return disputed, opposed > 0 && !disputed
}
