package merge

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// Set is what of a log is at or below a clearance, by what is in force: each commit with
// where it comes from, in the order of all logs, and of it the records and the marks. Two
// stores that hold the same have equal sets, in whatever order they came to it.
func (l *Log) Set(clearance graph.Marking) []graph.Change {
	groups := l.groups(func(r *record) bool { return sees(clearance, r.inForce) })
	tell := func(m mark) {
		g := groups.of(m.at)
		g.marks = append(g.marks, m.Remark)
	}
	for n := range l.records {
		if l.fullest(n) && len(l.dead[l.records[n].key]) == 0 {
			l.records[n].eachTold(clearance, tell)
		}
	}
	for key, marks := range l.waiting {
		if len(l.dead[key]) > 0 {
			continue // nothing is there to be marked, and what marked it here may be gone
		}
		r := record{key: key, stamp: marks[0].Stamp, marks: marks}
		r.eachTold(clearance, tell)
	}
	groups.addRemains(l, clearance)
	groups.addCommits(l)
	out := make([]graph.Change, 0, len(groups))
	for _, g := range groups.inOrder() {
		out = append(out, l.change(g, clearance))
	}
	cutAll(out)
	return out
}

// cutAll leaves out of the records of changes what is from sources of which nothing was told
// by then.
func cutAll(changes []graph.Change) {
	told := map[graph.ID]bool{"": true, graph.AsRecorded: true}
	hidden := func(id graph.ID) bool { return !told[id] }
	for i := range changes {
		c := &changes[i]
		for n := range c.Sources {
			told[c.Sources[n].ID] = true
		}
		for n := range c.Sources {
			c.Sources[n] = *cut(graph.Placed{Source: &c.Sources[n]}, hidden).Source
		}
		for n := range c.Entities {
			c.Entities[n] = *cut(graph.Placed{Entity: &c.Entities[n]}, hidden).Entity
		}
	}
}

// Feed is the log as a reader of a clearance is to take it in, under the numbers of the
// clearance: all of its commits, not in the order of their numbers but in that of all logs,
// and in each the records that it sees by the marking that the feed gave them. What is one
// commit of its store, and came in several parts, is in the last of these.
func (l *Log) Feed(clearance graph.Marking) []graph.Change {
	groups := l.groups(func(r *record) bool { return sees(clearance, r.Seal().InForce) })
	for i := range l.commits { // those of which it sees nothing have their numbers too
		groups.of(l.commits[i].at)
	}
	groups.addCommits(l)
	var out []graph.Change
	var early graph.Change // of commits that have no number: it comes with the next
	for _, g := range groups.inOrder() {
		c := l.change(g, clearance)
		prepend(&c, &early)
		early = c
		for _, i := range g.commits {
			of := &l.commits[i]
			if of.own > int(clearance.Level()) {
				continue
			}
			out = append(out, graph.Change{
				Sequence: of.Numbers.At(clearance), Numbers: of.Numbers, Writer: of.Writer, Recorded: of.Recorded, Origin: c.Origin,
			})
			early = graph.Change{}
		}
		if n := len(out); early.Origin == nil {
			fill(&out[n-1], &c)
		}
	}
	if n := len(out); n > 0 && early.Origin != nil {
		prepend(&early, &out[n-1])
		fill(&out[n-1], &early)
	}
	cutAll(out)
	return out
}

// prepend puts the records of a change before those of another. What that says of itself
// is not said of all of them.
func prepend(c, before *graph.Change) {
	if len(before.Sources)+len(before.Entities)+len(before.Claims) == 0 {
		return
	}
	c.Batch, c.Actor, c.Reason = "", "", ""
	c.Sources = slices.Concat(before.Sources, c.Sources)
	c.Entities = slices.Concat(before.Entities, c.Entities)
	c.Claims = slices.Concat(before.Claims, c.Claims)
}

// fill gives a change what another says and holds.
func fill(c, of *graph.Change) {
	c.Sources, c.Entities, c.Claims = of.Sources, of.Entities, of.Claims
	c.Batch, c.Actor, c.Reason = of.Batch, of.Actor, of.Reason
	for i := range c.Claims {
		c.Claims[i].Sequence, c.Claims[i].RecordedAt = c.Sequence, c.Recorded
	}
}

// groups are what is at each place of the order.
type groups map[Order]*group

func (g groups) of(at Order) *group {
	if g[at] == nil {
		g[at] = &group{at: at}
	}
	return g[at]
}

// groups are the records that are seen.
func (l *Log) groups(seen func(r *record) bool) groups {
	out := groups{}
	for n := range l.records {
		if r := &l.records[n]; seen(r) && l.fullest(n) {
			g := out.of(l.commits[r.commit].at)
			g.records = append(g.records, n)
		}
	}
	return out
}

// addCommits adds the commits of a log that stand at the places that there are.
func (g groups) addCommits(l *Log) {
	for i := range l.commits {
		if of := g[l.commits[i].at]; of != nil {
			of.commits = append(of.commits, i)
		}
	}
}

func (g groups) inOrder() []*group {
	return slices.SortedFunc(maps.Values(g), func(a, b *group) int { return a.at.Compare(b.at) })
}

func sees(clearance, m graph.Marking) bool { return m.Level() <= clearance.Level() }

// eachTold calls f with the marks of the record that a clearance is told of: all, where the
// record was at or below it at its writing or by being lowered, else none.
func (r *record) eachTold(clearance graph.Marking, f func(mark)) {
	told := sees(clearance, r.stamp) ||
		slices.ContainsFunc(r.marks, func(m mark) bool { return !m.Raises && sees(clearance, m.Marking) })
	for _, m := range r.marks {
		if told {
			m.Record, m.Stamp = r.key, r.stamp
			f(m)
		}
	}
}

// group is what is at one place of the order: the commit of one store, which may have come
// in several parts.
type group struct {
	at      Order
	commits []int
	records []int
	marks   []graph.Remark
	// tombstones are those that are told.
	tombstones []graph.Remains
}

// change is what of a group a clearance sees. What it says of itself is told to those alone
// who see all of it.
func (l *Log) change(g *group, clearance graph.Marking) graph.Change {
	out := graph.Change{Origin: &graph.Origin{Store: g.at.Store, Time: g.at.Time}, Writer: graph.Red}
	strictest := graph.Clear
	for _, i := range g.commits {
		strictest = stricter(strictest, l.commits[i].strictest)
		out.Writer = l.commits[i].Writer
	}
	for _, i := range g.commits {
		c := &l.commits[i].Change
		if sees(clearance, strictest) && (c.GivenID() != "" || c.Actor != "" || c.Reason != "") {
			out.Batch, out.Actor, out.Reason = c.GivenID(), c.Actor, c.Reason
		}
	}
	var places [3][][]int
	slices.SortFunc(g.records, func(a, b int) int { return slices.Compare(l.records[a].place, l.records[b].place) })
	for _, n := range g.records {
		r := &l.records[n]
		switch {
		case r.Source != nil:
			out.Sources, places[0] = append(out.Sources, *r.Source), append(places[0], r.place)
		case r.Entity != nil:
			out.Entities, places[1] = append(out.Entities, *r.Entity), append(places[1], r.place)
		default:
			out.Claims, places[2] = append(out.Claims, *r.Claim), append(places[2], r.place)
		}
	}
	out.Origin.Places = slices.Concat(places[:]...)
	out.Origin.Marks, out.Origin.Tombstones = g.marks, slices.SortedFunc(slices.Values(g.tombstones), compareRemains)
	slices.SortFunc(out.Origin.Marks, func(a, b graph.Remark) int {
		return cmp.Compare(line(a), line(b))
	})
	return out
}

// Digest is a digest of a set, as Set gives it: of each of its records with its stamp and
// where it comes from, of each mark, and of each tombstone.
func Digest(set []graph.Change) string {
	var lines []string
	for i := range set {
		c := &set[i]
		at, places := OrderOf(c.Origin), Places(c)
		for n, p := range c.Records() {
			lines = append(lines, fmt.Sprintf("record %s %x", Key(at, places[n], &p), sha256.Sum256(p.Encode())))
		}
		for _, m := range c.Origin.Marks {
			lines = append(lines, fmt.Sprintf("mark %s %d %s", at.Store, at.Time.UnixMicro(), line(m)))
		}
	}
	for i := range set {
		for _, t := range set[i].Origin.Tombstones {
			lines = append(lines, fmt.Sprintf("tombstone %s %s %s", t.Name, t.Type, t.Stamp))
		}
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, line := range lines {
		fmt.Fprintln(h, line)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func line(m graph.Remark) string {
	return fmt.Sprintf("%s %s %s %t", m.Record, m.Stamp, m.Marking, m.Raises)
}
