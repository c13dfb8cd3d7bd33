package merge

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Receive works out what is to become of a commit that has an origin: the records of it
// that are new, under the marking that comes of all that is known, and what else is marked
// by it. It adds that to the log as the next commit: where the store does not write it, the
// log is good for nothing more. ok is false when nothing is new, and nothing was added. The
// error is an *graph.InvalidError with all that the commit refers to and that is missing.
func (l *Log) Receive(c graph.Change, place func(i int) uint64) (s graph.Settlement, ok bool, err error) {
	fresh := l.fresh(c)
	if fresh.size() == 0 {
		return s, false, nil
	}
	if missing := l.Missing(fresh.Change); len(missing) > 0 {
		return s, false, &graph.InvalidError{Problems: missing}
	}
	ch := fresh.Change
	ch.Sequence, ch.Content = l.head+1, ""
	b := graph.Batch{
		ID: ch.Batch, Actor: ch.Actor, Reason: ch.Reason, Clearance: ch.Writer,
		Sources: ch.Sources, Entities: ch.Entities, Claims: ch.Claims,
	}
	ch.Numbers = l.numbers.NextOf(&ch)
	first := len(l.records)
	l.Add(ch, place)
	l.seal(&b, first)
	return graph.Settlement{
		Fresh: b, Numbers: ch.Numbers, Held: l.Held(l.Touched()), Marked: l.marked(first), Origin: ch.Origin,
	}, true, nil
}

// seal gives the records of a batch, which are the log's from one on, their markings.
func (l *Log) seal(b *graph.Batch, first int) {
	c := graph.Change{Sources: b.Sources, Entities: b.Entities, Claims: b.Claims}
	for i, seal := range c.Seals() {
		seal.InForce = l.records[first+i].inForce
	}
}

// marked are the records before one whose marking the last commit changed.
func (l *Log) marked(first int) (out []graph.Marked) {
	for n, was := range l.changed {
		if r := &l.records[n]; n < first && r.inForce != was {
			out = append(out, graph.Marked{Place: r.Place, InForce: r.inForce})
		}
	}
	slices.SortFunc(out, func(a, b graph.Marked) int { return int(a.Place) - int(b.Place) })
	return out
}

type change struct{ graph.Change }

func (c *change) size() int {
	return len(c.Sources) + len(c.Entities) + len(c.Claims) + len(c.Origin.Marks)
}

// fresh is what of a commit is new.
func (l *Log) fresh(c graph.Change) change {
	at, places := OrderOf(c.Origin), Places(&c)
	out := change{c}
	out.Sources, out.Entities, out.Claims = nil, nil, nil
	out.Origin = &graph.Origin{Store: at.Store, Time: at.Time}
	for i, p := range c.Records() {
		if key := Key(at, places[i], &p); l.isDead(key, at, places[i]) || l.holds(key, &p) {
			continue
		}
		out.Origin.Places = append(out.Origin.Places, places[i])
		add(&out.Change, p)
	}
	for _, m := range c.Origin.Marks {
		list := l.waiting[m.Record]
		if forms := l.byKey[m.Record]; len(forms) > 0 {
			list = l.records[forms[0]].marks
		}
		if i, known := slices.BinarySearchFunc(list, mark{at: at, Remark: m}, mark.compare); !known || list[i].guessed {
			out.Origin.Marks = append(out.Origin.Marks, m)
		}
	}
	return out
}

// Missing lists what commits refer to, in their order, that neither they nor the log hold from
// then or before, each id once: in the one order a record that names something stands behind
// it. Record is that of the commit which refers to it.
func (l *Log) Missing(commits ...graph.Change) (out []graph.Problem) {
	there := map[graph.ID]bool{graph.AsRecorded: true, "": true}
	for i := range commits {
		at, records := OrderOf(commits[i].Origin), commits[i].Records()
		for n := range records {
			there[records[n].ID()] = true
			if e := records[n].Entity; e != nil {
				for _, k := range graph.Expand(e) {
					there[k.ID] = true
				}
			}
		}
		for n := range records {
			for _, id := range records[n].Mentions() {
				if there[id] || l.holdsBy(id, at) {
					continue
				}
				there[id] = true // to tell it once
				out = append(out, graph.Problem{
					Code: "DANGLING_REFERENCE", Record: i, Path: PathOf(&commits[i], n),
					Message: fmt.Sprintf("it refers to %q, which neither the file nor the store holds from before it", string(id)),
					Remedy:  "import what was exported at a clearance that sees it, or the log of the store that it comes from",
				})
			}
		}
	}
	return out
}

// holdsBy reports whether a record that an id names stands at or before a place in the log, or
// a line that says what the claim of the id does.
func (l *Log) holdsBy(id graph.ID, at Order) bool {
	if slices.ContainsFunc(l.byID[id], func(n int) bool { return l.commits[l.records[n].commit].at.Compare(at) <= 0 }) {
		return true
	}
	from, says := l.onLine(id)
	return says && from.Compare(at) <= 0
}

// PathOf is where the record at a place of a change stands in it: "claims[3]".
func PathOf(c *graph.Change, n int) string {
	list := "sources"
	if n >= len(c.Sources) {
		list, n = "entities", n-len(c.Sources)
		if n >= len(c.Entities) {
			list, n = "claims", n-len(c.Entities)
		}
	}
	return fmt.Sprintf("%s[%d]", list, n)
}

// onLine is where the first line of an entity stands that says what the claim of an id does;
// false where none does.
func (l *Log) onLine(id graph.ID) (at Order, ok bool) {
	if !id.IsClaim() {
		return at, false
	}
	if l.onLines == nil {
		l.onLines = map[graph.ID]Order{}
		for i := range l.records {
			if r := &l.records[i]; r.Entity != nil {
				l.noteLine(r.Entity, l.commits[r.commit].at)
			}
		}
	}
	at, ok = l.onLines[id]
	return at, ok
}

func (l *Log) noteLine(e *graph.Entity, at Order) {
	for _, k := range graph.Expand(e) {
		if first, known := l.onLines[k.ID]; !known || at.Compare(first) < 0 {
			l.onLines[k.ID] = at
		}
	}
}

// add adds a record to a change.
func add(c *graph.Change, p graph.Placed) {
	switch {
	case p.Source != nil:
		c.Sources = append(c.Sources, *p.Source)
	case p.Entity != nil:
		c.Entities = append(c.Entities, *p.Entity)
	default:
		c.Claims = append(c.Claims, *p.Claim)
	}
}
