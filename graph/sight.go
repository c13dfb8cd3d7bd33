package graph

import "slices"

// Sight is what one clearance sees of a log: of each commit the records whose marking in
// force is at or below it, under the clearance's own numbers. So it is the log of a
// store that holds nothing else. It sees the changes of one feed, in order.
type Sight struct {
	clearance Marking
	last      Sequence
	sources   map[ID]bool // that it has seen
	hidden    bool        // a source has been hidden from it
	// waiting is what was made visible later, of commits that have no number for the
	// clearance: it comes with the next one that has.
	waiting Change
}

// NewSight has seen nothing. An unknown clearance sees what is CLEAR only.
func NewSight(clearance Marking) *Sight {
	if int(clearance.Level()) >= len(Markings) {
		clearance = Clear
	}
	return &Sight{clearance: clearance, sources: map[ID]bool{}}
}

// Clone is a sight that has seen the same, and goes on by itself.
func (s *Sight) Clone() *Sight {
	other := *s
	return &other
}

// See is what the clearance sees of the next change; false where that has no number of its
// own. What a commit says of itself is told to those alone who see all that it held when
// it was written.
func (s *Sight) See(c Change) (Change, bool) {
	seen := c
	if !s.seesAll(&c) {
		seen = s.records(&c)
	}
	n := c.Numbers.At(s.clearance)
	if n == s.last {
		s.waiting.add(&seen)
		return Change{}, false
	}
	s.last = n
	out, whole := seen, s.seesWhole(&c)
	if s.waiting.size() > 0 { // others recorded them
		out, whole = s.waiting, false
		out.add(&seen)
		s.waiting = Change{}
	}
	out.Sequence, out.Numbers, out.Writer, out.Recorded, out.Marked = n, c.Numbers, c.Writer, c.Recorded, s.seesMarks(&c)
	out.Tombstones, out.Redacts, out.Unsaid = nil, s.redacts(c.Redacts), ""
	if whole && c.Unsaid == "" {
		out.Batch, out.Content, out.Actor, out.Reason = c.Batch, c.Content, c.Actor, c.Reason
	} else {
		out.Batch, out.Content, out.Actor, out.Reason = "", "", "", ""
	}
	for i := range out.Claims {
		out.Claims[i].Sequence = n
	}
	return out, true
}

// redacts are those of what a commit took out that the clearance could see.
func (s *Sight) redacts(all []Redacted) (out []Redacted) {
	for _, r := range all {
		if s.sees(r.Stamp) || s.sees(r.InForce) {
			out = append(out, r)
		}
	}
	return out
}

// Reached notes that all up to a number of the clearance has been seen, in whatever order,
// and that something may be hidden.
func (s *Sight) Reached(n Sequence) { s.last, s.hidden = n, true }

func (c *Change) add(more *Change) {
	c.Sources = append(c.Sources, more.Sources...)
	c.Entities = append(c.Entities, more.Entities...)
	c.Claims = append(c.Claims, more.Claims...)
}

func (c *Change) size() int { return len(c.Sources) + len(c.Entities) + len(c.Claims) }

// seesAll notes the sources of a change, and reports whether it needs no record of it to
// be left out or cut.
func (s *Sight) seesAll(c *Change) bool {
	all := true
	for i := range c.Tombstones { // what names a source that is redacted is shown without it
		s.hidden = s.hidden || c.Tombstones[i].Type == SourceRecord
	}
	for i := range c.Sources {
		if r := &c.Sources[i]; s.sees(r.InForce) {
			s.sources[r.ID] = true
		} else {
			all, s.hidden = false, true
		}
	}
	for i := range c.Entities {
		all = all && s.sees(c.Entities[i].InForce)
	}
	for i := range c.Claims {
		all = all && s.sees(c.Claims[i].InForce)
	}
	return all && !s.hidden
}

func (s *Sight) seesWhole(c *Change) bool { return s.sees(c.Strictest()) }

// seesMarks reports whether a change marks what the clearance sees or saw.
func (s *Sight) seesMarks(c *Change) bool {
	return slices.ContainsFunc(c.Claims, func(k Claim) bool {
		return k.Predicate == Marks && (s.sees(k.Value.Stamp) || s.sees(k.Value.Marking))
	}) || slices.ContainsFunc(c.Tombstones, func(t Tombstone) bool { return t.Counts != "" && s.sees(t.Counts) })
}

func (s *Sight) sees(m Marking) bool { return m.Level() <= s.clearance.Level() }

// records are the records of a change that the clearance sees. A source that it has not
// seen is not named in what it sees, as that from which a name or another source is.
func (s *Sight) records(c *Change) Change {
	var out Change
	hidden := func(id ID) bool { return id != "" && !s.sources[id] }
	for _, r := range c.Sources {
		if s.sees(r.InForce) {
			if slices.ContainsFunc(r.DerivedFrom, hidden) {
				r.DerivedFrom = slices.DeleteFunc(slices.Clone(r.DerivedFrom), hidden)
			}
			out.Sources = append(out.Sources, r)
		}
	}
	ofHidden := func(n Name) bool { return hidden(n.Source) }
	for _, r := range c.Entities {
		if s.sees(r.InForce) {
			if slices.ContainsFunc(r.Names, ofHidden) {
				r.Names = slices.DeleteFunc(slices.Clone(r.Names), ofHidden)
			}
			out.Entities = append(out.Entities, r)
		}
	}
	for _, r := range c.Claims {
		if s.sees(r.InForce) {
			out.Claims = append(out.Claims, r)
		}
	}
	return out
}
