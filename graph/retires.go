package graph

import (
	"fmt"
	"slices"
)

// A RETIRES claim says that an entity was recorded by mistake, or as of another kind than
// it is. It may name what stands in its place, which may be retired itself: whoever reads
// follows so many steps.

// MaxSuccessors is how many steps are followed from a retired entity to what stands in its
// place.
const MaxSuccessors = 8

// retires checks a claim that retires an entity: it says why.
func (c *checker) retires(k *Claim) {
	if k.Object != "" && k.Object == k.Subject {
		c.add("SELF_LINK", "object", "an entity cannot stand in its own place", "name another one, or leave it out")
	}
	c.takesBack(k)
	if k.Value == nil || !ShowsSomething(k.Value.Text) {
		c.add("MISSING", "value.text", fmt.Sprintf("%s needs a reason, and it is empty", k.Predicate), "say why in value.text")
	}
}

// succeeds notes a claim that is to be written and names a successor.
func (p *planner) succeeds(c *checker, k *Claim) {
	if k.Predicate == Retires && k.Object != "" && len(c.problems) == 0 {
		p.retired = append(p.retired, mark{k, c.prefix, c.record})
	}
}

// successors refuses successors that lead back to where they began, within the batch.
func (p *planner) successors() {
	last := map[ID]ID{}
	for i := range p.batch.Claims {
		if k := &p.batch.Claims[i]; k.Predicate == Retires && !p.retracted[k.ID] {
			last[k.Subject] = k.Object
		}
	}
	for _, m := range p.retired {
		if last[m.claim.Subject] != m.claim.Object {
			continue
		}
		back, _ := m.leadsBack(func(id ID) (ID, error) { return last[id], nil })
		p.problems = append(p.problems, back...)
	}
}

// leadsBack follows successors, and reports whether they lead back.
func (m *mark) leadsBack(next func(ID) (ID, error)) ([]Problem, error) {
	seen := map[ID]bool{}
	for at := m.claim.Object; at != "" && !seen[at]; {
		seen[at] = true
		to, err := next(at)
		if err != nil {
			return nil, err
		}
		if to == m.claim.Subject {
			return []Problem{{
				Code: "SUCCESSOR_CYCLE", Record: m.record, Path: m.prefix + ".object",
				Message: fmt.Sprintf("what stands in the place of %s leads back to %s", m.claim.Object, m.claim.Subject),
				Remedy:  "name an entity that is not retired, or retract that first",
			}}, nil
		}
		at = to
	}
	return nil, nil
}

// succeed refuses successors that lead back to where they began, by what the writer sees of
// the log.
func (s *Settlement) succeed(log Log, retired []mark) error {
	var problems []Problem
	f := successorFinder{log, &s.Fresh, map[ID]ID{}}
	for i := range retired {
		back, err := retired[i].leadsBack(f.successor)
		if err != nil {
			return err
		}
		problems = append(problems, back...)
	}
	if len(problems) > 0 {
		return &InvalidError{Problems: problems}
	}
	return nil
}

// successorFinder finds what stands in the place of entities after a batch, as its writer
// sees it.
type successorFinder struct {
	log   Log
	fresh *Batch
	found map[ID]ID
}

// successor is what stands in the place of an entity; empty for one that is not retired, or
// that nothing succeeds.
func (f *successorFinder) successor(id ID) (ID, error) {
	if to, known := f.found[id]; known {
		return to, nil
	}
	remarks, err := f.remarks(id)
	if err != nil || len(remarks) == 0 {
		return "", err
	}
	held, err := f.held(remarks)
	if err != nil {
		return "", err
	}
	f.found[id] = ""
	for i := range remarks { // the last that stands holds
		if stands, _ := held.counts(remarks[i].ID, f.fresh.Clearance); stands {
			f.found[id] = remarks[i].Object
		}
	}
	return f.found[id], nil
}

// remarks are the claims that retire an entity, in order.
func (f *successorFinder) remarks(id ID) (out []Claim, err error) {
	for p, err := range f.log.Records(map[ID]bool{id: true}) {
		if err != nil {
			return nil, err
		}
		if c := p.Claim; c != nil && c.Predicate == Retires && c.Subject == id && c.InForce.Level() <= f.fresh.Clearance.Level() {
			out = append(out, *c)
		}
	}
	for i := range f.fresh.Claims {
		if c := &f.fresh.Claims[i]; c.Predicate == Retires && c.Subject == id {
			out = append(out, *c)
		}
	}
	return out, nil
}

// held is what is known of some claims after the batch.
func (f *successorFinder) held(claims []Claim) (Known, error) {
	ids := map[ID]bool{}
	for i := range claims {
		ids[claims[i].ID] = true
	}
	held := Known{}
	for p, err := range f.log.Records(ids) {
		if err != nil {
			return nil, err
		}
		if m := p.seal().InForce; m.Level() <= f.fresh.Clearance.Level() {
			one := p.batch(m)
			held.Note(&one)
		}
	}
	fresh := *f.fresh
	fresh.Sources, fresh.Entities = nil, nil
	fresh.Claims = slices.DeleteFunc(slices.Clone(fresh.Claims), func(c Claim) bool { return !ids[c.ID] && !ids[c.Subject] })
	held.Note(&fresh)
	return held, nil
}
