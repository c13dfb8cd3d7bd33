package neo4j

import (
	"context"
	"encoding/json"
	"math"
	"slices"

	"github.com/rabta/rabta/graph"
)

// What is said of a retired entity is read at its successor where it fits, and counts for
// nothing where it does not. To know that takes a look at all that was recorded: a state
// that holds a part has what the head keeps, and is unsure where it comes upon any of it.

// goneEntity is what retires an entity, and what else of it asks for a look at the whole log,
// as the head keeps it.
type goneEntity struct {
	// Levels has a bit for each marking under which what is said of it is retired.
	Levels    uint8    `json:"levels,omitempty"`
	Reason    string   `json:"reason,omitempty"`
	Successor graph.ID `json:"successor,omitempty"`
	// Read is set where something that is said of a retired entity is read at the entity,
	// and Disputed where claims contradict what its lines say.
	Read     bool `json:"read,omitempty"`
	Disputed bool `json:"disputed,omitempty"`
}

// subject is what the claim is about, by its id in the native graph.
func (c *claim) subject() graph.ID {
	if c.ends == nil {
		return c.Subject
	}
	return c.ends[0]
}

// object is the other end, likewise.
func (c *claim) object() graph.ID {
	if c.ends == nil {
		return c.Object
	}
	return c.ends[1]
}

// remark is the last claim that retires what is under a marking and said of an entity; nil
// where none does that the state holds.
func (st *state) remark(id graph.ID, marking graph.Marking) (out *claim) {
	var last position
	for _, by := range st.retiring[id] {
		c := st.claims[by]
		if at := st.foundAt(c); st.acts(c, marking, 0) && at >= last {
			out, last = c, at
		}
	}
	return out
}

// foundAt is where the reader finds a claim that takes something back.
func (st *state) foundAt(c *claim) position {
	if records := st.seen(c.records); len(records) > 0 {
		return st.current(records, c.retractedBy).at
	}
	return c.last
}

// retired reports whether what is under a marking and said of an entity is retired.
func (st *state) retired(id graph.ID, marking graph.Marking) bool {
	return st.remark(id, marking) != nil || st.gone[id].Levels&(1<<marking.Level()) != 0
}

// readAt is where what is under a marking and said of an entity is read: at the entity, or at
// what stands in its place in the end. It is false where nothing does, or after too many steps.
func (st *state) readAt(id graph.ID, marking graph.Marking) (graph.ID, bool) {
	st.comesUpon(id)
	at := id
	for step := 0; ; step++ {
		by := st.remark(at, marking)
		if by == nil {
			return at, st.gone[at].Levels&(1<<marking.Level()) == 0
		}
		if at = by.object(); at == "" || step == graph.MaxSuccessors {
			return id, false
		}
	}
}

// comesUpon notes that something depends on an entity that is retired, or at which something of
// one is read.
func (st *state) comesUpon(id graph.ID) {
	if g := st.gone[id]; g.Levels != 0 || g.Read {
		st.unsure = true
	}
}

// place is the link, or the attribute, at which what a claim says under a marking is read;
// false for nowhere. That two are the same is a judgement of these two.
func (st *state) place(c *claim, marking graph.Marking) (graph.LinkKey, bool) {
	was := c.Claim
	if c.ends != nil {
		was.Subject, was.Object, was.Attributor = c.ends[0], c.ends[1], c.ends[3]
	}
	is := was
	if was.Predicate == graph.AttributedTo && was.Attributor != "" {
		if at, ok := st.readAt(was.Attributor, marking); ok {
			is.Attributor = at
		}
	}
	subject, ok := st.readAt(was.Subject, marking)
	object, fine := was.Object, true
	if object != "" {
		object, fine = st.readAt(object, marking)
	}
	moved := subject != was.Subject || object != was.Object
	is.Subject, is.Object = subject, object
	return is.Key(), ok && fine && (!moved || st.fits(&is, was.Subject))
}

// fits reports whether a claim could be about two entities, or about one whose kind was
// that of another.
func (st *state) fits(c *graph.Claim, was graph.ID) bool {
	spec, kind := c.Predicate.Spec(), st.kindOf(c.Subject)
	switch {
	case c.Predicate == graph.SameAs || c.Subject == c.Object:
		return false
	case c.Object == "":
		return slices.Contains(spec.From, kind) && (c.Predicate != graph.SubtypeOf || kind == st.kindOf(was))
	}
	other := st.kindOf(c.Object)
	return (spec.Joins(kind, other) || spec.Symmetric && spec.Joins(other, kind)) && (!spec.SameKind || kind == other)
}

// kindOf is the kind of an entity by its id in the native graph; empty where it is not there.
func (st *state) kindOf(id graph.ID) graph.EntityKind {
	if e := st.entities[id]; e != nil && e.record != nil {
		return e.record.Kind
	}
	return ""
}

// isReadAt reports whether what a claim says under a marking is read at a link, or anywhere
// where none is given.
func (st *state) isReadAt(c *claim, marking graph.Marking, link graph.ID) bool {
	spec := c.Predicate.Spec()
	if len(st.retiring)+len(st.gone) == 0 || !spec.IsLink() && !spec.IsAttribute() {
		return true
	}
	key, ok := st.place(c, marking)
	return ok && (link == "" || key.ID() == link)
}

// readers are the claims that may be read at a link.
func (st *state) readers(link graph.ID) []*claim {
	out := st.links[link]
	for _, c := range st.moved[link] {
		if !slices.Contains(out, c) {
			out = append(slices.Clip(out), c)
		}
	}
	return out
}

// keyOf is the key of a link that claims are about, or are read at.
func (st *state) keyOf(link graph.ID) (graph.LinkKey, bool) {
	if of := st.links[link]; len(of) > 0 {
		return of[0].key(), true
	}
	for _, c := range st.moved[link] {
		for marking := range c.lasts {
			if key, ok := st.place(c, marking); ok && key.ID() == link {
				return key, true
			}
		}
	}
	return graph.LinkKey{}, false
}

// settle finds where what is said of retired entities is read, and which lines are
// contradicted, once all of a log was added.
func (st *state) settle() {
	st.moved, st.silent, st.disputed = map[graph.ID][]*claim{}, map[graph.ID][]graph.ID{}, map[graph.ID]graph.ID{}
	if len(st.retiring) > 0 {
		st.findMoved()
		st.findStaying()
	}
	for _, c := range st.claims {
		if c.Predicate != graph.Contradicts {
			continue
		}
		for _, id := range []graph.ID{c.Subject, c.Object} {
			if st.claims[id] == nil {
				st.disputed[id] = ""
			}
		}
	}
	if len(st.disputed) == 0 {
		return
	}
	for id, e := range st.entities {
		for i := range e.lines {
			for _, c := range graph.Expand(&e.lines[i].Entity) {
				if was, ok := st.disputed[c.ID]; ok && (was == "" || id < was) {
					st.disputed[c.ID] = id
				}
			}
		}
	}
}

func (st *state) findMoved() {
	for id := range st.retiring {
		for _, m := range graph.Markings {
			if at, ok := st.readAt(id, m); ok && at != id && !slices.Contains(st.silent[at], id) {
				st.silent[at] = withID(st.silent[at], id)
			}
		}
	}
	for link, claims := range st.links {
		key := claims[0].key()
		retired := func(id graph.ID) bool { return len(st.retiring[id]) > 0 }
		if !key.Kind.Spec().IsLink() && !isVital(key.Kind) ||
			!retired(key.Source) && !retired(key.Target) && !retired(graph.ID(key.Discriminator)) {
			continue
		}
		for _, c := range claims {
			for m := range c.lasts {
				if to, ok := st.place(c, m); ok && to.ID() != link && !slices.Contains(st.moved[to.ID()], c) {
					st.moved[to.ID()] = append(st.moved[to.ID()], c)
				}
			}
		}
	}
}

// onLine is a claim that a line says which the reader sees, and that counts; none where there
// is none.
func (st *state) onLine(id graph.ID) []counted {
	if st.disputed == nil {
		st.unsure = true
		return nil
	}
	e := st.disputed[id]
	if e == "" {
		return nil
	}
	for _, p := range namingPredicates {
		for _, s := range st.spokenOf(e, st.linesSeen(st.entities[e]), p) {
			if s.claim.ID != id {
				continue
			}
			is, ok := st.judge(s)
			at := &claim{Claim: *s.claim, ends: []graph.ID{e, "", "", ""}}
			if !ok || is.is.Outside || !st.isReadAt(at, markingAt(int64(is.is.Stamp)), "") {
				return nil
			}
			seen, _, _ := st.sourceSeen(s.claim.Source, 0)
			return []counted{{at, graph.EvidenceOf(s.claim, &seen)}}
		}
	}
	return nil
}

// findStaying finds the retired entities of which something stays: what is said of one under a
// marking that no remark reaches.
func (st *state) findStaying() {
	st.stays = map[graph.ID]bool{}
	note := func(id graph.ID, m graph.Marking) {
		if len(st.retiring[id]) == 0 || !st.sees(m) {
			return
		}
		if at, ok := st.readAt(id, m); ok && st.remark(at, graph.Clear) != nil {
			st.stays[at] = true
		}
	}
	for id := range st.retiring {
		for _, l := range st.entity(id).lines {
			note(id, l.InForce)
			for _, n := range l.Names {
				if _, m, ok := st.sourceSeen(n.Source, math.MaxInt64); ok && n.Source != "" && st.sees(l.InForce) {
					note(id, strictest(l.InForce, m))
				}
			}
		}
	}
	for _, c := range st.claims {
		spec := c.Predicate.Spec()
		if !spec.IsLink() && !spec.IsAttribute() {
			continue
		}
		ends := c.ends
		if ends == nil {
			ends = []graph.ID{c.Subject, c.Object, c.Speaker, c.Attributor}
		}
		for _, id := range ends {
			for m := range c.lasts {
				note(id, m)
			}
		}
	}
}

// goneNode is what retires an entity of which nothing stays for the reader; false for another,
// and for one that it does not see.
func (st *state) goneNode(id graph.ID) (goneEntity, bool) {
	if len(st.linesSeen(st.entities[id])) == 0 {
		return goneEntity{}, false
	}
	if len(st.retiring[id]) == 0 {
		return st.gone[id], st.gone[id].Levels != 0
	}
	why := st.whyGone(id)
	return why, why.Levels != 0 && !st.stays[id]
}

// whyGone is what the last claim says that retires an entity.
func (st *state) whyGone(id graph.ID) (out goneEntity) {
	if c := st.remark(id, graph.Clear); c != nil {
		out.Reason, out.Successor = c.Value.Text, c.object()
	}
	for _, m := range graph.Markings {
		if st.retired(id, m) {
			out.Levels |= 1 << m.Level()
		}
	}
	return out
}

// goneText is all that is retired, as the head keeps it; nil for nothing.
func (st *state) goneText() any {
	all := map[graph.ID]goneEntity{}
	for id := range st.retiring {
		if why := st.whyGone(id); why.Levels != 0 {
			all[id] = why
		}
	}
	for id := range st.silent {
		why := all[id]
		why.Read = true
		all[id] = why
	}
	for _, id := range st.disputed {
		if id != "" {
			why := all[id]
			why.Disputed = true
			all[id] = why
		}
	}
	if len(all) == 0 {
		return nil
	}
	text, _ := json.Marshal(all) // of texts and numbers alone
	return string(text)
}

// goneOf reads what the head keeps.
func goneOf(v any) (out map[graph.ID]goneEntity) {
	text, _ := v.(string)
	if json.Unmarshal([]byte(text), &out) != nil {
		return nil
	}
	return out
}

// asksAll reports whether what a commit makes of the native graph asks for a look at the whole
// log: where it retires something, or takes that back, contradicts a line, or may change what is
// read elsewhere or contradicted.
func (st *state) asksAll(c *commit) bool {
	disputed := false
	for _, g := range st.gone {
		disputed = disputed || g.Disputed
	}
	if st.unsure || disputed && len(c.Sources) > 0 {
		return true
	}
	for i := range c.Entities {
		if st.gone[st.nativeID(c.Entities[i].ID, c.Entities[i].Kind)] != (goneEntity{}) {
			return true
		}
	}
	return slices.ContainsFunc(c.Claims, func(k graph.Claim) bool {
		onLine := k.Predicate == graph.Contradicts && (st.claims[k.Subject] == nil || st.claims[k.Object] == nil)
		return onLine || disputed && (takesBack(&k) || k.Predicate.Spec().Naming)
	}) || st.retires(c)
}

// retires reports whether a commit retires something, or takes that back.
func (st *state) retires(c *commit) bool {
	for i := range c.Claims {
		k := &claim{Claim: c.Claims[i]}
		for k != nil && k.Predicate == graph.Retracts {
			k = st.claims[k.Subject]
		}
		if k != nil && k.Predicate == graph.Retires {
			return true
		}
	}
	return false
}

const (
	cypherGone   = `MATCH (h:Head {id: 1}) SET h.gone = $gone`
	cypherRetire = `OPTIONAL MATCH (c:Claim) WHERE c.predicate IN ['RETIRES', 'CONTRADICTS'] RETURN count(c)`
)

// noteGone keeps what is retired with the head.
func (st *state) noteGone(ctx context.Context, t tx) error {
	return run(ctx, t, cypherGone, params{"gone": st.goneText()})
}

// remakeRestored makes the native graph anew where a restored log retires or contradicts something, or others
// recorded any of it.
func (a *application) remakeRestored(ctx context.Context, last graph.Sequence) error {
	r, err := one(ctx, a.tx, cypherRetire, nil)
	if err != nil {
		return err
	}
	if _, err := a.lock(ctx); err != nil {
		return err
	}
	if r.int(0) == 0 && !a.head.merged {
		return nil
	}
	return a.remake(ctx, last)
}
