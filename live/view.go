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
	sizes     tableSizes
	sequence  graph.Sequence
	lens      graph.Lens
	key       string // clearance and lens
	filter    graph.LensFilter
	clearance level
	seesAll   bool // nothing in the graph is above the clearance
	// onlySources and barred are the lens's sources; nil when it names none.
	onlySources, withoutSources, withdrawn map[sourceRow]bool
	resolution                             *resolution // nil: nothing is the same as anything
	countries                              countries
	singleOnce                             sync.Once
	single                                 *singleClaimFilter // see singleClaims
}

// sourceVersion is the source as of the view.
func (v *View) sourceVersion(row sourceRow) *sourceVersion {
	return v.g.sources.at(row).versions.asOf(v.sizes.commits)
}

// sourceLevel is the marking of the source in force for the reader now.
func (v *View) sourceLevel(row sourceRow) level {
	return v.g.sources.at(row).versions.asOf(v.r.snapshot.commits).marking
}

func (v *View) sourceExists(row sourceRow) bool {
	return row < v.sizes.sources && (v.seesAll || v.sourceLevel(row) <= v.clearance)
}

// sourceRow is the row of a source that the reader may see.
func (v *View) sourceRow(id graph.ID) (sourceRow, bool) {
	row, ok := v.g.sourceIndex.get(id)
	return row, ok && v.sourceExists(row)
}

// entityVersion is the entity as of the view.
func (v *View) entityVersion(row EntityRow) *entityVersion {
	return v.g.entities.at(row).versions.asOf(v.sizes.commits)
}

// visibleEntity is the entity as of the view, without what is spelt only in sources
// that the reader may not see.
func (v *View) visibleEntity(row EntityRow) *graph.Entity {
	if v.seesAll || !v.hasHiddenNames(row) {
		return v.entityVersion(row).merged
	}
	all := v.g.entities.at(row)
	record := graph.Entity{ID: all.id, Kind: all.kind}
	for i, version := range all.versions.all() {
		if i > 0 && version.commit >= v.sizes.commits {
			break
		}
		recorded := *version.is.recorded
		recorded.Names = slices.DeleteFunc(slices.Clone(recorded.Names), func(n graph.Name) bool { return !v.sourceNamed(n.Source) })
		record = record.Merge(recorded)
	}
	return &record
}

// hasHiddenNames reports whether a name of the entity was met in a source that the reader
// may not see.
func (v *View) hasHiddenNames(row EntityRow) bool {
	for _, version := range v.g.entities.at(row).versions.all() {
		for i := range version.is.recorded.Names {
			if !v.sourceNamed(version.is.recorded.Names[i].Source) {
				return true
			}
		}
	}
	return false
}

// sourceNamed reports whether a source, where one is named, exists for the reader.
func (v *View) sourceNamed(id graph.ID) bool {
	if id == "" {
		return true
	}
	_, ok := v.sourceRow(id)
	return ok
}

// entityLevel is the marking of the entity in force for the reader now.
func (v *View) entityLevel(row EntityRow) level {
	return levelOf(v.g.entities.at(row).versions.asOf(v.r.snapshot.commits).merged.Marking)
}

// entityExists reports whether the entity exists for the reader; none does.
func (v *View) entityExists(row EntityRow) bool {
	return row == none || row < v.sizes.entities && (v.seesAll || v.entityLevel(row) <= v.clearance)
}

// claimVisible reports whether clearance lets the reader know of the claim: its own
// marking and those of all that it refers to.
func (v *View) claimVisible(r ClaimRow, row *claimRecord) bool {
	if v.seesAll {
		return true
	}
	if row.marking > v.clearance || v.sourceLevel(row.source) > v.clearance {
		return false
	}
	rest := v.g.details.at(r)
	if !v.entityVisible(rest.subject) {
		return false
	}
	if row.link != none {
		if l := v.g.links.at(row.link); !v.entityVisible(l.source) || !v.entityVisible(l.target) {
			return false
		}
	} else if !v.subjectsVisible(rest) {
		return false
	}
	if !row.grade.mentions() {
		return true
	}
	return v.entityVisible(rest.speaker) && v.entityVisible(rest.attributor) && (row.origin == none || v.sourceLevel(row.origin) <= v.clearance)
}

// entityVisible reports whether clearance lets the reader know of the entity.
func (v *View) entityVisible(row EntityRow) bool {
	return row == none || v.entityLevel(row) <= v.clearance
}

// subjectsVisible reports whether the records that a claim is about are visible.
func (v *View) subjectsVisible(rest *claimDetails) bool {
	if rest.withdraws != none {
		return v.sourceLevel(rest.withdraws) <= v.clearance
	}
	for _, r := range []ClaimRow{rest.about, rest.against} {
		if r != none && !v.claimVisible(r, v.g.claims.at(r)) {
			return false
		}
	}
	return true
}

// marking is the strictest marking among the claim and what it refers to.
func (v *View) marking(r ClaimRow, row *claimRecord) level {
	if v.g.strictest.Load() == 0 {
		return 0
	}
	strictest := max(row.marking, v.sourceLevel(row.source))
	if row.origin != none {
		strictest = max(strictest, v.sourceLevel(row.origin))
	}
	rest := v.g.details.at(r)
	ends := []EntityRow{rest.subject, rest.speaker, rest.attributor}
	if row.link != none {
		ends = append(ends, v.g.links.at(row.link).source, v.g.links.at(row.link).target)
	}
	for _, e := range ends {
		if e != none {
			strictest = max(strictest, v.entityLevel(e))
		}
	}
	if rest.withdraws != none {
		return max(strictest, v.sourceLevel(rest.withdraws))
	}
	for _, other := range []ClaimRow{rest.about, rest.against} {
		if other != none {
			strictest = max(strictest, v.marking(other, v.g.claims.at(other)))
		}
	}
	return strictest
}
