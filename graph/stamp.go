package graph

import "fmt"

// A record is sealed, when it is written, with its stamp: the strictest of its own
// marking, the batch's, and, of each entity, source and claim that it names or declares
// again, the marking given to that in the batch and the one in force of the first record
// of it that the writer sees. So nothing that names what is hidden is shown to those from
// whom it is hidden, and declaring something again never lowers what was there.

// Seal is what a store says of who may see a record.
type Seal struct {
	// Stamp is the marking that the record was sealed with.
	Stamp Marking
	// InForce is the marking that holds now.
	InForce Marking
}

// Numbers are a commit's numbers, one for each of Markings: how many commits so far held
// a record whose stamp was at or below it, changed the marking of one from or to that, or
// redacted one. The last is the store's own. The zero Numbers
// are those of a commit that is older than stamps.
type Numbers [5]Sequence

// At is the number for a clearance.
func (n Numbers) At(clearance Marking) Sequence { return n[clearance.Level()] }

// Next are the numbers of the commit that writes b after the one with n.
func (n Numbers) Next(b *Batch) Numbers {
	return n.NextOf(&Change{Sources: b.Sources, Entities: b.Entities, Claims: b.Claims})
}

// NextOf are the numbers of a change after the one with n.
func (n Numbers) NextOf(c *Change) Numbers {
	lowest := Red
	note := func(m Marking) {
		if m.Level() < lowest.Level() {
			lowest = m
		}
	}
	b := Batch{Sources: c.Sources, Entities: c.Entities, Claims: c.Claims}
	b.eachStamp(note)
	for i := range c.Claims {
		note(c.Claims[i].counts())
	}
	for i := range c.Tombstones {
		note(c.Tombstones[i].counts())
	}
	for _, r := range c.Redacts { // those see it who saw what it took out
		note(r.Stamp)
		note(r.InForce)
	}
	if c.Origin != nil {
		for _, r := range c.Origin.Marks {
			note(r.Stamp)
			note(r.Marking)
		}
		for i := range c.Origin.Tombstones {
			note(c.Origin.Tombstones[i].Told)
		}
	}
	for i := lowest.Level(); int(i) < len(n); i++ {
		n[i]++
	}
	return n
}

// counts is the least strict marking for which a claim makes its commit count.
func (c *Claim) counts() Marking {
	m := c.Stamp
	if c.Predicate == Marks { // those see it who see what it changes
		for _, of := range []Marking{c.Value.Marking, c.Value.Stamp} {
			if of.Level() < m.Level() {
				m = of
			}
		}
	}
	return m
}

func (b *Batch) eachStamp(f func(Marking)) {
	for i := range b.Sources {
		f(b.Sources[i].Stamp)
	}
	for i := range b.Entities {
		f(b.Entities[i].Stamp)
	}
	for i := range b.Claims {
		f(b.Claims[i].Stamp)
	}
}

// stricter is the stricter of two markings; none is CLEAR.
func stricter(a, b Marking) Marking {
	a, b = either(a, Clear), either(b, Clear)
	if a.Level() < b.Level() {
		return b
	}
	return a
}

// stamper works out the stamps of a batch's records.
type stamper struct {
	known  Known // before the batch
	writer Marking
	marked Marking
	given  map[ID]Marking // by the batch, to sources, with those that they rely on, and entities
	claims map[ID]*Claim  // of the batch
	stamps map[ID]Marking // of claims, as far as they were asked for
	lines  map[ID]lineClaim
}

func newStamper(b *Batch, known Known, lines map[ID]lineClaim) *stamper {
	s := &stamper{
		known: known, lines: lines, writer: b.Clearance, marked: b.Marking, given: map[ID]Marking{}, claims: make(map[ID]*Claim, len(b.Claims)), stamps: map[ID]Marking{},
	}
	s.giveSources(b)
	for i := range b.Entities {
		s.give(b.Entities[i].ID, b.Entities[i].Marking)
	}
	for i := range b.Claims {
		s.claims[b.Claims[i].ID] = &b.Claims[i]
	}
	return s
}

// give notes a marking that is not CLEAR.
func (s *stamper) give(id ID, m Marking) {
	if m = stricter(s.given[id], m); m != Clear {
		s.given[id] = m
	}
}

// giveSources works out what the batch gives to its sources, which may rely on one another.
func (s *stamper) giveSources(b *Batch) {
	for changed := true; changed; {
		changed = false
		for i := range b.Sources {
			r := &b.Sources[i]
			was := s.given[r.ID]
			s.give(r.ID, stricter(r.Marking, stricter(s.of(r.ID), s.of(r.DerivedFrom...))))
			changed = changed || s.given[r.ID] != was
		}
	}
}

// of is what naming ids, or declaring them again, asks of a record's stamp.
func (s *stamper) of(ids ...ID) Marking {
	m := stricter(s.marked, "")
	for _, id := range ids {
		if id == "" {
			continue
		}
		m = stricter(m, s.given[id])
		if first, ok := s.known.first(id, s.writer); ok {
			m = stricter(m, first.Marking)
		}
		if line, ok := s.lines[id]; ok {
			m = stricter(m, line.marking)
		}
		if id.IsClaim() && s.claims[id] != nil {
			m = stricter(m, s.claim(s.claims[id]))
		}
	}
	return m
}

func (s *stamper) source(r *Source) Marking { return stricter(s.marked, s.given[r.ID]) }

// entity is the stamp of an entity. What hides the source of a name hides the name, and
// not the entity.
func (s *stamper) entity(e *Entity) Marking { return stricter(e.Marking, s.of(e.ID)) }

func (s *stamper) claim(c *Claim) Marking {
	if m, ok := s.stamps[c.ID]; ok {
		return m
	}
	m := stricter(c.Marking, s.of(c.Subject, c.Object, c.Speaker, c.Attributor, c.Source, c.Origin))
	if first, ok := s.known.first(c.ID, s.writer); ok {
		m = stricter(m, first.Marking)
	}
	s.stamps[c.ID] = m
	return m
}

// writable refuses a marking above what the writer may see.
func (c *checker) writable(field string, m, clearance Marking) {
	if m.Level() > clearance.Level() && int(m.Level()) < len(Markings) {
		c.add("ABOVE_CLEARANCE", field, fmt.Sprintf("what is %s may not be read here, where the clearance is %s", m, clearance),
			"mark it "+string(clearance)+" or lower, or record it where its marking may be read")
	}
}
