package merge

import (
	"cmp"
	"slices"
	"time"

	"github.com/rabta/rabta/graph"
)

// mark is what a commit made of the marking of a record.
type mark struct {
	at Order
	graph.Remark
	// guessed is set where Agree gave it: no commit of the log says it any more.
	guessed bool
}

// raise is a MARKS claim that raises an id, and all ids that it has reached.
type raise struct {
	at  Order
	to  graph.Marking
	ids map[graph.ID]bool
}

// compare orders marks. What one commit says twice ends as the stricter.
func (m mark) compare(other mark) int {
	level := func(m mark) int {
		if m.Raises {
			return len(graph.Markings) + int(m.Marking.Level())
		}
		return int(m.Marking.Level())
	}
	return cmp.Or(m.at.Compare(other.at), level(m)-level(other))
}

// settled is the marking that comes of the stamp and the marks.
func (r *record) settled() graph.Marking {
	out := r.stamp
	for _, m := range r.marks {
		if !m.Raises {
			out = m.Marking
		} else {
			out = stricter(out, m.Marking)
		}
	}
	return out
}

// note notes a mark of the record with a key, now or when it comes.
func (l *Log) note(key string, m mark) {
	forms := l.byKey[key]
	if len(forms) == 0 {
		l.waiting[key] = with(l.waiting[key], m)
		return
	}
	l.mark(forms[0], m)
}

// with is a list of marks with one more, in order, each once.
func with(list []mark, m mark) []mark {
	i, ok := slices.BinarySearchFunc(list, m, mark.compare)
	if ok && list[i].guessed && !m.guessed {
		list = slices.Clone(list)
		list[i] = m
	}
	if ok {
		return list
	}
	return slices.Insert(slices.Clip(list), i, m)
}

// mark marks a record, in all its forms.
func (l *Log) mark(n int, m mark) {
	for _, form := range l.byKey[l.records[n].key] {
		l.markForm(form, m)
	}
}

func (l *Log) markForm(n int, m mark) {
	r := &l.records[n]
	m.Remark.Record, m.Remark.Stamp = r.key, r.stamp
	r.marks = with(r.marks, m)
	if now := r.settled(); now != r.inForce {
		if _, ok := l.changed[n]; !ok {
			l.changed[n] = r.inForce
		}
		r.inForce = now
	}
}

// remark is what a MARKS claim of the last commit comes to. What one that was taken over
// lowers is said beside it.
func (l *Log) remark(at Order, k *graph.Claim, own bool) {
	v := k.Value
	switch {
	case v == nil:
	case v.Marking.Level() > v.Stamp.Level():
		r := &raise{at, v.Marking, map[graph.ID]bool{}}
		l.raises = append(l.raises, r)
		l.spread(r, k.Subject)
	case own:
		for _, n := range l.byID[k.Subject] {
			if r := &l.records[n]; r.inForce == v.Stamp && l.commits[r.commit].at.Compare(at) < 0 {
				l.mark(n, mark{at: at, Remark: graph.Remark{Marking: v.Marking}})
			}
		}
	}
}

// spread raises all before a raise that has an id or names it, and what names those.
func (l *Log) spread(by *raise, id graph.ID) {
	for ids := []graph.ID{id}; len(ids) > 0; {
		id, ids = ids[len(ids)-1], ids[:len(ids)-1]
		if by.ids[id] {
			continue
		}
		by.ids[id] = true
		for _, n := range slices.Concat(l.byID[id], l.naming[id]) {
			r := &l.records[n]
			if l.commits[r.commit].at.Compare(by.at) >= 0 {
				continue
			}
			l.mark(n, mark{at: by.at, Remark: graph.Remark{Marking: by.to, Raises: true}})
			ids = append(ids, r.ID())
		}
	}
}

// reach has what was raised reach the records from one on, which were taken over.
func (l *Log) reach(first int) {
	for n := first; n < len(l.records); n++ {
		for _, by := range l.raises {
			r := &l.records[n]
			if l.commits[r.commit].at.Compare(by.at) >= 0 {
				continue
			}
			hit := by.ids[r.ID()] || slices.ContainsFunc(names(&r.Placed), func(id graph.ID) bool { return by.ids[id] })
			if !hit {
				continue
			}
			l.mark(n, mark{at: by.at, Remark: graph.Remark{Marking: by.to, Raises: true}})
			if id := r.ID(); !by.ids[id] {
				l.spread(by, id)
			}
		}
	}
}

// shelter raises what names something that is stricter, since who recorded it did not know
// of that: records from one on, and what names records whose marking changed.
func (l *Log) shelter(first int) {
	var queue []int
	for n := first; n < len(l.records); n++ {
		queue = append(queue, n)
	}
	for n := range l.changed {
		if n < first {
			queue = append(queue, l.naming[l.records[n].ID()]...)
		}
	}
	slices.Sort(queue)
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		r := &l.records[n]
		if r.Claim == nil {
			continue // what it names is left out of it where it is hidden
		}
		need, at := l.named(r)
		if need.Level() <= r.inForce.Level() {
			continue
		}
		if own := l.commits[r.commit].at; at.Compare(own) < 0 {
			at = own
		}
		l.mark(n, mark{at: at, Remark: graph.Remark{Marking: need, Raises: true}})
		queue = append(queue, l.naming[r.ID()]...)
	}
}

// named is the strictest of what a record names, each under the least strict record of it
// that does not come after, and when that came to be.
func (l *Log) named(r *record) (need graph.Marking, at Order) {
	need = graph.Clear
	for _, id := range names(&r.Placed) {
		var least *record
		for _, n := range l.byID[id] {
			o := &l.records[n]
			if l.commits[o.commit].at.Compare(l.commits[r.commit].at) > 0 {
				continue
			}
			if least == nil || o.inForce.Level() < least.inForce.Level() {
				least = o
			}
		}
		if least != nil && least.inForce.Level() > need.Level() {
			need, at = least.inForce, l.commits[least.commit].at
			if n := len(least.marks); n > 0 {
				at = least.marks[n-1].at
			}
		}
	}
	return need, at
}

// Agree has every record be marked as the store says that it is: what marked it may have been
// redacted, and goes on marking.
func (l *Log) Agree(inForce func(p *graph.Placed) graph.Marking) {
	for n := range l.records {
		r := &l.records[n]
		want := inForce(&r.Placed)
		if want == r.inForce || want == "" {
			continue
		}
		l.mark(n, mark{l.lost(r), graph.Remark{Marking: want, Raises: want.Level() > r.inForce.Level()}, true})
	}
}

// lost is when a record may have been marked by what is redacted: as late as a claim was that
// is gone, or a raise that reached the record through what is gone, and after its own marks.
func (l *Log) lost(r *record) Order {
	at := l.commits[r.commit].at
	later := func(o Order) {
		if o.Compare(at) > 0 {
			at = o
		}
	}
	for _, o := range l.graves {
		later(o)
	}
	for _, by := range l.raises {
		later(by.at)
	}
	if n := len(r.marks); n > 0 && r.marks[n-1].at.Compare(at) >= 0 {
		at = r.marks[n-1].at
		at.Time = at.Time.Add(time.Microsecond)
	}
	return at
}

// InForce is the marking of a record as the feed gave it.
func InForce(p *graph.Placed) graph.Marking { return p.Seal().InForce }
