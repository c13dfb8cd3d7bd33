package live

import (
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

// View is what one reader sees of one moment under one lens. It never changes
// and is safe for use by many goroutines. Methods that look something up by id
// say nothing is there both for what does not exist and for what is hidden.
type View struct {
	r         *Reader
	g         *Graph
	at        counts
	sequence  graph.Sequence
	lens      graph.Lens
	key       string // clearance and lens
	judge     graph.Judge
	clearance uint8
	cleared   bool // nothing in the graph is above the clearance
	// kept and barred are the lens's sources; nil when it names none.
	kept, barred, withdrawn map[uint32]bool
	same                    *identity // nil: nothing is the same as anything
	countries               countries
	loneOnce                sync.Once
	loneJudge               *loneJudge // see lone
}

// sourceVersion is the source as of the view.
func (v *View) sourceVersion(row uint32) *sourceVersion {
	versions := v.g.sources.at(row).versions.all()
	for i := len(versions) - 1; i > 0; i-- {
		if versions[i].commit < v.at.commits {
			return &versions[i]
		}
	}
	return &versions[0]
}

// sourceLevel is the marking of the source in force for the reader now.
func (v *View) sourceLevel(row uint32) uint8 {
	versions := v.g.sources.at(row).versions.all()
	for i := len(versions) - 1; i > 0; i-- {
		if versions[i].commit < v.r.now.commits {
			return versions[i].marking
		}
	}
	return versions[0].marking
}

func (v *View) sourceSeen(row uint32) bool {
	return row < v.at.sources && (v.cleared || v.sourceLevel(row) <= v.clearance)
}

// sourceRow is the row of a source that the reader may see.
func (v *View) sourceRow(id graph.ID) (uint32, bool) {
	row, ok := v.g.sourceIndex.get(id)
	return row, ok && v.sourceSeen(row)
}

// entityVersion is the entity as of the view.
func (v *View) entityVersion(row uint32) *entityVersion {
	versions := v.g.entities.at(row).versions.all()
	for i := len(versions) - 1; i > 0; i-- {
		if versions[i].commit < v.at.commits {
			return &versions[i]
		}
	}
	return &versions[0]
}

// visibleEntity is the entity as of the view, without what is spelt only in sources
// that the reader may not see.
func (v *View) visibleEntity(row uint32) *graph.Entity {
	if v.cleared || !v.spelt(row) {
		return v.entityVersion(row).record
	}
	all := v.g.entities.at(row)
	record := graph.Entity{ID: all.id, Kind: all.kind}
	for i, version := range all.versions.all() {
		if i > 0 && version.commit >= v.at.commits {
			break
		}
		told := *version.told
		told.Names = slices.DeleteFunc(slices.Clone(told.Names), func(n graph.Name) bool { return !v.sourceKnown(n.Source) })
		record = record.Merge(told)
	}
	return &record
}

// spelt reports whether a name of the entity was met in a source that the reader
// may not see.
func (v *View) spelt(row uint32) bool {
	for _, version := range v.g.entities.at(row).versions.all() {
		for i := range version.told.Names {
			if !v.sourceKnown(version.told.Names[i].Source) {
				return true
			}
		}
	}
	return false
}

// sourceKnown reports whether a source, where one is named, exists for the reader.
func (v *View) sourceKnown(id graph.ID) bool {
	if id == "" {
		return true
	}
	_, ok := v.sourceRow(id)
	return ok
}

// entityLevel is the marking of the entity in force for the reader now.
func (v *View) entityLevel(row uint32) uint8 {
	versions := v.g.entities.at(row).versions.all()
	for i := len(versions) - 1; i > 0; i-- {
		if versions[i].commit < v.r.now.commits {
			return levelOf(versions[i].record.Marking)
		}
	}
	return levelOf(versions[0].record.Marking)
}

// entitySeen reports whether the entity exists for the reader; none does.
func (v *View) entitySeen(row uint32) bool {
	return row == none || row < v.at.entities && (v.cleared || v.entityLevel(row) <= v.clearance)
}

// visible reports whether clearance lets the reader know of the claim: its own
// marking and those of all that it refers to.
func (v *View) visible(r uint32, row *claimRow) bool {
	if v.cleared {
		return true
	}
	if uint8(row.marking) > v.clearance || v.sourceLevel(row.source) > v.clearance {
		return false
	}
	rest := v.g.rest.at(r)
	if !v.knows(rest.subject) {
		return false
	}
	if row.link != none {
		if l := v.g.links.at(row.link); !v.knows(l.source) || !v.knows(l.target) {
			return false
		}
	} else if !v.visibleMeta(rest) {
		return false
	}
	if row.grade&flagMentions == 0 {
		return true
	}
	return v.knows(rest.speaker) && v.knows(rest.attributor) && (row.origin == none || v.sourceLevel(row.origin) <= v.clearance)
}

// knows reports whether clearance lets the reader know of the entity.
func (v *View) knows(row uint32) bool { return row == none || v.entityLevel(row) <= v.clearance }

// visibleMeta reports whether the records that a claim is about are visible.
func (v *View) visibleMeta(rest *claimRest) bool {
	if vocabulary[rest.kind].Name == graph.Withdraws {
		return v.sourceLevel(rest.about) <= v.clearance
	}
	for _, r := range []uint32{rest.about, rest.against} {
		if r != none && !v.visible(r, v.g.claims.at(r)) {
			return false
		}
	}
	return true
}

// marking is the strictest marking among the claim and what it refers to.
func (v *View) marking(r uint32, row *claimRow) uint8 {
	if v.g.strictest.Load() == 0 {
		return 0
	}
	level := max(uint8(row.marking), v.sourceLevel(row.source))
	if row.origin != none {
		level = max(level, v.sourceLevel(row.origin))
	}
	rest := v.g.rest.at(r)
	ends := []uint32{rest.subject, rest.speaker, rest.attributor}
	if row.link != none {
		ends = append(ends, v.g.links.at(row.link).source, v.g.links.at(row.link).target)
	}
	for _, e := range ends {
		if e != none {
			level = max(level, v.entityLevel(e))
		}
	}
	if vocabulary[rest.kind].Name == graph.Withdraws {
		return max(level, v.sourceLevel(rest.about))
	}
	for _, other := range []uint32{rest.about, rest.against} {
		if other != none {
			level = max(level, v.marking(other, v.g.claims.at(other)))
		}
	}
	return level
}

// evidence is what lens and fold ask of the claim, whether it was taken back aside.
func (v *View) evidence(r uint32, row *claimRow) graph.Evidence {
	src := v.sourceVersion(row.source)
	e := graph.Evidence{
		Order: r, Hedge: uint8(row.grade & 15), Credibility: uint8(row.grade >> 4 & 7), Polarity: uint8(row.grade >> 7 & 3),
		Inferred: row.grade&flagInferred != 0, Undated: row.grade&flagUndated != 0,
		Reliability: src.reliability, Published: src.published, Marking: v.marking(r, row),
		Barred: v.barredSource(row),
		From:   openStart, To: openEnd,
	}
	if !e.Undated {
		rest := v.g.rest.at(r)
		e.From = graph.Span{Earliest: graph.Day(row.from), Latest: graph.Day(rest.fromLast)}
		e.To = graph.Span{Earliest: graph.Day(rest.toFirst), Latest: graph.Day(row.to)}
	}
	return e
}

func (v *View) barredSource(row *claimRow) bool {
	return v.kept != nil && !v.kept[row.source] || v.leftOut(row)
}

// leftOut reports whether the lens reads the graph as if the claim's source, or
// whom that relies on, were not there.
func (v *View) leftOut(row *claimRow) bool {
	return v.barred != nil && (v.barred[row.source] || row.origin != none && v.barred[row.origin])
}

// weigh judges one claim. seen is false for a claim that does not exist for the
// reader; reason is empty for one that counts.
func (v *View) weigh(r uint32) (e graph.Evidence, reason graph.Reason, seen bool) {
	row := v.g.claims.at(r)
	if r >= v.at.claims {
		return e, graph.NotYetRecorded, v.awaits(r, row)
	}
	if !v.visible(r, row) {
		return e, "", false
	}
	current, takenBack := v.stands(r, row)
	if !current {
		return e, "", false
	}
	e = v.evidence(r, row)
	e.Retracted = takenBack || v.withdrawn[row.source]
	return e, v.judge.Refuses(&e), true
}

// awaits reports whether a row that was recorded after the view is one that the
// reader will see.
func (v *View) awaits(r uint32, row *claimRow) bool {
	return r < v.r.now.claims && v.visible(r, row) && (row.grade&flagAgain == 0 || v.current(v.g.rest.at(r).first, r+1) == r)
}

// counts reports whether the claim counts.
func (v *View) admits(r uint32) bool {
	_, reason, seen := v.weigh(r)
	return seen && reason == ""
}

// contradicted reports whether a CONTRADICTS claim that counts sets another claim
// that counts against this one.
func (v *View) contradicted(r uint32) bool { return v.contradictions(r, nil) }

// contradictions calls f for each claim that is set against claim r; it reports
// whether there is one.
func (v *View) contradictions(r uint32, f func(other uint32)) bool {
	if !v.g.claims.at(r).named() {
		return false
	}
	l, ok := v.g.contradicted.Load(v.g.rest.at(r).first)
	if !ok {
		return false
	}
	found := false
	for _, by := range l.(*list[uint32]).all() {
		e, reason, seen := v.weigh(by)
		if !seen || reason != "" || graph.Polarities[e.Polarity] != graph.Affirmed {
			continue
		}
		other := v.other(v.g.rest.at(by), r)
		if !v.admits(other) {
			continue
		}
		found = true
		if f == nil {
			return true
		}
		f(other)
	}
	return found
}

// other is the claim that a CONTRADICTS claim sets against claim r, in the row in
// which the reader finds it.
func (v *View) other(rest *claimRest, r uint32) uint32 {
	other := v.g.rest.at(rest.about).first
	if other == v.g.rest.at(r).first {
		other = v.g.rest.at(rest.against).first
	}
	return v.current(other, v.at.claims)
}
