package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Needs lists what Plan must know of the store about a batch. Every list is
// sorted and holds each id once.
type Needs struct {
	// Entities and Sources are those that the batch records or mentions.
	Entities, Sources []ID
	// Claims are those that the batch records, retracts or mentions.
	Claims []ID
}

// Known is what the store holds of what a batch needs. An id that is not in a
// map is not in the store.
type Known struct {
	Entities map[ID]EntityState
	Sources  map[ID]RecordState
	// Claims maps a claim to whether it counts (false: it is retracted).
	Claims map[ID]bool
}

// RecordState is what the store holds of a source.
type RecordState struct {
	// Digest is Digest of the last record written under the id.
	Digest string
}

// EntityState is what the store holds of an entity.
type EntityState struct {
	Digest string
	Kind   EntityKind
}

// Digest is a short hash of a record's canonical form.
func Digest[R Record](r R) string {
	sum := sha256.Sum256(Encode(r))
	return hex.EncodeToString(sum[:16])
}

// Normalised returns the batch with claims normalised, and claims and records that
// stand in it twice kept once. It does not alias b.
func (b Batch) Normalised() Batch {
	b.Sources = once(b.Sources, func(s *Source) string { return Digest(s) })
	b.Entities = once(b.Entities, func(e *Entity) string { return Digest(e) })
	claims := make([]Claim, 0, len(b.Claims))
	seen := make(map[ID]bool, len(b.Claims))
	for _, c := range b.Claims {
		c = c.Normalised()
		if !seen[c.ID] {
			seen[c.ID] = true
			claims = append(claims, c)
		}
	}
	b.Claims = claims
	return b
}

// once keeps the first of records with one key.
func once[T any](list []T, key func(*T) string) []T {
	seen := make(map[string]bool, len(list))
	out := make([]T, 0, len(list))
	for _, v := range list {
		if k := key(&v); !seen[k] {
			seen[k] = true
			out = append(out, v)
		}
	}
	return out
}

// Needs lists what Plan must know about a normalised batch.
func (b *Batch) Needs() Needs {
	entities, sources, claims := map[ID]bool{}, map[ID]bool{}, map[ID]bool{}
	for i := range b.Sources {
		sources[b.Sources[i].ID] = true
		for _, id := range b.Sources[i].DerivedFrom {
			sources[id] = true
		}
	}
	for i := range b.Entities {
		entities[b.Entities[i].ID] = true
		for _, n := range b.Entities[i].Names {
			sources[n.Source] = true
		}
	}
	for i := range b.Claims {
		c := &b.Claims[i]
		claims[c.ID] = true
		for _, id := range []ID{c.Subject, c.Object, c.Speaker, c.Attributor, c.Source, c.Origin} {
			switch {
			case id.IsClaim():
				claims[id] = true
			case id.IsSource():
				sources[id] = true
			default:
				entities[id] = true
			}
		}
	}
	return Needs{Entities: listed(entities), Sources: listed(sources), Claims: listed(claims)}
}

func listed(set map[ID]bool) []ID {
	delete(set, "")
	return slices.Sorted(maps.Keys(set))
}

// Check reports what is wrong with a batch by itself, without a store: nil, or
// an *InvalidError whose problems count the records of b as they stand.
// References that lead out of the batch are taken on trust.
func (b Batch) Check() error {
	claims := make([]Claim, len(b.Claims))
	for i, c := range b.Claims {
		claims[i] = c.Normalised()
	}
	b.Claims = claims
	_, err := plan(b, nil)
	return err
}

// Plan decides what of a normalised batch is new: it checks every record and every
// reference, and drops what the store already has, known being what it holds of
// b.Needs(). The error is nil or an *InvalidError, and then nothing may be written.
func Plan(b Batch, known Known) (Batch, error) { return plan(b, &known) }

func plan(b Batch, known *Known) (Batch, error) {
	p := planner{batch: &b, known: known}
	p.run()
	if len(p.problems) > 0 {
		return Batch{}, &InvalidError{Problems: p.problems, Conflict: p.conflict}
	}
	b.Sources, b.Entities, b.Claims = p.sources, p.entities, p.claims
	return b, nil
}

type planner struct {
	batch *Batch
	known *Known // nil: references out of the batch are taken on trust
	kinds map[ID]EntityKind
	has   map[ID]bool // sources and claims of the batch
	// digests and counts are what the store would hold after the records so far:
	// one thing may be recorded several times in a batch. retracted are the claims
	// that the batch itself has taken back.
	digests   map[ID]string
	counts    map[ID]bool
	retracted map[ID]bool
	problems  []Problem
	faults    map[string][]Problem // found before, by record: "claims[3]"
	unchecked int                  // records after too many problems
	conflict  bool
	sources   []Source
	entities  []Entity
	claims    []Claim
}

// maxProblems bounds how much of a hopeless batch is reported; the last problem then says
// so.
const maxProblems = 100_000

func (p *planner) run() {
	b := p.batch
	if n := len(b.Sources) + len(b.Entities) + len(b.Claims); n > MaxBatch {
		p.problems = append(p.problems, Problem{Code: "TOO_MANY", Record: -1, Path: "batch", Message: fmt.Sprintf("it holds %d records, at most %d are taken", n, MaxBatch), Remedy: "split it"})
		return
	}
	p.found()
	p.header(b)
	p.index()
	record := 0
	for i := range b.Sources {
		p.check("sources", i, record, func(c *checker) { p.source(c, &b.Sources[i]) })
		record++
	}
	for i := range b.Entities {
		p.check("entities", i, record, func(c *checker) { p.entity(c, &b.Entities[i]) })
		record++
	}
	for i := range b.Claims {
		p.check("claims", i, record, func(c *checker) { p.claim(c, &b.Claims[i]) })
		record++
	}
	if p.unchecked > 0 {
		p.problems = append(p.problems, Problem{
			Code: "MORE_PROBLEMS", Record: -1, Path: "batch", Remedy: "correct what is listed and try again",
			Message: fmt.Sprintf("%d more of its records were not checked", p.unchecked),
		})
	}
}

// header checks what a batch says of itself.
func (p *planner) header(b *Batch) {
	c := &checker{record: -1}
	c.text("id", b.ID, MaxID)
	c.text("actor", b.Actor, MaxShort)
	c.text("reason", b.Reason, MaxText)
	p.problems = append(p.problems, c.problems...)
}

func (p *planner) index() {
	p.kinds, p.has = map[ID]EntityKind{}, map[ID]bool{}
	p.digests, p.counts, p.retracted = map[ID]string{}, map[ID]bool{}, map[ID]bool{}
	if p.known != nil {
		for id, e := range p.known.Entities {
			if p.digests[id] = e.Digest; !p.batch.Unseen[id] {
				p.kinds[id] = e.Kind
			}
		}
		for id, s := range p.known.Sources {
			p.digests[id] = s.Digest
		}
		maps.Copy(p.counts, p.known.Claims)
	}
	for i := range p.batch.Entities {
		e := &p.batch.Entities[i]
		if _, ok := p.kinds[e.ID]; !ok {
			p.kinds[e.ID] = e.Kind
		}
	}
	for i := range p.batch.Sources {
		p.has[p.batch.Sources[i].ID] = true
	}
	for i := range p.batch.Claims {
		p.has[p.batch.Claims[i].ID] = true
	}
}

func (p *planner) check(list string, i, record int, f func(*checker)) {
	if len(p.problems) >= maxProblems {
		p.unchecked++
		return
	}
	c := &checker{prefix: fmt.Sprintf("%s[%d]", list, i), record: record}
	f(c)
	faults := p.faults[c.prefix]
	for _, fault := range faults {
		fault.Record = record
		p.problems = append(p.problems, fault)
	}
	for _, problem := range c.problems {
		if !slices.ContainsFunc(faults, problem.within) {
			p.problems = append(p.problems, problem)
		}
	}
}

// found sorts the faults that the batch came with by record.
func (p *planner) found() {
	p.faults = map[string][]Problem{}
	for _, fault := range p.batch.Faults {
		record, _, inOne := strings.Cut(fault.Path, "]")
		if list, _, _ := strings.Cut(record, "["); inOne && slices.Contains([]string{"sources", "entities", "claims"}, list) {
			p.faults[record+"]"] = append(p.faults[record+"]"], fault)
			continue
		}
		p.problems = append(p.problems, fault)
	}
}

func (p *planner) source(c *checker, s *Source) {
	c.source(s)
	p.declared(c, s.ID)
	for i, id := range s.DerivedFrom {
		p.sourceExists(c, fmt.Sprintf("derivedFrom[%d]", i), id)
	}
	if d := Digest(s); p.digests[s.ID] != d {
		p.digests[s.ID] = d
		p.sources = append(p.sources, *s)
	}
}

// declared refuses the id of what the writer may not see.
func (p *planner) declared(c *checker, id ID) {
	if p.batch.Unseen[id] {
		c.add("BAD_ID", "id", "this id cannot be used here", "choose another id")
	}
}

func (p *planner) entity(c *checker, e *Entity) {
	c.entity(e)
	p.declared(c, e.ID)
	for i, n := range e.Names {
		p.sourceExists(c, fmt.Sprintf("names[%d].source", i), n.Source)
	}
	if kind := p.kinds[e.ID]; kind != e.Kind && len(c.problems) == 0 {
		p.conflict = true
		c.add("KIND_CONFLICT", "kind", fmt.Sprintf("%q is already a %s", clip(string(e.ID)), kind), "choose another id, or correct the kind")
	}
	if d := Digest(e); p.digests[e.ID] != d {
		p.digests[e.ID] = d
		p.entities = append(p.entities, *e)
	}
}

func (p *planner) claim(c *checker, k *Claim) {
	c.claim(k)
	p.sourceExists(c, "source", k.Source)
	p.sourceExists(c, "origin", k.Origin)
	switch spec := k.Predicate.Spec(); spec.Shape {
	case ShapeClaim, ShapeClaimPair:
		p.claimExists(c, "subject", k.Subject)
		p.claimExists(c, "object", k.Object)
	case ShapeSource:
		p.sourceExists(c, "subject", k.Subject)
	default:
		p.end(c, "subject", k.Subject, spec.From, spec)
		p.end(c, "object", k.Object, spec.To, spec)
		if spec.SameKind && p.kinds[k.Subject] != "" && p.kinds[k.Object] != "" && p.kinds[k.Subject] != p.kinds[k.Object] {
			c.add("KIND_MISMATCH", "object", fmt.Sprintf("%s is a %s and %s a %s", k.Subject, p.kinds[k.Subject], k.Object, p.kinds[k.Object]), "this kind of link joins two of one kind")
		}
	}
	p.end(c, "speaker", k.Speaker, nil, PredicateSpec{})
	p.end(c, "attributor", k.Attributor, nil, PredicateSpec{})
	if !p.isNew(k) {
		return
	}
	p.claims = append(p.claims, *k)
	p.counts[k.ID] = true
	if k.Predicate == Retracts {
		p.counts[k.Subject], p.retracted[k.Subject] = false, true
	}
}

// isNew reports whether the claim is to be written, after what comes before it in
// the batch: it is unknown, or counts no more and is asserted again (the batch
// says so, or takes it back further up), or takes back a claim that counts.
func (p *planner) isNew(k *Claim) bool {
	counts, known := p.counts[k.ID]
	switch {
	case !known:
		return true
	case !counts && (p.batch.Reassert || p.retracted[k.ID]):
		return true
	}
	return k.Predicate == Retracts && p.counts[k.Subject]
}

func (p *planner) sourceExists(c *checker, field string, id ID) {
	if c.reserved(field, id) || id == "" || p.has[id] || p.known == nil && id.validSource() {
		return
	}
	if p.known != nil {
		if _, ok := p.known.Sources[id]; ok && !p.batch.Unseen[id] {
			return
		}
	}
	c.dangling(field, id, "source")
}

func (p *planner) claimExists(c *checker, field string, id ID) {
	if id == "" || p.has[id] || p.known == nil && id.validClaim() {
		return
	}
	if p.known != nil {
		if _, ok := p.known.Claims[id]; ok && !p.batch.Unseen[id] {
			return
		}
	}
	c.dangling(field, id, "claim")
}

// end checks that an id is that of an entity of one of the kinds; no kinds: any.
func (p *planner) end(c *checker, field string, id ID, allowed []EntityKind, spec PredicateSpec) {
	if id == "" {
		if field == "subject" {
			c.add("MISSING", field, "it is empty", "name the entity that the claim is about")
		}
		return
	}
	kind, ok := p.kinds[id]
	if ok && !slices.Contains(EntityKinds, kind) {
		return // told where the entity is
	}
	if !ok {
		if p.known != nil || !id.validEntity() {
			c.dangling(field, id, "entity")
		}
		return
	}
	if spec.Name == "" || len(allowed) == 0 || slices.Contains(allowed, kind) {
		return
	}
	c.add("KIND_MISMATCH", field, fmt.Sprintf("%s is a %s, which cannot be the %s of %s", id, kind, field, spec.Name), "use one of "+joined(allowed))
}

func (c *checker) dangling(field string, id ID, what string) {
	c.add("DANGLING_REFERENCE", field, fmt.Sprintf("no %s has the id %q", what, clip(string(id))), "record it first or in the same batch, or correct the id")
}
