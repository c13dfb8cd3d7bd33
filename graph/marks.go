package graph

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
)

// A MARKS claim changes the marking in force of what was recorded before it, at every
// moment, past ones too. Raising an entity, a source or a claim raises every record that
// has its id or names it, and what names those, also what is recorded with it. Lowering lowers one record and nothing
// else: what names it stays as strict as it was.

// Marks reports whether a change changes the marking of what was recorded before.
func (c *Change) Marks() bool {
	return slices.ContainsFunc(c.Claims, func(k Claim) bool { return k.Predicate == Marks })
}

// markIDs are the ids that a claim that marks may be written under: it then says from which
// marking. None for another claim.
func (c *Claim) markIDs() (ids []ID) {
	if c.Predicate != Marks || c.Value == nil {
		return nil
	}
	for _, from := range Markings {
		k, v := *c, *c.Value
		v.Stamp, k.Value = from, &v
		ids = append(ids, k.hash())
	}
	return ids
}

// mark is a claim about a record, such as one that changes a marking, and where it stands
// in its batch.
type mark struct {
	claim  *Claim
	prefix string
	record int
}

// marks plans a claim that changes the marking of what the writer sees. What is written
// says from which marking: that which is given, or that of the first record.
func (p *planner) marks(c *checker, k *Claim) {
	v := *k.Value
	from, ok := p.marked(k.Subject, v.Stamp)
	twice := slices.ContainsFunc(p.remarks, func(m mark) bool { return m.claim.Subject == k.Subject })
	switch {
	case len(c.problems) > 0:
		return
	case twice:
		c.add("MARKED_TWICE", "subject", fmt.Sprintf("%q is marked above", clip(string(k.Subject))), "mark it once in a batch")
		return
	case !ok && v.Stamp != "":
		c.add("DANGLING_REFERENCE", "value.stamp", fmt.Sprintf("no record of %q is marked %s", clip(string(k.Subject)), v.Stamp),
			"leave it out to mark the first record")
		return
	case !ok:
		c.add("NOT_YET_RECORDED", "subject", fmt.Sprintf("%q is recorded in the same batch", clip(string(k.Subject))),
			"give it the marking there")
		return
	case from == v.Marking:
		return
	}
	v.Stamp = from
	fresh := *k
	fresh.Value = &v
	fresh = fresh.Normalised()
	fresh.Seal = sealed(stricter(p.stamp.claim(k), stricter(from, v.Marking)))
	p.ends(c, fresh.ID, fresh.Stamp)
	p.claims = append(p.claims, fresh)
	p.held.noteClaim(&fresh, p.batch.Clearance)
	p.remarks = append(p.remarks, mark{&fresh, c.prefix, c.record})
}

// marked is the marking in force of the first record of an id, or of that which has one,
// as the writer sees it.
func (p *planner) marked(id ID, stamp Marking) (Marking, bool) {
	for _, h := range (*p.known)[id] {
		if h.Marking.Level() <= p.batch.Clearance.Level() && (stamp == "" || stamp == h.Marking) {
			return h.Marking, true
		}
	}
	return "", false
}

// marker works out what the marks of a batch come to.
type marker struct {
	records func(ids map[ID]bool) iter.Seq2[Placed, error]
	lines   func(ids map[ID]bool) iter.Seq2[Placed, error] // those of Log
	fresh   []Placed                                       // what the batch itself records
	inForce map[uint64]Marking
	touched map[ID]bool // of which what is held changes
}

// mark fills in what the marks of a planned batch change.
func (s *Settlement) mark(log Log, marks []mark) error {
	fresh := Change{Sources: s.Fresh.Sources, Entities: s.Fresh.Entities, Claims: s.Fresh.Claims}
	m := marker{log.Records, log.Lines, fresh.Records(), map[uint64]Marking{}, map[ID]bool{}}
	for i := range m.fresh {
		m.fresh[i].fresh = true
	}
	var problems []Problem
	for _, k := range marks {
		v, subject := k.claim.Value, k.claim.Subject
		var err error
		if v.Marking.Level() > v.Stamp.Level() {
			err = m.raise(subject, v.Marking)
		} else {
			var open []string
			if open, err = m.lower(subject, v.Stamp, v.Marking); len(open) > 0 {
				problems = append(problems, Problem{
					Code: "NAMES_STRICTER", Record: k.record, Path: k.prefix + ".value.marking",
					Message: fmt.Sprintf("%s names what is stricter than %s: %s", subject, v.Marking, joined(open)),
					Remedy:  "lower that first",
				})
			}
		}
		if err != nil {
			return err
		}
	}
	if len(problems) > 0 {
		return &InvalidError{Problems: problems}
	}
	for _, place := range slices.Sorted(maps.Keys(m.inForce)) {
		s.Marked = append(s.Marked, Marked{place, m.inForce[place]})
	}
	return m.refold(s)
}

// of is the marking in force of a record, after the marks so far.
func (m *marker) of(p *Placed) Marking {
	if to, ok := m.inForce[p.Place]; ok && !p.fresh {
		return to
	}
	return p.Seal().InForce
}

// raise raises all that has an id or names it, and what names those, of the log and of the
// batch.
func (m *marker) raise(id ID, to Marking) error {
	for ids, more := map[ID]bool{id: true}, true; more; {
		more = false
		for p, err := range m.all(ids) {
			if err != nil {
				return err
			}
			own := p.ID()
			if p.addSaid(ids) {
				more = true
			}
			if m.of(&p).Level() >= to.Level() || p.Entity != nil && !ids[own] {
				continue // the source of a name hides the name alone
			}
			m.set(&p, to)
			if !ids[own] {
				ids[own], more = true, true
			}
		}
	}
	return nil
}

// addSaid adds the claims that a line stands for to the ids of what is raised, where the line
// is, or the source of what they say: what is about them is raised, too.
func (p *Placed) addSaid(ids map[ID]bool) (more bool) {
	if p.Entity == nil {
		return false
	}
	for _, c := range Expand(p.Entity) {
		if (ids[p.Entity.ID] || ids[c.Source]) && !ids[c.ID] {
			ids[c.ID], more = true, true
		}
	}
	return more
}

// all yields the records of the log, then those of the batch, that have one of some ids or
// name one.
func (m *marker) all(ids map[ID]bool) iter.Seq2[Placed, error] {
	return func(yield func(Placed, error) bool) {
		for p, err := range m.records(ids) {
			if !yield(p, err) {
				return
			}
		}
		for _, p := range m.fresh {
			if slices.ContainsFunc(p.Mentions(), func(id ID) bool { return ids[id] }) && !yield(p, nil) {
				return
			}
		}
	}
}

// set gives a record another marking. One of the batch is written under it.
func (m *marker) set(p *Placed, to Marking) {
	if p.fresh {
		*p.seal() = sealed(to)
	} else {
		m.inForce[p.Place] = to
	}
	m.touched[p.ID()] = true
	if p.Claim != nil && p.Claim.Predicate == Retracts {
		m.touched[p.Claim.Subject] = true
	}
}

// lower lowers the record of an id that has a marking. open lists what it names and what
// is stricter than that: then nothing is lowered.
func (m *marker) lower(id ID, from, to Marking) (open []string, err error) {
	var found []Placed
	named, before := map[ID]bool{}, uint64(math.MaxUint64)
	for p, err := range m.records(map[ID]bool{id: true}) {
		if err != nil {
			return nil, err
		}
		if p.ID() == id && m.of(&p) == from {
			found = append(found, p)
			if p.Claim != nil { // what it names must stand there for whoever comes to see it
				before = min(before, p.Place)
			}
			for _, name := range p.names() {
				named[name] = true
			}
		}
	}
	for _, drop := range []ID{id, "", AsRecorded} {
		delete(named, drop)
	}
	least, err := m.least(named, before)
	if err != nil {
		return nil, err
	}
	for name, marking := range least {
		if marking.Level() > to.Level() {
			open = append(open, string(name))
		}
	}
	slices.Sort(open)
	for i := range found {
		if len(open) == 0 {
			m.set(&found[i], to)
		}
	}
	return open, nil
}

// least are the least strict markings of what has some ids and stands before a place, RED of
// what does not; of claims that lines alone stand for, those of the lines, under the ids of
// their entities.
func (m *marker) least(ids map[ID]bool, before uint64) (map[ID]Marking, error) {
	least := map[ID]Marking{}
	note := func(id ID, marking Marking) {
		if was, ok := least[id]; !ok || marking.Level() < was.Level() {
			least[id] = marking
		}
	}
	missing := maps.Clone(ids)
	for p, err := range m.records(ids) {
		if err != nil {
			return nil, err
		}
		if ids[p.ID()] && p.Place < before {
			note(p.ID(), m.of(&p))
			delete(missing, p.ID())
		}
	}
	if err := m.leastOnLines(missing, before, note); err != nil {
		return nil, err
	}
	for id := range missing {
		note(id, Red)
	}
	return least, nil
}

// leastOnLines notes the markings of the lines that stand for claims, which are missing then
// no more.
func (m *marker) leastOnLines(missing map[ID]bool, before uint64, note func(ID, Marking)) error {
	if m.lines == nil || !slices.ContainsFunc(slices.Collect(maps.Keys(missing)), ID.IsClaim) {
		return nil
	}
	said := map[ID]bool{}
	for p, err := range m.lines(missing) {
		if err != nil {
			return err
		}
		for _, c := range Expand(p.Entity) {
			if missing[c.ID] && p.Place < before {
				note(p.Entity.ID, m.of(&p))
				said[c.ID] = true
			}
		}
	}
	maps.DeleteFunc(missing, func(id ID, _ bool) bool { return said[id] })
	return nil
}

// refold works out anew what is held of the ids whose records were marked.
func (m *marker) refold(s *Settlement) error {
	held := Known{}
	for p, err := range m.records(m.touched) {
		if err != nil {
			return err
		}
		one := p.batch(m.of(&p))
		held.Note(&one)
	}
	held.Note(&s.Fresh)
	for id := range m.touched {
		s.Held[id] = held[id]
	}
	return nil
}

// Records are the records of a change in their order, each under its place in it, from 0
// on. Tombstones are none of them, and keep their places.
func (c *Change) Records() []Placed {
	out, gone, n := make([]Placed, 0, c.size()), c.Tombstones, 0
	add := func(p Placed) {
		for ; len(gone) > 0 && gone[0].Place == n; n++ {
			gone = gone[1:]
		}
		p.Place, p.Writer = uint64(n), c.Writer
		out = append(out, p)
		n++
	}
	for i := range c.Sources {
		add(Placed{Source: &c.Sources[i]})
	}
	for i := range c.Entities {
		add(Placed{Entity: &c.Entities[i]})
	}
	for i := range c.Claims {
		add(Placed{Claim: &c.Claims[i]})
	}
	return out
}

// Seals are the seals of a change's records and tombstones by their places, to be read or
// set.
func (c *Change) Seals() []*Seal {
	out := make([]*Seal, 0, c.Size())
	gone := c.Tombstones
	bury := func(all bool) {
		for ; len(gone) > 0 && (all || gone[0].Place == len(out)); gone = gone[1:] {
			out = append(out, &gone[0].Seal)
		}
	}
	add := func(s *Seal) {
		bury(false)
		out = append(out, s)
	}
	for i := range c.Sources {
		add(&c.Sources[i].Seal)
	}
	for i := range c.Entities {
		add(&c.Entities[i].Seal)
	}
	for i := range c.Claims {
		add(&c.Claims[i].Seal)
	}
	bury(true)
	return out
}

// Size is how many records a change has or had.
func (c *Change) Size() int { return c.size() + len(c.Tombstones) }

// Seal is that of the record.
func (p *Placed) Seal() Seal { return *p.seal() }

// seal is that of the record, to be read or set.
func (p *Placed) seal() *Seal {
	switch {
	case p.Source != nil:
		return &p.Source.Seal
	case p.Entity != nil:
		return &p.Entity.Seal
	}
	return &p.Claim.Seal
}

// ID is that of the record.
func (p *Placed) ID() ID {
	switch {
	case p.Source != nil:
		return p.Source.ID
	case p.Entity != nil:
		return p.Entity.ID
	}
	return p.Claim.ID
}

// Mentions are the ids that the record has or names.
func (p *Placed) Mentions() []ID {
	out := append([]ID{p.ID()}, p.names()...)
	if p.Entity != nil {
		for _, n := range p.Entity.Names {
			out = append(out, n.Source)
		}
	}
	return out
}

// names are the ids that the record names, but for the sources of an entity's names.
func (p *Placed) names() []ID {
	switch {
	case p.Source != nil:
		return p.Source.DerivedFrom
	case p.Entity != nil:
		return nil
	}
	c := p.Claim
	return []ID{c.Subject, c.Object, c.Speaker, c.Attributor, c.Source, c.Origin}
}

// batch is the record by itself, under a marking.
func (p *Placed) batch(inForce Marking) Batch {
	b := Batch{Clearance: p.Writer}
	switch {
	case p.Source != nil:
		r := *p.Source
		r.InForce = inForce
		b.Sources = []Source{r}
	case p.Entity != nil:
		r := *p.Entity
		r.InForce = inForce
		b.Entities = []Entity{r}
	default:
		r := *p.Claim
		r.InForce = inForce
		b.Claims = []Claim{r}
	}
	return b
}
