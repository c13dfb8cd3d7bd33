package graph

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Digest is a short hash of a record's canonical form.
func Digest[R Record](r R) string {
	sum := sha256.Sum256(Encode(r))
	return hex.EncodeToString(sum[:16])
}

// Normalised returns the batch with claims normalised, and claims and records that
// stand in it twice kept once. It does not alias b.
func (b Batch) Normalised() Batch {
	size, at := b.size(), Positions{}
	b.Sources, at.Sources = once(b.Sources, func(s *Source) string { return Digest(s) })
	b.Entities, at.Entities = once(b.Entities, func(e *Entity) string { return Digest(e) })
	claims := make([]Claim, len(b.Claims))
	for i, c := range b.Claims {
		claims[i] = c.Normalised()
	}
	b.Claims, at.Claims = once(claims, func(c *Claim) string { return string(c.ID) })
	if b.size() < size {
		b.Positions = &at
	}
	b.Clearance = either(b.Clearance, Red)
	return b
}

// once keeps the first of records with one key. at is where those stood.
func once[T any](list []T, key func(*T) string) (out []T, at []int) {
	seen := make(map[string]bool, len(list))
	out, at = make([]T, 0, len(list)), make([]int, 0, len(list))
	for i := range list {
		if k := key(&list[i]); !seen[k] {
			seen[k] = true
			out, at = append(out, list[i]), append(at, i)
		}
	}
	return out, at
}

// Needs lists the ids of which Plan must know what the store holds: all that a
// normalised batch records or mentions. The list is sorted and holds each id once.
func (b *Batch) Needs() []ID {
	needs := map[ID]bool{}
	for i := range b.Sources {
		needs[b.Sources[i].ID] = true
		for _, id := range b.Sources[i].DerivedFrom {
			needs[id] = true
		}
	}
	for i := range b.Entities {
		b.needsOfLine(&b.Entities[i], needs)
	}
	for i := range b.Claims {
		c := &b.Claims[i]
		for _, id := range []ID{c.ID, c.Subject, c.Object, c.Speaker, c.Attributor, c.Source, c.Origin} {
			needs[id] = true
		}
		for _, id := range c.markIDs() {
			needs[id] = true
		}
	}
	delete(needs, "")
	return slices.Sorted(maps.Keys(needs))
}

// Check reports what is wrong with a batch by itself, without a store: nil, or
// an *InvalidError whose problems count the records of b as they stand.
// References that lead out of the batch are taken on trust.
func (b Batch) Check() error {
	claims := make([]Claim, len(b.Claims))
	for i, c := range b.Claims {
		claims[i] = c.Normalised()
	}
	b.Claims, b.Clearance = claims, either(b.Clearance, Red)
	_, _, err := plan(b, nil, nil, b.ownRepresentations(nil))
	return err
}

// Plan decides what of a normalised batch is new: it checks every record and every
// reference, drops what the store already has, log.Known being what it holds of b.Needs(),
// and gives each record that is left its stamp, which is in force. Of what is known it
// sees what the writer's clearance sees: for the rest, the answer is that of a store
// without it. The error is an *InvalidError, and then nothing may be written, or one of the
// log.
func Plan(b Batch, log Log) (Batch, error) {
	lines, err := b.onLines(log)
	if err != nil {
		return Batch{}, err
	}
	classes, err := b.representations(log)
	if err != nil {
		return Batch{}, err
	}
	fresh, _, err := plan(b, &log.Known, lines, classes)
	return fresh, err
}

// plan is Plan; lines are the claims that the batch is about and that lines of entities stand
// for, after is what is known after what is new, but for what the marks change.
func plan(b Batch, known *Known, lines map[ID]lineClaim, classes map[ID]Representation) (fresh Batch, after planned, err error) {
	p := planner{batch: &b, known: known, lines: lines, classes: classes}
	p.run()
	if len(p.problems) > 0 {
		return Batch{}, planned{}, &InvalidError{Problems: p.problems, Conflict: p.conflict}
	}
	b.Sources, b.Entities, b.Claims = p.sources, p.entities, p.claims
	return b, planned{p.held, p.remarks, p.endings, p.retired}, nil
}

// planned is what comes of a batch beside what is new of it.
type planned struct {
	held    Known
	marks   []mark
	endings []ending
	retired []mark
}

type planner struct {
	batch *Batch
	known *Known // nil: references out of the batch are taken on trust
	lines map[ID]lineClaim
	// classes are how definite the ends of links of a class are, as far as that is known.
	classes map[ID]Representation
	kinds   map[ID]EntityKind
	has     map[ID]bool // sources and claims of the batch
	stamp   *stamper
	// held is what would be known after the records so far: one thing may be recorded
	// several times in a batch. retracted are the claims that the batch itself has
	// taken back.
	held      Known
	retracted map[ID]bool
	remarks   []mark
	endings   []ending
	retired   []mark // that name a successor
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
		p.check(b.Path("sources", i), record, func(c *checker) { p.source(c, &b.Sources[i]) })
		record++
	}
	for i := range b.Entities {
		p.check(b.Path("entities", i), record, func(c *checker) { p.entity(c, &b.Entities[i]) })
		record++
	}
	for i := range b.Claims {
		p.check(b.Path("claims", i), record, func(c *checker) { p.claim(c, &b.Claims[i]) })
		record++
	}
	p.successors()
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
	if silencedID.MatchString(b.ID) {
		c.add("RESERVED_ID", "id", "ids of this form are those of commits that were redacted", "choose another")
	}
	c.text("actor", b.Actor, MaxShort)
	c.text("reason", b.Reason, MaxText)
	c.marking(b.Marking)
	c.writable("marking", b.Marking, b.Clearance)
	p.problems = append(p.problems, c.problems...)
}

func (p *planner) index() {
	p.kinds, p.has, p.retracted, p.held = map[ID]EntityKind{}, map[ID]bool{}, map[ID]bool{}, Known{}
	if p.known != nil {
		maps.Copy(p.held, *p.known)
	}
	p.stamp = newStamper(p.batch, maps.Clone(p.held), p.lines)
	for id := range p.held {
		if first, ok := p.held.first(id, p.batch.Clearance); ok && first.Kind != "" {
			p.kinds[id] = first.Kind
		}
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
		if c := &p.batch.Claims[i]; c.Predicate != Marks { // which is written under another id
			p.has[c.ID] = true
		}
	}
}

// Path is where a record of a list stands in the batch as it came.
func (b *Batch) Path(list string, i int) string {
	if at := b.Positions; at != nil {
		i = map[string][]int{"sources": at.Sources, "entities": at.Entities, "claims": at.Claims}[list][i]
	}
	return fmt.Sprintf("%s[%d]", list, i)
}

func (p *planner) check(path string, record int, f func(*checker)) {
	if len(p.problems) >= maxProblems {
		p.unchecked++
		return
	}
	c := &checker{prefix: path, record: record}
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
	c.writable("marking", s.Marking, p.batch.Clearance)
	for i, id := range s.DerivedFrom {
		p.sourceExists(c, fmt.Sprintf("derivedFrom[%d]", i), id)
	}
	if p.known == nil {
		return
	}
	stamp, digest := p.stamp.source(s), Digest(s)
	if held, ok := p.held.under(s.ID, "", stamp); ok && held.Digest == digest {
		p.ends(c, s.ID, held.Marking)
		return
	}
	p.ends(c, s.ID, stamp)
	fresh := *s
	fresh.Seal = sealed(stamp)
	p.held.put(s.ID, Held{Marking: stamp, Digest: digest})
	p.sources = append(p.sources, fresh)
}

func (p *planner) entity(c *checker, e *Entity) {
	c.entity(e)
	c.writable("marking", e.Marking, p.batch.Clearance)
	for i, n := range e.Names {
		p.sourceExists(c, fmt.Sprintf("names[%d].source", i), n.Source)
	}
	if kind := p.kinds[e.ID]; kind != e.Kind && len(c.problems) == 0 {
		p.conflict = true
		c.add("KIND_CONFLICT", "kind", fmt.Sprintf("%q is already a %s", clip(string(e.ID)), kind), "choose another id, or correct the kind")
	}
	if p.known == nil {
		return
	}
	stamp := p.stamp.entity(e)
	line := p.openLine(e, stamp)
	digest := Digest(&line)
	if held, ok := p.held.under(e.ID, e.Kind, stamp); ok && held.Digest == digest {
		p.ends(c, e.ID, held.Marking)
	} else {
		p.ends(c, e.ID, stamp)
		line.Seal = sealed(stamp)
		p.held.put(e.ID, Held{Kind: e.Kind, Marking: stamp, Digest: digest})
		p.entities = append(p.entities, line)
	}
	p.recordOfLine(e, stamp)
}

func (p *planner) claim(c *checker, k *Claim) {
	c.claim(k)
	c.writable("marking", k.Marking, p.batch.Clearance)
	p.sourceExists(c, "source", k.Source)
	p.sourceExists(c, "origin", k.Origin)
	switch spec := k.Predicate.Spec(); spec.Shape {
	case ShapeClaim, ShapeClaimPair:
		p.claimExists(c, "subject", k.Subject)
		p.claimExists(c, "object", k.Object)
	case ShapeSource:
		p.sourceExists(c, "subject", k.Subject)
	case ShapeMark:
		if line, ok := p.lines[k.Subject]; ok {
			c.add("SAID_BY_LINE", "subject", fmt.Sprintf("the record of %s says it", line.entity), "mark that, or retract this and record it anew as a claim with a marking")
		} else {
			p.recordExists(c, "subject", k.Subject)
		}
		if k.Value != nil {
			c.writable("value.marking", k.Value.Marking, p.batch.Clearance)
		}
	default:
		p.end(c, "subject", k.Subject, spec.From, spec)
		p.end(c, "object", k.Object, spec.To, spec)
		if spec.SameKind && p.kinds[k.Subject] != "" && p.kinds[k.Object] != "" && p.kinds[k.Subject] != p.kinds[k.Object] {
			c.add("KIND_MISMATCH", "object", fmt.Sprintf("%s is a %s and %s a %s", k.Subject, p.kinds[k.Subject], k.Object, p.kinds[k.Object]), "this kind of link joins two of one kind")
		}
		p.ofClass(c, k, spec)
	}
	if kind := p.kinds[k.Subject]; k.Predicate == SubtypeOf && k.Value != nil && len(subtypes[kind]) > 0 {
		c.subtype("value.text", k.Value.Text, kind)
	}
	p.end(c, "speaker", k.Speaker, nil, PredicateSpec{})
	p.end(c, "attributor", k.Attributor, nil, PredicateSpec{})
	if p.known == nil {
		p.succeeds(c, k)
		return
	}
	if k.Predicate == Marks {
		if k.Value != nil {
			p.marks(c, k)
		}
		return
	}
	if len(c.problems) > 0 {
		return
	}
	stamp, ok := p.stampOfNew(k)
	if _, known := p.held.first(k.ID, p.batch.Clearance); p.batch.Current && !known {
		if c.current(k, p.kinds); len(c.problems) > 0 {
			return
		}
	}
	if !ok {
		first, _ := p.held.first(k.ID, p.batch.Clearance)
		p.ends(c, k.ID, first.Marking)
		return
	}
	p.ends(c, k.ID, stamp)
	fresh := *k
	fresh.Seal = sealed(stamp)
	p.claims = append(p.claims, fresh)
	p.held.noteClaim(&fresh, p.batch.Clearance)
	p.succeeds(c, &fresh)
	if k.Predicate == Retracts {
		p.retracted[k.Subject] = true
	}
}

// stampOfNew is the stamp of a claim that is to be written; false for one that is not.
// What undoes something that is stricter than its stamp would be is as strict as that:
// to others it is nothing new.
func (p *planner) stampOfNew(k *Claim) (Marking, bool) {
	return p.stampFrom(k, p.stamp.claim(k))
}

func (p *planner) stampFrom(k *Claim, least Marking) (Marking, bool) {
	for level := int(least.Level()); level < len(Markings); level++ {
		if m := Markings[level]; m.Level() <= either(p.batch.Clearance, Red).Level() && p.isNew(k, m) {
			return m, true
		}
	}
	return "", false
}

// isNew reports whether the claim is to be written for those who see up to a marking,
// after what comes before it in the batch: it is unknown, or counts no more and is
// asserted again (the batch says so, or takes it back further up), or takes back a claim
// that counts.
func (p *planner) isNew(k *Claim, seeing Marking) bool {
	counts, known := p.held.counts(k.ID, seeing)
	switch {
	case !known:
		return true
	case !counts && (p.batch.Reassert || p.retracted[k.ID]):
		return true
	case k.Predicate != Retracts:
		return false
	}
	taken, _ := p.held.counts(k.Subject, seeing)
	return taken
}

func (p *planner) sourceExists(c *checker, field string, id ID) {
	if c.reserved(field, id) || id == "" || p.has[id] || p.known == nil && id.validSource() {
		return
	}
	if _, ok := p.held.first(id, p.batch.Clearance); ok && id.IsSource() {
		return
	}
	c.dangling(field, id, "source")
}

func (p *planner) claimExists(c *checker, field string, id ID) {
	if id == "" || p.has[id] || p.known == nil && id.validClaim() {
		return
	}
	if _, ok := p.held.first(id, p.batch.Clearance); ok && id.IsClaim() {
		return
	}
	if _, ok := p.lines[id]; ok {
		return
	}
	c.dangling(field, id, "claim")
}

// recordExists checks that an id is that of an entity, a source or a claim.
func (p *planner) recordExists(c *checker, field string, id ID) {
	switch {
	case id.IsSource():
		p.sourceExists(c, field, id)
	case id.IsClaim():
		p.claimExists(c, field, id)
	default:
		p.end(c, field, id, nil, PredicateSpec{})
	}
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
