package merge

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// A tombstone travels under Key of its record. Whoever takes it over buries that record, those
// that say the same and are as strict, and the claims that are left naming nothing; each
// leaves a tombstone in turn. What a store does not take because of its tombstones leaves one,
// too. So tombstones only add up, and those who exchange them come to bury the same.

// grave is what is known of one record that was redacted, from each commit that says so.
type grave []burial

type burial struct {
	graph.Remains
	at Order
	by graph.Sequence // the commit of this log, where it stands in at's stead; 0 for none
}

// bury notes the tombstones of a commit.
func (l *Log) bury(c *graph.Change, at Order) {
	places := placesOfAll(c)
	for i := range c.Tombstones {
		t := &c.Tombstones[i]
		t.AddTo(l.gone)
		l.empty[placeOf(at, places[t.Place])] = true
		if t.Type == graph.ClaimRecord {
			l.graves = append(l.graves, at)
		}
		if t.Name != "" {
			l.dead[t.Name] = append(l.dead[t.Name], burial{t.Remains(), orderAt(t.At, l.clock.ID), t.By})
		}
	}
	if c.Origin != nil {
		l.noteRemains(c.Origin, at)
	}
}

func (l *Log) noteRemains(o *graph.Origin, at Order) {
	for _, r := range o.Tombstones {
		r.AddTo(l.gone)
		l.dead[r.Name] = append(l.dead[r.Name], burial{Remains: r, at: at})
	}
}

// placeOf names the place of a record among those of all logs.
func placeOf(at Order, place []int) string { return fmt.Sprint(at.Time.UnixMicro(), at.Store, place) }

// told is the least strict marking that a record was ever under otherwise than by being
// raised: who sees that may have had it.
func told(m graph.Marking, marks []mark) graph.Marking {
	for _, of := range marks {
		if !of.Raises && of.Marking.Level() < m.Level() {
			m = of.Marking
		}
	}
	return m
}

func (r *record) told() graph.Marking { return told(r.stamp, r.marks) }

// remains is what a clearance is told of a grave; false for nothing.
func (l *Log) remains(name string, clearance graph.Marking) (out graph.Remains, at Order, ok bool) {
	marks := l.waiting[name]
	if forms := l.byKey[name]; len(forms) > 0 {
		marks = l.records[forms[0]].marks
	}
	for _, b := range l.dead[name] {
		if by := int(b.by); by > 0 && by <= len(l.commits) {
			b.at = l.commits[by-1].at
		}
		b.Told = told(b.Told, marks)
		if !sees(clearance, b.Told) {
			continue
		}
		if b.Whole == "" || !sees(clearance, b.Whole) {
			b.Digest, b.Whole = "", ""
		}
		if !ok {
			out, at, ok = b.Remains, b.at, true
			continue
		}
		if b.at.Compare(at) < 0 {
			at = b.at
		}
		out = out.With(b.Remains)
	}
	return out, at, ok
}

// addRemains adds to groups what a clearance is told of the graves.
func (g groups) addRemains(l *Log, clearance graph.Marking) {
	for name := range l.dead {
		if r, at, ok := l.remains(name, clearance); ok {
			of := g.of(at)
			of.tombstones = append(of.tombstones, r)
		}
	}
}

// tells reports whether any of the tombstones says what is not known here.
func (l *Log) tells(list []graph.Remains) bool {
	return slices.ContainsFunc(list, func(r graph.Remains) bool {
		known, _, ok := l.remains(r.Name, graph.Red)
		return !ok || known.With(r) != known
	})
}

// TakeOver works out what is to become of the tombstones of a commit that has an origin, and
// of nothing else that it holds: what of this log they bury, in a commit of its own. ok is
// false where they say nothing new. The log is good for nothing more after it, unless the
// store does not write it.
func (l *Log) TakeOver(c graph.Change) (to graph.Burial, ok bool) {
	if !l.tells(c.Origin.Tombstones) {
		return to, false
	}
	to.Held = graph.Known{}
	to.Change = graph.Change{
		Sequence: l.head + 1, Writer: c.Writer, Recorded: c.Recorded, Actor: c.Actor, Reason: c.Reason, Batch: c.Batch,
		Origin: &graph.Origin{Store: c.Origin.Store, Time: OrderOf(c.Origin).Time, Tombstones: c.Origin.Tombstones},
	}
	l.noteRemains(c.Origin, OrderOf(c.Origin))
	for _, n := range l.doomed() {
		r := &l.records[n]
		t := to.Add(&r.Placed, graph.Seal{Stamp: r.stamp, InForce: r.inForce}, graph.Sequence(r.commit+1), r.spot)
		l.name(t, r)
		to.Held[r.ID()] = nil
		if r.Claim != nil && r.Claim.Predicate == graph.Retracts {
			to.Held[r.Claim.Subject] = nil
		}
	}
	if len(to.Buried) > 0 {
		to.Change.Content = graph.BurialContent(to.Change.Sequence, to.Buried)
		to.Held = l.heldAfter(&to)
	}
	to.Change.Numbers = l.numbers.NextOf(&to.Change)
	return to, true
}

// name has a tombstone say of which record it is to those with whom the log is exchanged.
func (l *Log) name(t *graph.Tombstone, r *record) {
	t.Name, t.Told = r.key, r.told()
	t.Whole = stricter(t.Told, t.Whole)
	for _, id := range r.Mentions()[1:] {
		if least, ok := l.least(id, nil); ok && r.Claim == nil {
			t.Whole = stricter(t.Whole, least)
		}
	}
}

// least is the least strict marking in force of an id, among records that are not gone.
func (l *Log) least(id graph.ID, gone map[int]bool) (m graph.Marking, ok bool) {
	for _, n := range l.byID[id] {
		if r := &l.records[n]; !gone[n] && (!ok || r.inForce.Level() < m.Level()) {
			m, ok = r.inForce, true
		}
	}
	return m, ok
}

// doomed are the records that the tombstones bury, in the order of the log.
func (l *Log) doomed() []int {
	gone := map[int]bool{}
	var queue []graph.ID
	take := func(n int) {
		r := &l.records[n]
		gone[n] = true
		queue = append(queue, r.ID())
		if r.Entity != nil {
			for _, k := range graph.Expand(r.Entity) {
				queue = append(queue, k.ID)
			}
		}
	}
	for n := range l.records {
		if r := &l.records[n]; len(l.dead[r.key]) > 0 || l.refuses(&r.Placed, r.told()) {
			take(n)
		}
	}
	for len(queue) > 0 {
		id := queue[0]
		queue = queue[1:]
		for _, n := range l.naming[id] {
			if !gone[n] && l.records[n].Claim != nil && !l.stands(id, l.records[n].inForce, l.commits[l.records[n].commit].at, gone) {
				take(n)
			}
		}
	}
	return slices.Sorted(maps.Keys(gone))
}

// stands reports whether what has an id is there for those who see a marking, at a place of the
// order, once some records are gone.
func (l *Log) stands(id graph.ID, m graph.Marking, at Order, gone map[int]bool) bool {
	there := func(of int) bool {
		o := &l.records[of]
		return !gone[of] && sees(m, o.inForce) && l.commits[o.commit].at.Compare(at) <= 0
	}
	if slices.ContainsFunc(l.byID[id], there) {
		return true
	}
	if !id.IsClaim() {
		return false
	}
	for of := range l.records {
		e := l.records[of].Entity
		if e != nil && there(of) && slices.ContainsFunc(graph.Expand(e), func(k graph.Claim) bool { return k.ID == id }) {
			return true
		}
	}
	return false
}

// refuses reports whether a record says what was redacted here under a marking at which those
// saw it for whom the record was ever there. What was stricter is as if it had never been.
func (l *Log) refuses(p *graph.Placed, told graph.Marking) bool {
	m, ok := p.Among(l.gone)
	return ok && sees(told, m)
}

// isDead reports whether a record is one of those that were redacted.
func (l *Log) isDead(key string, at Order, place []int) bool {
	return len(l.dead[key]) > 0 || l.empty[placeOf(at, place)]
}

// WithoutGone takes out of commits, in their order, the records that are not taken because of
// what was redacted here, and those that name nothing else, and counts them. more are the
// tombstones that are to be taken over after it: those of the commits, and those that what is
// left out leaves.
func (l *Log) WithoutGone(commits []graph.Change) (out, more []graph.Change, left int) {
	f := filter{log: l, there: map[graph.ID][]graph.Marking{}, lost: map[graph.ID]bool{}, marks: map[string][]mark{}}
	for _, c := range commits {
		for _, m := range c.Origin.Marks {
			f.marks[m.Record] = with(f.marks[m.Record], mark{at: OrderOf(c.Origin), Remark: m})
		}
	}
	for i := range commits {
		kept, tombstones := f.keep(&commits[i])
		out = append(out, kept)
		if tombstones = slices.Concat(commits[i].Origin.Tombstones, tombstones); len(tombstones) > 0 {
			c := commits[i]
			c.Sources, c.Entities, c.Claims = nil, nil, nil
			c.Origin = &graph.Origin{Store: c.Origin.Store, Time: c.Origin.Time, Tombstones: tombstones}
			more = append(more, c)
		}
	}
	return out, more, f.left
}

// filter leaves out of commits what was redacted.
type filter struct {
	log   *Log
	there map[graph.ID][]graph.Marking // what of the commits is kept, under what is in force
	lost  map[graph.ID]bool
	marks map[string][]mark // of the commits
	left  int
}

// arrival is a record of a commit.
type arrival struct {
	record
	gone bool
}

// arrivals are the records of a commit, those that were redacted gone.
func (f *filter) arrivals(c *graph.Change, at Order) []arrival {
	places := Places(c)
	var out []arrival
	for i, p := range c.Records() {
		a := arrival{record: record{Placed: p, key: Key(at, places[i], &p), stamp: p.Seal().Stamp, place: places[i]}}
		a.marks = f.marks[a.key]
		known := f.log.waiting[a.key]
		if forms := f.log.byKey[a.key]; len(forms) > 0 {
			known = f.log.records[forms[0]].marks
		}
		for _, m := range known {
			a.marks = with(a.marks, m)
		}
		a.inForce = a.settled()
		held := f.log.holds(a.key, &p)
		a.gone = f.log.isDead(a.key, at, a.place) || !held && f.log.refuses(&p, a.told())
		out = append(out, a)
	}
	return out
}

// note notes what is lost, and what is there.
func (f *filter) note(a *arrival) {
	ids := []graph.ID{a.ID()}
	if a.Entity != nil {
		for _, k := range graph.Expand(a.Entity) {
			ids = append(ids, k.ID)
		}
	}
	for _, id := range ids {
		if a.gone {
			f.lost[id] = true
		} else {
			f.there[id] = append(f.there[id], a.inForce)
		}
	}
}

// missing reports whether an id was lost for those who see a record.
func (f *filter) missing(id graph.ID, a *arrival, at Order) bool {
	return f.lost[id] && !slices.ContainsFunc(f.there[id], func(m graph.Marking) bool { return sees(a.inForce, m) }) &&
		!f.log.stands(id, a.inForce, at, nil)
}

// keep is a commit without what is left out, and the tombstones of that.
func (f *filter) keep(c *graph.Change) (kept graph.Change, made []graph.Remains) {
	at := OrderOf(c.Origin)
	list := f.arrivals(c, at)
	for i := range list {
		if list[i].gone || list[i].Claim == nil {
			f.note(&list[i])
		}
	}
	f.close(list, at)
	kept = graph.Change{Writer: c.Writer, Batch: c.Batch, Actor: c.Actor, Reason: c.Reason}
	kept.Origin = &graph.Origin{Store: c.Origin.Store, Time: c.Origin.Time, Marks: c.Origin.Marks}
	for i := range list {
		a := &list[i]
		if !a.gone {
			kept.Origin.Places = append(kept.Origin.Places, a.place)
			add(&kept, cut(a.Placed, func(id graph.ID) bool { return f.missing(id, a, at) }))
			continue
		}
		if f.left++; len(f.log.dead[a.key]) == 0 {
			made = append(made, graph.Remains{Name: a.key, Type: a.Type(), Stamp: a.stamp, InForce: a.stamp, Told: a.told()})
		}
	}
	return kept, made
}

// close leaves out of a commit the claims that name what is lost, and those that name them.
func (f *filter) close(list []arrival, at Order) {
	own := map[graph.ID]bool{} // claims of the commit that are kept as far as is known
	for again := true; again; {
		again = false
		clear(own)
		for i := range list {
			if a := &list[i]; a.Claim != nil && !a.gone {
				own[a.ID()] = true
			}
		}
		for i := range list {
			a := &list[i]
			if a.Claim == nil || a.gone {
				continue
			}
			if slices.ContainsFunc(names(&a.Placed), func(id graph.ID) bool { return !own[id] && f.missing(id, a, at) }) {
				a.gone, again = true, true
				f.note(a)
			}
		}
	}
	for i := range list {
		if a := &list[i]; a.Claim != nil && !a.gone {
			f.note(a)
		}
	}
}

// compareRemains orders tombstones.
func compareRemains(a, b graph.Remains) int { return cmp.Compare(a.Name, b.Name) }
