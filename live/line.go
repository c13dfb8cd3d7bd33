package live

import (
	"hash/maphash"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

// lineRef is a line of an entity: a version of it.
type lineRef struct {
	entity  EntityRow
	version uint32
}

// lineIndex finds the lines that stand for a claim. Few claims of lines are ever asked for
// by their ids, and to know them all takes time: it is made when the first is.
type lineIndex struct {
	mu   sync.Mutex
	next int // of Graph.lines
	rows map[uint64]lineRef
}

// find is the claim that an id names of those that lines stand for, and the first line that
// does.
func (g *Graph) find(id graph.ID) (ref lineRef, c graph.Claim, ok bool) {
	x := &g.lineIndex
	x.mu.Lock()
	x.upTo(g)
	ref, ok = x.rows[maphash.String(indexSeed, string(id))]
	x.mu.Unlock()
	if !ok {
		return ref, c, false
	}
	claims := graph.Expand(g.line(ref))
	i := slices.IndexFunc(claims, func(c graph.Claim) bool { return c.ID == id })
	if i < 0 {
		return ref, c, false
	}
	_, ok = g.sourceIndex.get(claims[i].Source)
	return ref, claims[i], ok
}

// upTo reads the lines that were recorded since it was last asked.
func (x *lineIndex) upTo(g *Graph) {
	all := g.lines.all()
	if x.rows == nil {
		x.rows = make(map[uint64]lineRef, 2*len(all))
	}
	for ; x.next < len(all); x.next++ {
		for _, c := range graph.Expand(g.line(all[x.next])) {
			key := maphash.String(indexSeed, string(c.ID))
			if _, known := x.rows[key]; !known {
				x.rows[key] = all[x.next]
			}
		}
	}
}

func (g *Graph) line(ref lineRef) *graph.Entity {
	return g.entities.at(ref.entity).versions.all()[ref.version].is.recorded
}

// plainLine is a line as it is kept, its names without what makes no difference to the eye.
func plainLine(e *graph.Entity) *graph.Entity {
	line := *e
	line.Names = slices.Clone(line.Names)
	for i := range line.Names {
		line.Names[i].Value = graph.PlainName(line.Names[i].Value)
	}
	return &line
}

// nameSources are those of the names of a line; nil when none has one of its own.
func (g *Graph) nameSources(e *graph.Entity) []sourceRow {
	if !slices.ContainsFunc(e.Names, func(n graph.Name) bool { return n.Source != "" }) {
		return nil
	}
	out := make([]sourceRow, len(e.Names))
	for i, n := range e.Names {
		if n.Source == "" {
			continue // as recorded
		}
		row, ok := g.sourceIndex.get(n.Source)
		if !ok {
			row = none // nobody sees the name
		}
		out[i] = row
	}
	return out
}

// name notes that a claim names its subject.
func (g *Graph) name(c *graph.Claim, commit commitRow) {
	row := g.entityRow(c.Subject)
	g.entities.at(row).renamed.Store(uint32(commit) + 1)
	switch c.Predicate {
	case graph.NameOf:
		g.names.Add(uint32(row), c.Value.Text)
	case graph.ExternalID:
		g.externals.add(c.Value.Text, row)
	}
}

// aboutClaims reports whether claims of a predicate are about claims.
func aboutClaims(spec *graph.PredicateSpec) bool {
	return spec.Shape == graph.ShapeClaim || spec.Shape == graph.ShapeClaimPair
}

// onLines reports whether an id names a claim that a line stands for, in the graph or in a
// change.
func (g *Graph) onLines(id graph.ID, ch *graph.Change) bool {
	for i := range ch.Entities {
		if slices.ContainsFunc(graph.Expand(&ch.Entities[i]), func(c graph.Claim) bool { return c.ID == id }) {
			return true
		}
	}
	_, _, ok := g.find(id)
	return ok
}

// speak gives what lines say, and claims of a change are about, rows among the claims.
func (g *Graph) speak(ch *graph.Change) {
	for i := range ch.Claims {
		c := &ch.Claims[i]
		spec := codeOf[c.Predicate].spec()
		if spec.Naming {
			g.speakBeside(c)
		}
		if !aboutClaims(spec) {
			continue
		}
		for _, id := range []graph.ID{c.Subject, c.Object} {
			if g.maySpeak(id, ch) {
				g.speakOf(id)
			}
		}
	}
}

// speakBeside gives what lines say that is recorded as a claim now rows.
func (g *Graph) speakBeside(c *graph.Claim) {
	row, known := g.entityIndex.get(c.Subject)
	if !known || c.Polarity != graph.Affirmed {
		return
	}
	for n, version := range g.entities.at(row).versions.all() {
		if _, says := g.saysOn(&version.is, row, c); !says {
			continue
		}
		if slices.ContainsFunc(graph.Expand(version.is.recorded), func(o graph.Claim) bool { return o.ID == c.ID }) {
			g.speakOn(lineRef{row, uint32(n)}, *c, version.commit)
		}
	}
}

// maySpeak reports whether lines may stand for a claim: one that names or describes, or that
// has no record.
func (g *Graph) maySpeak(id graph.ID, ch *graph.Change) bool {
	if row, ok := g.claimIndex.get(id); ok {
		return g.claims.at(row).grade.naming()
	}
	i := slices.IndexFunc(ch.Claims, func(c graph.Claim) bool { return c.ID == id })
	return i < 0 || ch.Claims[i].Predicate.Spec().Naming
}

// speakOf gives the claim that lines stand for rows.
func (g *Graph) speakOf(id graph.ID) {
	first, c, ok := g.find(id)
	if !ok {
		return
	}
	for n, version := range g.entities.at(first.entity).versions.all() {
		g.speakOn(lineRef{first.entity, uint32(n)}, c, version.commit)
	}
}

// speakAgain gives what a new line says, and older ones say or claims recorded, rows.
func (g *Graph) speakAgain(row EntityRow, e *graph.Entity, commit commitRow) {
	version := uint32(len(g.entities.at(row).versions.all()) - 1)
	if version == 0 || !g.isNamed(row) {
		return
	}
	for _, c := range graph.Expand(e) {
		if _, known := g.claimIndex.get(c.ID); known {
			g.speakOn(lineRef{row, version}, c, commit)
		}
	}
}

// speakOn gives what a line says a row, which was recorded when the line was. It needs none
// where one is as open as the line: who sees that learns nothing from the line.
func (g *Graph) speakOn(line lineRef, c graph.Claim, commit commitRow) {
	is := &g.entities.at(line.entity).versions.all()[line.version].is
	what, says := g.saysOn(is, line.entity, &c)
	if !says || g.spokenOf(line.entity).on(is, what) {
		return
	}
	what.is.Commit, what.is.Record = uint32(commit), is.line
	marking := max(is.own, g.sources.at(what.source).versions.newest().marking)
	open, has := g.openRow(c.ID, marking)
	if what.row = open; has {
		what.late = commit > g.details.at(open).commit
	} else {
		what.row = g.claims.n
		c.Stamp, c.InForce = graph.Markings[marking], graph.Markings[marking]
		g.addClaim(&c, commit)
		g.claims.at(what.row).grade |= fromLine | ofLine
	}
	list, _ := g.spoken.LoadOrStore(line.entity, new(spoken))
	list.(*spoken).add(what)
}

// isNamed reports whether claims that have rows name or describe an entity.
func (g *Graph) isNamed(row EntityRow) bool {
	for _, p := range namingKinds {
		if _, ok := g.linkIndex.get(linkKey{kind: p, source: row, target: none}); ok {
			return true
		}
	}
	return false
}

// openRow is the first row of a claim that is no stricter than a level.
func (g *Graph) openRow(id graph.ID, to level) (ClaimRow, bool) {
	newest, ok := g.claimIndex.get(id)
	if !ok {
		return none, false
	}
	first := g.details.at(newest).first
	rows := []ClaimRow{first}
	if is := g.revisionsOf(first); is != nil {
		rows = append(rows, is.rerecorded.all()...)
	}
	i := slices.IndexFunc(rows, func(r ClaimRow) bool { return g.claims.at(r).marking <= to })
	if i < 0 {
		return none, false
	}
	return rows[i], true
}

// saysOn is what a line says that is one claim; false where it does not.
func (g *Graph) saysOn(is *entityVersion, entity EntityRow, c *graph.Claim) (what said, ok bool) {
	source, known := g.sourceIndex.get(c.Source)
	if !known {
		return said{}, false
	}
	s := said{kind: c.Predicate, entity: entity}
	is.each(&s, func(s *said) {
		if !ok && s.text == c.Value.Text && s.lang == c.Value.Lang && s.source == source && s.is.Primary == c.Value.Primary {
			what, ok = *s, true
		}
	})
	return what, ok
}

// spokenOf is what of an entity's lines has rows; nil for nothing.
func (g *Graph) spokenOf(row EntityRow) *spoken {
	list, ok := g.spoken.Load(row)
	if !ok {
		return nil
	}
	return list.(*spoken)
}

// sourceRecord is a source as it is exported.
func (v *View) sourceRecord(row sourceRow) graph.Source {
	s := *v.sourceVersion(row).merged
	s.Marking = inForce(s.Marking, v.sourceVersion(row).marking)
	s.DerivedFrom = nil
	for _, parent := range v.parents(row) {
		s.DerivedFrom = append(s.DerivedFrom, v.g.sources.at(parent).id)
	}
	return s
}

// entityRecord is an entity with what its lines say, but for what is not so any more: a line
// of all of them. One name is primary, that which is of all primary ones.
func (v *View) entityRecord(row EntityRow) graph.Entity {
	e := *v.entityVersion(row).merged
	e.Names, e.External = nil, nil
	since := map[graph.Name]graph.Naming{}
	earlier := func(a, b graph.Name) int { return since[a].Compare(since[b]) }
	v.addLines(&e, row, row, since)
	slices.SortStableFunc(e.Names, earlier)
	own := len(e.Names)
	for _, of := range v.silentAt(row) {
		v.addLines(&e, row, of, since)
	}
	slices.SortStableFunc(e.Names[own:], earlier)
	e.Names = v.countingNames(row, e.Names)
	e.Description, e.Subtype = v.bestOnLines(row, graph.Description), v.bestOnLines(row, graph.SubtypeOf)
	if i := slices.Index(e.Names, v.primaryOnLines(row)); i >= 0 {
		e.Names[i].Primary = true
	}
	e.Marking = inForce(e.Marking, v.entityVersion(row).marking)
	if len(e.Names) == 0 {
		e.Names = []graph.Name{v.nameBesideLines(row)}
	}
	return e
}

// nameBesideLines is a name for the line of an entity of which no line gives one: the one shown, if a
// line can say it as its claim does and shows it to nobody else; or else its id, which comes first
// only where there is no name at all.
func (v *View) nameBesideLines(row EntityRow) graph.Name {
	id := v.g.entities.at(row).id
	best, ok := v.bestName([]EntityRow{row}, "")
	if !ok {
		return graph.Name{Value: string(id), Primary: true}
	}
	if best.claim(v).ID != v.record(best.row).ID || v.g.claims.at(best.row).marking > v.strictestNamed(best.row) {
		return graph.Name{Value: string(id)}
	}
	return graph.Name{Value: best.text, Lang: best.lang, Primary: best.is.Primary, Source: v.g.sources.at(best.source).id}
}

// addLines adds the names and external ids of the lines of an entity that stand and are read
// at another. since gets the place in the log from which on a name has stood, where it has none.
func (v *View) addLines(e *graph.Entity, at, of EntityRow, since map[graph.Name]graph.Naming) {
	for _, version := range v.lines(of) {
		line := v.standing(at, of, &version, since)
		e.Names = addSpellings(e.Names, line.Names)
		for _, id := range line.External {
			if !slices.Contains(e.External, id) {
				e.External = append(e.External, id)
			}
		}
	}
}

// countingNames are those names of lines that count, or all where none does.
func (v *View) countingNames(row EntityRow, all []graph.Name) []graph.Name {
	counts := map[graph.Name]bool{}
	v.eachSaid(row, graph.NameOf, func(s *said) {
		if s.is.Outside || !v.isOnLine(s) {
			return
		}
		n := graph.Name{Value: s.text, Lang: s.lang}
		if s.source != asRecorded {
			n.Source = v.g.sources.at(s.source).id
		}
		counts[n] = true
	})
	if out := slices.DeleteFunc(slices.Clone(all), func(n graph.Name) bool { return !counts[n] }); len(out) > 0 {
		return out
	}
	return all
}

// bestOnLines is the best of the texts that lines say under a predicate.
func (v *View) bestOnLines(row EntityRow, p graph.Predicate) string {
	var best said
	v.eachSaid(row, p, func(s *said) {
		s.is.Outside = false
		if v.isOnLine(s) && (best.text == "" || s.is.CompareValues(best.is) < 0) {
			best = *s
		}
	})
	return best.text
}

// isOnLine reports whether a line says so, too.
func (v *View) isOnLine(s *said) bool {
	return s.row == none || v.g.claims.at(s.row).grade.fromLine()
}

// addSpellings adds the names of a later line, each value, language and source once and none
// primary.
func addSpellings(names, later []graph.Name) []graph.Name {
	for _, n := range later {
		n.Primary = false
		if !slices.Contains(names, n) {
			names = append(names, n)
		}
	}
	return names
}

// primaryOnLines is the best of the names that lines mark as primary, without that mark; the
// zero Name when there is none.
func (v *View) primaryOnLines(row EntityRow) graph.Name {
	best, ok := v.bestName([]EntityRow{row}, "")
	if !ok || len(v.silentAt(row)) == 0 || best.is.Moved || !v.isOnLine(&best) { // else what is moved must not come before it
		best = said{}
	}
	v.eachSaid(row, graph.NameOf, func(s *said) {
		s.is.Outside = false
		if v.isOnLine(s) && s.is.Primary && !s.is.Moved && (best.text == "" || s.is.CompareNames(best.is) < 0) {
			best = *s
		}
	})
	n := graph.Name{Value: best.text, Lang: best.lang}
	if best.source != asRecorded {
		n.Source = v.g.sources.at(best.source).id
	}
	return n
}

// standing are the names and external ids of a line of an entity that stand and are read at
// another.
func (v *View) standing(at, of EntityRow, line *version[entityVersion], since map[graph.Name]graph.Naming) graph.Entity {
	var out graph.Entity
	for _, p := range []graph.Predicate{graph.NameOf, graph.ExternalID} {
		s := said{kind: p, row: none, entity: of}
		s.is.Commit, s.is.Record = uint32(line.commit), line.is.line
		line.is.each(&s, func(s *said) {
			s.is.Stamp = uint8(line.is.own)
			from, ok := v.stands(s)
			if !ok || !v.reads(at, s) {
				return
			}
			n := len(out.Names)
			s.into(&out, v.g.sources.at(s.source).id)
			for _, name := range out.Names[n:] {
				name.Primary = false
				if _, known := since[name]; !known {
					since[name] = from
				}
			}
		})
	}
	return out
}

// stands reports whether what a line says is neither retracted nor of a source that is
// withdrawn, and since which place.
func (v *View) stands(s *said) (since graph.Naming, ok bool) {
	spoken := v.g.spokenOf(s.entity)
	if !spoken.holds(s, v.sizes.claims) {
		return s.is, v.onLine(s)
	}
	for _, o := range spoken.all() {
		if ok || o.row >= v.sizes.claims || !o.same(s) {
			continue
		}
		var by said
		by, ok = v.saidBy(v.current(v.g.details.at(o.row).first, v.sizes.claims))
		since = by.is
	}
	return since, ok
}

// into writes what is said on a line.
func (s *said) into(line *graph.Entity, source graph.ID) {
	switch s.kind {
	case graph.NameOf:
		if s.source == asRecorded {
			source = ""
		}
		line.Names = append(line.Names, graph.Name{Value: s.text, Lang: s.lang, Primary: s.is.Primary, Source: source})
	case graph.ExternalID:
		line.External = append(line.External, s.text)
	}
}

// inForce is the marking of a record, or what has been given to it since.
func inForce(m graph.Marking, own level) graph.Marking {
	if levelOf(m) == own {
		return m
	}
	return graph.Markings[own]
}

// onlyOnLine is attributesOf of what one line of the entity says alone, without a claim or another
// line, and but once; false where it is not so simple.
func (e *EntityBase) onlyOnLine(p graph.Predicate) (list []*Attribute, ok bool) {
	lines := e.v.lines(e.row)
	if len(lines) != 1 || e.v.g.spokenOf(e.row) != nil {
		return nil, false
	}
	line, text := &lines[0], ""
	switch recorded := line.is.recorded; {
	case p == graph.Description:
		text = recorded.Description
	case p == graph.SubtypeOf:
		text = recorded.Subtype
	case p == graph.ExternalID && len(recorded.External) == 1:
		text = recorded.External[0]
	case p == graph.ExternalID && len(recorded.External) == 0:
	default:
		return nil, false
	}
	if text == "" {
		return []*Attribute{}, true
	}
	only := &struct {
		Attribute
		says   [1]said
		value  graph.Value
		naming graph.Naming
	}{value: graph.Value{Text: text}}
	says := &only.says[0]
	*says = said{kind: p, row: none, entity: e.row, text: text, source: asRecorded, is: graph.Naming{
		Credibility: recordedCredibility, Stamp: uint8(line.is.own), Commit: uint32(line.commit), Record: line.is.line,
	}}
	if !e.v.onLine(says) || !says.shown() {
		return []*Attribute{}, true
	}
	only.naming = says.is
	a := &only.Attribute
	a.v, a.predicate, a.value, a.lines, a.naming, a.recorded = e.v, p, &only.value, only.says[:], &only.naming, says.is.AsRecorded
	a.fold.Add(e.v.evidenceOf(says))
	if !a.shown() {
		return []*Attribute{}, true
	}
	return []*Attribute{a}, true
}
