package live

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/rabta/rabta/graph"
)

// addAgain notes a record of what was there before.
func (g *Graph) addAgain(r renewal) {
	g.renewals.add(r)
	g.revised++
}

func (g *Graph) addSource(s *graph.Source, commit commitRow) {
	row, known := g.sourceIndex.get(s.ID)
	if known && row == asRecorded {
		return // an old log may hold the id that is built in
	}
	var record *sourceRecord
	if known {
		g.renamed.Store(uint32(commit) + 1)
		record = g.sources.at(row)
		g.addAgain(renewal{row, none, len(record.versions.all())})
	} else {
		record, row = g.sources.grow()
		record.id = s.ID
		record.newest.Store(none)
	}
	recorded := *s
	record.add(commit, sourceVersion{recorded: &recorded, own: levelOf(s.InForce)})
	if !known {
		g.sourceIndex.put(s.ID, row)
	}
}

// add adds a version, merged with those before: what is stricter, and of that what is
// later, comes first.
func (r *sourceRecord) add(commit commitRow, v sourceVersion) {
	merged := graph.Source{}.Merge(*v.recorded)
	v.marking = v.own
	if before := r.versions.all(); len(before) > 0 {
		last := r.versions.newest()
		v.marking = max(last.marking, v.own)
		if v.own >= last.marking {
			merged = last.merged.Merge(merged)
		} else {
			merged = graph.Source{}
			for _, version := range inOrder(append(slices.Clone(before), version[sourceVersion]{commit, v}),
				func(v sourceVersion) level { return v.own }) {
				merged = merged.Merge(*version.recorded)
			}
		}
	}
	v.merged, v.published = &merged, merged.FirstPublished()
	v.reliability = graph.Code(graph.Reliabilities, merged.Letter())
	r.versions.add(version[sourceVersion]{commit, v})
}

func (g *Graph) addEntity(e *graph.Entity, commit commitRow) {
	row, known := g.entityIndex.get(e.ID)
	var record *entityRecord
	if known {
		record = g.entities.at(row)
		g.addAgain(renewal{none, row, len(record.versions.all())})
	} else {
		record, row = g.entities.grow()
		record.id, record.kind, record.stamp = e.ID, e.Kind, e.Stamp
		traits, _ := g.traits.grow()
		traits.set(e.Kind)
	}
	is := entityVersion{recorded: plainLine(e), own: levelOf(e.InForce), line: g.lines.n.Load(), sources: g.nameSources(e)}
	for _, n := range is.recorded.Names {
		g.names.Add(uint32(row), n.Value)
	}
	for _, id := range e.External {
		g.externals.add(id, row)
	}
	record.renamed.Store(uint32(commit) + 1)
	record.add(commit, is)
	if !known {
		g.entityIndex.put(e.ID, row)
		g.byKind[e.Kind].add(row)
		if e.ID != sharedID(e.ID) {
			g.twinRows.add(row)
		}
	}
	g.lines.add(lineRef{row, uint32(len(record.versions.all()) - 1)})
	g.speakAgain(row, e, commit)
}

// add adds a version, merged with those before: what is stricter, and of that what is
// later, comes first.
func (r *entityRecord) add(commit commitRow, v entityVersion) {
	bare := graph.Entity{ID: r.id, Kind: r.kind}
	merged := bare.Merge(*v.recorded) // it may give a name twice
	v.marking = v.own
	if before := r.versions.all(); len(before) > 0 {
		last := r.versions.newest()
		v.marking = max(last.marking, v.own)
		if v.own >= last.marking {
			merged = last.merged.Merge(merged)
		} else {
			merged = bare
			for _, version := range inOrder(append(slices.Clone(before), version[entityVersion]{commit, v}),
				func(v entityVersion) level { return v.own }) {
				merged = merged.Merge(*version.recorded)
			}
		}
	}
	v.merged = &merged
	r.versions.add(version[entityVersion]{commit, v})
}

// inOrder are versions in the order in which they are merged.
func inOrder[T any](list []version[T], of func(T) level) []T {
	slices.SortStableFunc(list, func(a, b version[T]) int { return cmp.Compare(of(a.is), of(b.is)) })
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = v.is
	}
	return out
}

func (g *Graph) addClaim(c *graph.Claim, commit commitRow) {
	record, r := g.claims.grow()
	details, _ := g.details.grow()
	row, _ := g.sourceIndex.get(c.Source)
	source := g.sources.at(row)
	e := graph.EvidenceOf(c, source.versions.newest().merged)
	*details = claimDetails{
		text: g.texts.add(graph.Encode(c)), fromLast: int32(e.From.Latest), toFirst: int32(e.To.Earliest),
		subject: g.entityRow(c.Subject), speaker: g.entityRow(c.Speaker), attributor: g.entityRow(c.Attributor),
		speakerText: g.said.add(c.SpeakerText), commit: commit, olderOfSource: source.newest.Load(), first: r,
		about: none, against: none, withdraws: none, kind: codeOf[c.Predicate],
	}
	record.source = row
	g.fill(record, c, &e)
	if before, ok := g.claimIndex.get(c.ID); ok {
		g.recordAgain(before, r)
	}
	if spec := c.Predicate.Spec(); spec.IsLink() || spec.IsAttribute() {
		g.attach(c, record, r)
		if spec.Naming {
			record.grade |= naming
			g.name(c, commit)
		}
	}
	if record.marking > 0 {
		g.mention(details.speaker, r)
		g.mention(details.attributor, r)
	}
	source.newest.Store(r)
	g.claimIndex.put(c.ID, r)
}

// mention notes that a claim names an entity beside its ends.
func (g *Graph) mention(e EntityRow, by ClaimRow) {
	if e != none {
		rows, _ := g.mentions.LoadOrStore(e, new(list[ClaimRow]))
		rows.(*list[ClaimRow]).add(by)
	}
}

// fill sets all of a claim's record but its source.
func (g *Graph) fill(record *claimRecord, c *graph.Claim, e *graph.Evidence) {
	record.origin = none
	if c.Origin != "" {
		record.origin, _ = g.sourceIndex.get(c.Origin)
	}
	record.from, record.to = int32(e.From.Earliest), int32(e.To.Latest)
	record.grade = packGrade(e)
	record.marking = levelOf(c.InForce)
	record.state.Store(unsuperseded)
	record.link, record.older = none, none
}

// entityRow is the row of an entity; none for the id of nothing or of a record.
func (g *Graph) entityRow(id graph.ID) EntityRow {
	if id == "" || id.IsClaim() || id.IsSource() {
		return none
	}
	row, ok := g.entityIndex.get(id)
	if !ok {
		return none
	}
	return row
}

// attach puts a claim on the chain of its link, which it makes if need be.
func (g *Graph) attach(c *graph.Claim, record *claimRecord, r ClaimRow) {
	k := c.Key()
	key := linkKey{codeOf[k.Kind], g.entityRow(k.Source), g.entityRow(k.Target), k.Discriminator}
	row, known := g.linkIndex.get(key)
	if !known {
		var l *linkRecord
		l, row = g.links.grow()
		l.source, l.target, l.kind, l.first, l.discriminator = key.source, key.target, key.kind, r, key.discriminator
		l.bearing = key.kind.bearing(key.discriminator)
		l.newest.Store(none)
		g.exclude(l, row, key)
	}
	l := g.links.at(row)
	record.link, record.older = row, l.newest.Load()
	l.newest.Store(r)
	if slices.Contains(vitals, k.Kind) && c.Value != nil && !c.Value.Date.IsZero() {
		date := graph.Span{Earliest: c.Value.Date.Earliest, Latest: c.Value.Date.Latest}
		g.addVital(key.source, vitalDate{r, row, key.kind, date})
	}
	if known {
		return
	}
	g.linkIndex.put(key, row)
	g.linkIDs.put(k.ID(), row)
	g.byPredicate[key.kind].add(row)
	g.entities.at(key.source).postings.add(posting{row, key.target, key.kind, true})
	if key.target != none {
		g.entities.at(key.target).postings.add(posting{row, key.source, key.kind, false})
	}
	if attributor := g.entityRow(c.Attributor); attributor != none && k.Kind == graph.AttributedTo {
		g.entities.at(attributor).discriminated.add(row)
	}
}

// exclude notes that two links of one pair cannot both hold.
func (g *Graph) exclude(l *linkRecord, row LinkRow, key linkKey) {
	l.excluding.Store(none)
	other := key.kind.spec().Excludes
	if other == "" {
		return
	}
	key.kind = codeOf[other]
	if rival, ok := g.linkIndex.get(key); ok {
		l.excluding.Store(rival)
		g.links.at(rival).excluding.Store(row)
	}
}

// addReferences notes what a claim about claims or about a source does to them.
func (g *Graph) addReferences(c *graph.Claim, r ClaimRow) {
	d := g.details.at(r)
	switch c.Predicate {
	case graph.Withdraws:
		d.withdraws, _ = g.sourceIndex.get(c.Subject)
		g.withdrawals.add(r)
		g.renamed.Store(uint32(d.commit) + 1)
	case graph.Retracts:
		d.about, _ = g.claimIndex.get(c.Subject)
		if g.claims.at(d.about).grade.naming() || g.claims.at(d.about).link == none {
			g.renamed.Store(uint32(d.commit) + 1)
		}
		g.addRevisions(g.details.at(d.about).first).retractions.add(r)
		g.supersede(d.about, r)
	case graph.Marks:
		g.marks.add(r)
	case graph.Retires:
		g.retired.add(retiring{r, d.subject, g.entityRow(c.Object)})
	case graph.Contradicts:
		d.about = g.contradict(c.Subject, r)
		d.against = g.contradict(c.Object, r)
	}
}

// contradict notes a claim that contradicts another, and returns the other's row.
func (g *Graph) contradict(id graph.ID, by ClaimRow) ClaimRow {
	r, _ := g.claimIndex.get(id)
	first := g.details.at(r).first
	loadOrAdd[list[ClaimRow]](&g.contradicted, first).add(by)
	g.claims.at(first).state.Or(contradictedBit)
	if revisions := g.revisionsOf(first); revisions != nil {
		for _, again := range revisions.rerecorded.all() {
			g.claims.at(again).state.Or(contradictedBit)
		}
	}
	return r
}

// loadOrAdd is what a map holds of a claim, new if it holds nothing.
func loadOrAdd[T any](m *sync.Map, first ClaimRow) *T {
	if is, ok := m.Load(first); ok {
		return is.(*T)
	}
	is, _ := m.LoadOrStore(first, new(T))
	return is.(*T)
}

// revisions is what became of a claim that was retracted or recorded again. Claims
// of which neither is true have none.
type revisions struct {
	rerecorded  list[ClaimRow] // rows that record it after the first
	retractions list[ClaimRow] // rows that retract it
}

// addRevisions are the revisions of a claim by its first row; only the writer asks.
func (g *Graph) addRevisions(first ClaimRow) *revisions {
	return loadOrAdd[revisions](&g.revisions, first)
}

// revisionsOf are the revisions of a claim by its first row, or nil.
func (g *Graph) revisionsOf(first ClaimRow) *revisions {
	is, ok := g.revisions.Load(first)
	if !ok {
		return nil
	}
	return is.(*revisions)
}

// recordAgain notes that a row records what an earlier one did.
func (g *Graph) recordAgain(before, r ClaimRow) {
	first, record := g.details.at(before).first, g.claims.at(r)
	g.details.at(r).first = first
	record.grade |= rerecorded | g.claims.at(before).grade&fromLine
	if g.claims.at(before).isContradicted() {
		record.state.Or(contradictedBit)
	}
	g.addRevisions(first).rerecorded.add(r)
	g.supersede(before, r)
}

// supersede notes the first row that retracts a claim or records it again; only the
// writer does.
func (g *Graph) supersede(r, by ClaimRow) {
	if c := g.claims.at(r); c.supersededBy() == unsuperseded {
		c.state.Store(uint32(by) | c.state.Load()&contradictedBit)
	}
}

// Whoever does not see an entity may record another of another kind under its id: to refuse
// that would tell of what is hidden. Who sees both finds the one that was recorded first
// under the id, and another under the id, "~" and its kind. What is said of the id belongs
// to the one that its writer saw first.

// twin is an entity that shares its id with others, and who saw it.
type twin struct {
	id    graph.ID // under which it is found
	kind  graph.EntityKind
	stamp graph.Marking // of its first record
}

func twinID(id graph.ID, kind graph.EntityKind) graph.ID {
	return id + "~" + graph.ID(strings.ToLower(string(kind)))
}

// sharedID is the id that a twin was recorded under, and any other entity's own.
func sharedID(id graph.ID) graph.ID {
	own, _, _ := strings.Cut(string(id), "~")
	return graph.ID(own)
}

// separate gives what a change says of ids that several entities share the ids under which
// these are found.
func (g *Graph) separate(ch *graph.Change) {
	for i := range ch.Entities {
		ch.Entities[i].ID = g.separateEntity(&ch.Entities[i])
	}
	if len(g.twins) == 0 {
		return
	}
	for i := range ch.Claims {
		c := &ch.Claims[i]
		for _, id := range []*graph.ID{&c.Subject, &c.Object, &c.Speaker, &c.Attributor} {
			*id = g.twinFor(*id, ch.Writer)
		}
	}
}

// separateEntity is the id under which an entity is found.
func (g *Graph) separateEntity(e *graph.Entity) graph.ID {
	for _, t := range g.twins[e.ID] {
		if t.kind == e.Kind {
			return t.id
		}
	}
	row, ok := g.entityIndex.get(e.ID)
	if !ok {
		return e.ID
	}
	first := g.entities.at(row)
	if first.kind == e.Kind {
		return e.ID
	}
	if g.twins == nil {
		g.twins = map[graph.ID][]twin{}
	}
	if g.twins[e.ID] == nil {
		g.twins[e.ID] = []twin{{first.id, first.kind, first.stamp}}
	}
	id := twinID(e.ID, e.Kind)
	g.twins[e.ID] = append(g.twins[e.ID], twin{id, e.Kind, e.Stamp})
	return id
}

// twinFor is the id of the entity that a writer means by an id.
func (g *Graph) twinFor(id graph.ID, writer graph.Marking) graph.ID {
	for _, t := range g.twins[id] {
		if t.stamp.Level() <= writer.Level() {
			return t.id
		}
	}
	return id
}
