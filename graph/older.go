package graph

// Older works out the stamps of a log that was written before records had any: each
// record keeps, at every moment, the marking that it has at the end of that log, when an
// entity's and a source's was the last that was given, and a claim's the strictest among
// its own and those of all that it refers to. First note every change, then seal every
// one, in order.
type Older struct {
	given   map[ID]Marking // to sources and entities that are not CLEAR
	claims  map[ID]Marking // of those claims that are not CLEAR
	numbers Numbers
}

// NewOlder has noted nothing.
func NewOlder() *Older { return &Older{given: map[ID]Marking{}, claims: map[ID]Marking{}} }

// Note notes what a change marks.
func (o *Older) Note(c *Change) {
	for i := range c.Sources {
		o.note(c.Sources[i].ID, c.Sources[i].Marking)
	}
	for i := range c.Entities {
		o.note(c.Entities[i].ID, c.Entities[i].Marking)
	}
}

func (o *Older) note(id ID, m Marking) {
	switch m {
	case "":
	case Clear:
		delete(o.given, id)
	default:
		o.given[id] = m
	}
}

// Seal gives a change the stamps of its records, the numbers that come of them, and the
// clearance of a writer who sees all: what took something back took back all of it.
func (o *Older) Seal(c *Change) {
	b := Batch{Sources: c.Sources, Entities: c.Entities, Claims: c.Claims}
	own := make(map[ID]*Claim, len(c.Claims))
	for i := range b.Sources {
		b.Sources[i].Seal = sealed(o.of(b.Sources[i].ID))
	}
	for i := range b.Entities {
		b.Entities[i].Seal = sealed(o.of(b.Entities[i].ID))
	}
	for i := range b.Claims {
		own[b.Claims[i].ID] = &b.Claims[i]
	}
	for i := range b.Claims {
		b.Claims[i].Seal = sealed(o.claim(&b.Claims[i], own))
	}
	o.numbers = o.numbers.NextOf(c)
	c.Numbers, c.Writer = o.numbers, Red
}

func sealed(m Marking) Seal { return Seal{m, m} }

func (o *Older) of(id ID) Marking { return either(o.given[id], Clear) }

// claim is the marking of a claim, own being the claims of its batch: what it refers to may
// stand later in that.
func (o *Older) claim(c *Claim, own map[ID]*Claim) Marking {
	m := either(c.Marking, Clear)
	for _, id := range []ID{c.Subject, c.Object, c.Speaker, c.Attributor, c.Source, c.Origin} {
		switch {
		case !id.IsClaim():
			m = stricter(m, o.of(id))
		case own[id] != nil:
			m = stricter(m, o.claim(own[id], own))
		default:
			m = stricter(m, o.claims[id])
		}
	}
	if m != Clear {
		o.claims[c.ID] = m
	}
	return m
}
