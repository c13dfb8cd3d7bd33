package live_test

import (
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
)

// lives are when an entity lived, by values that nothing disputes and the lens shows but for
// the day that it asks for.
func (o *oracle) lives(id graph.ID) interval.Lives {
	if o.anyDay != nil {
		return o.anyDay.lives(id)
	}
	var found [4][]interval.Vital
	for i, p := range []graph.Predicate{graph.Birth, graph.Death, graph.FoundedOn, graph.DissolvedOn} {
		for _, v := range o.values(id, p) {
			a := o.attribute(p, v, 1)
			if v.rank != 0 || a.Disputed || o.hides(dumpLink{Independent: a.Independent}) != "" {
				continue
			}
			c := o.rows[v.best]
			d := c.Value.Date
			found[i] = append(found[i], interval.Vital{
				Date: graph.Span{Earliest: d.Earliest, Latest: d.Latest}, Grade: o.gradeOf(v.best),
			})
		}
	}
	if len(found[0])+len(found[1]) > 0 {
		return interval.LifeOf(found[0], found[1])
	}
	return interval.LivesOf(found[2], found[3])
}

func (o *oracle) gradeOf(row int) interval.Grade {
	c := o.rows[row]
	source := o.sources[c.Source]
	return interval.Grade{
		Credibility: uint8(c.Credibility), Reliability: uint8(slices.Index(graph.Reliabilities, source.Letter())),
	}
}

// alive are the days on which both ends of a link lived, as far as that cuts it.
func (o *oracle) alive(l *dumpLink, c interval.Cutting) interval.Days {
	c.Begin, c.End = l.Kind.Spec().Bearing.CutByLife()
	if !c.Begin || l.Affirmed == 0 {
		return interval.Always
	}
	c.Grade = interval.Grade{
		Credibility: uint8(l.Credibility), Reliability: uint8(slices.Index(graph.Reliabilities, l.Reliability)),
	}
	return c.Leaves(o.lives(l.Source)).And(c.Leaves(o.lives(l.Target)))
}

// livesThen reports whether no life hides a link on the day that the lens asks for.
func (o *oracle) livesThen(l dumpLink) bool {
	certainly := o.lens.AsOfMode != nil && *o.lens.AsOfMode == graph.Certain
	return o.lens.AsOf == nil || o.alive(&l, interval.Cutting{Certainly: certainly}).Has(*o.lens.AsOf)
}

// hiddenBy says why the lens does not show a link, or no life lets it hold on its day.
func (o *oracle) hiddenBy(l dumpLink) graph.ExclusionReason {
	reason := o.hides(l)
	if reason == "" && !o.livesThen(l) {
		return graph.OutsideLife
	}
	return reason
}

// hold says when a link held.
func (o *oracle) hold(l *dumpLink, affirmed []int) {
	alive, anyhow := o.alive(l, interval.Cutting{}), o.alive(l, interval.Cutting{Anyhow: true})
	var own []interval.Interval
	for _, r := range affirmed {
		c := o.rows[r]
		source := o.sources[c.Source]
		e := graph.EvidenceOf(&c, &source)
		e.Order = uint32(r)
		if i, ok := interval.Of(&e); ok {
			own = append(own, i)
		}
	}
	held := interval.Merge(interval.Cut(own, alive))
	for _, i := range held {
		d := dumpInterval{Cut: i.FromCut || i.ToCut}
		from, to := i.From, i.To
		switch {
		case i.FromCut:
			if !i.FromGiven {
				from.Latest = graph.OpenEnd
			}
			d.From = graph.DateWithin(from).EDTF
		case i.FromGiven:
			d.From = o.rows[i.FromOrder].ValidFrom.EDTF
		}
		switch {
		case i.ToCut:
			if !i.ToGiven {
				to.Earliest = graph.OpenStart
			}
			d.To = graph.DateWithin(to).EDTF
		case i.ToGiven:
			d.To = o.rows[i.ToOrder].ValidTo.EDTF
		}
		for _, r := range i.Orders {
			d.Claims = append(d.Claims, o.rows[r].ID)
		}
		l.Held = append(l.Held, d)
	}
	l.Interrupted = interval.Interrupted(held)
	if n := len(held); n > 0 {
		l.From, l.To = l.Held[0].From, l.Held[interval.Last(held)].To
	}
	out := func(i interval.Interval) bool { return len(interval.Cut([]interval.Interval{i}, anyhow)) == 0 }
	l.Outside = len(own) > 0 && (len(held) == 0 || slices.ContainsFunc(interval.Cut(own, alive), out)) ||
		o.lens.AsOf != nil && !anyhow.Has(*o.lens.AsOf)
}
