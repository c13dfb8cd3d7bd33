package graph

import (
	"hash/maphash"
	"iter"
	"maps"
	"slices"
	"sync"
)

// Expand gives the claims that the line of an entity stands for: its names, its description,
// its subtype and its external ids, in this order, each claim once. A name has its own
// source; what has none has AsRecorded. They are STATED and of credibility 2, without
// locator and dates. Their ids are made of what they say alone, so that one name has one id
// in every line that gives it; they are as strict, and were recorded, as the line is.
func Expand(e *Entity) []Claim {
	x := expansion{of: e.ID, seen: map[ID]bool{}}
	for _, n := range e.Names {
		x.add(NameOf, either(n.Source, AsRecorded), Value{Text: n.Value, Lang: n.Lang, Primary: n.Primary})
	}
	for _, said := range []struct {
		p    Predicate
		text string
	}{{Description, e.Description}, {SubtypeOf, e.Subtype}} {
		if said.text != "" {
			x.add(said.p, AsRecorded, Value{Text: said.text})
		}
	}
	for _, id := range e.External {
		x.add(ExternalID, AsRecorded, Value{Text: id})
	}
	return x.claims
}

type expansion struct {
	of     ID
	seen   map[ID]bool
	claims []Claim
}

func (x *expansion) add(p Predicate, source ID, v Value) {
	c := Claim{Subject: x.of, Predicate: p, Source: source, Value: &v, Hedge: Stated}.Normalised()
	if !x.seen[c.ID] {
		x.seen[c.ID] = true
		x.claims = append(x.claims, c)
	}
}

// A line is kept as it came, and the claims that it stands for have no records of their own.
// Others may be about them all the same, for which they are looked for among the lines. What
// retracts one says from then on what is held of it: see Known.noteClaim.

// lineClaim is a claim that a line stands for, and who sees it there.
type lineClaim struct {
	entity  ID
	marking Marking
}

// needsOfLine adds what Plan must know for a line. What it says need be known only where it
// may be asserted anew, or may become a record of its own.
func (b *Batch) needsOfLine(e *Entity, needs map[ID]bool) {
	needs[e.ID] = true
	for _, n := range e.Names {
		needs[n.Source] = true
	}
	if !b.Reassert && !e.citesNames() {
		return
	}
	for _, c := range Expand(e) {
		if b.Reassert || c.Source != AsRecorded {
			needs[c.ID] = true
		}
	}
}

// citesNames reports whether a name of the line has a source of its own.
func (e *Entity) citesNames() bool {
	return slices.ContainsFunc(e.Names, func(n Name) bool { return n.Source != "" })
}

// asksLines are the claims that the batch is about and of which its writer sees no record, or
// that it retracts although what is held of them counts no more, or marks: lines may stand
// for them.
func (b *Batch) asksLines(known Known) map[ID]bool {
	asks := map[ID]bool{}
	for i := range b.Claims {
		c := &b.Claims[i]
		for _, id := range []ID{c.Subject, c.Object} {
			counts, ok := known.counts(id, b.Clearance)
			if id.IsClaim() && (!ok || c.Predicate == Marks || c.Predicate == Retracts && !counts) {
				asks[id] = true
			}
		}
	}
	for i := range b.Claims {
		delete(asks, b.Claims[i].ID)
	}
	return asks
}

// onLines finds the claims that the batch is about among those that lines stand for, as far
// as the writer sees these: of each the one of the least strict marking.
func (b *Batch) onLines(log Log) (map[ID]lineClaim, error) {
	asks := b.asksLines(log.Known)
	if len(asks) == 0 {
		return nil, nil
	}
	if log.Lines == nil {
		return b.ownLines(asks, log.Known), nil
	}
	var found []Claim
	var lines []lineClaim
	sources := map[ID]bool{}
	for p, err := range log.Lines(asks) {
		if err != nil {
			return nil, err
		}
		for _, c := range Expand(p.Entity) {
			if asks[c.ID] {
				found, lines = append(found, c), append(lines, lineClaim{p.Entity.ID, p.Entity.InForce})
				sources[c.Source] = true
			}
		}
	}
	markings, err := b.seen(sources, log)
	out := b.ownLines(asks, log.Known)
	for i, c := range found {
		line := lines[i]
		m, seen := markings[c.Source]
		line.marking = stricter(line.marking, m)
		least, ok := out[c.ID]
		if seen && line.marking.Level() <= b.Clearance.Level() && (!ok || line.marking.Level() < least.marking.Level()) {
			out[c.ID] = line
		}
	}
	return out, err
}

// ownLines finds them among the lines of the batch itself.
func (b *Batch) ownLines(asks map[ID]bool, known Known) map[ID]lineClaim {
	out, stamp := map[ID]lineClaim{}, newStamper(b, known, nil)
	for i := range b.Entities {
		e := &b.Entities[i]
		for _, c := range Expand(e) {
			if asks[c.ID] {
				out[c.ID] = lineClaim{e.ID, stricter(stamp.entity(e), stamp.of(c.Source))}
			}
		}
	}
	return out
}

// seen are the markings of the first records of sources that the writer sees.
func (b *Batch) seen(sources map[ID]bool, log Log) (map[ID]Marking, error) {
	out := map[ID]Marking{}
	if sources[AsRecorded] {
		out[AsRecorded] = Clear
		delete(sources, AsRecorded)
	}
	if len(sources) == 0 {
		return out, nil
	}
	for p, err := range log.Records(sources) {
		if err != nil {
			return nil, err
		}
		if p.Source == nil || p.Source.InForce.Level() > b.Clearance.Level() {
			continue
		}
		if _, ok := out[p.Source.ID]; !ok {
			out[p.Source.ID] = p.Source.InForce
		}
	}
	return out, nil
}

// recordClaim records a claim that a line gives.
func (p *planner) recordClaim(c Claim, m Marking) {
	c.Seal = sealed(m)
	p.claims = append(p.claims, c)
	p.held.noteClaim(&c, p.batch.Clearance)
}

// openLine is the line without the names whose sources are stricter than it: these become
// records of their own.
func (p *planner) openLine(e *Entity, stamp Marking) Entity {
	line := *e
	hidden := func(n Name) bool {
		return n.Source != "" && stricter(stamp, p.stamp.of(n.Source)) != stamp
	}
	if slices.ContainsFunc(e.Names, hidden) {
		line.Names = slices.DeleteFunc(slices.Clone(e.Names), hidden)
	}
	return line
}

// recordOfLine records what the line of an entity says and is to be a record: a name whose
// source is stricter than the line, and what has a record that counts no more, if the batch
// asserts anew.
func (p *planner) recordOfLine(e *Entity, stamp Marking) {
	if !p.batch.Reassert && !e.citesNames() {
		return
	}
	for _, c := range Expand(e) {
		m := stricter(stamp, p.stamp.of(c.Source))
		counts, known := p.held.counts(c.ID, m)
		if m == stamp && (!p.batch.Reassert || !known || counts) {
			continue
		}
		if m, ok := p.stampFrom(&c, m); ok {
			p.recordClaim(c, m)
		}
	}
}

// LineIndex finds where the records of entities stand that may say what a claim says. It is
// made when it is first asked, and then brought up to date with what was recorded since. It
// is safe for use by many goroutines. The zero LineIndex has read nothing.
type LineIndex struct {
	mu     sync.Mutex
	seed   maphash.Seed
	places map[uint64][]uint64 // by a hash of the claim's id
	read   uint64              // the last place up to which it has read
}

// Places are the places, up to the last one of a log, of the records of entities that may say
// what one of some claims says, in order. since yields the records of entities behind a place.
func (x *LineIndex) Places(ids map[ID]bool, last uint64, since func(place uint64) iter.Seq2[Placed, error]) ([]uint64, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.places == nil {
		x.places, x.seed = map[uint64][]uint64{}, maphash.MakeSeed()
	}
	if last > x.read {
		for p, err := range since(x.read) {
			if err != nil {
				return nil, err
			}
			x.add(&p)
		}
		x.read = last
	}
	found := map[uint64]bool{}
	for id := range ids {
		for _, place := range x.places[maphash.String(x.seed, string(id))] {
			found[place] = place <= last
		}
	}
	maps.DeleteFunc(found, func(_ uint64, is bool) bool { return !is })
	return slices.Sorted(maps.Keys(found)), nil
}

// add notes a record, once however often a reading was broken off.
func (x *LineIndex) add(p *Placed) {
	for _, c := range Expand(p.Entity) {
		key := maphash.String(x.seed, string(c.ID))
		if list := x.places[key]; !slices.Contains(list, p.Place) {
			x.places[key] = append(list, p.Place)
		}
	}
}
