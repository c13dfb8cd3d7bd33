package live

import (
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/work"
)

// View is what one reader sees of one snapshot under one lens. It never changes
// and is safe for use by many goroutines. Methods that look something up by id
// say nothing is there both for what does not exist and for what is hidden.
//
//	rows of the graph
//	   |  recorded by the snapshot, or by the commit that the lens names
//	   |  visible: clearance lets the reader know of it
//	   v
//	what exists: entities, sources, claims in their current rows
//	   |  not retracted, no source of it withdrawn, nothing that the lens excludes
//	   v
//	claims that count
//	   |  SAME_AS among them: the resolution, by which links have other ends
//	   |  folded by link, or by value of an attribute
//	   v
//	visible links: those that the lens shows as they were folded
//
// Markings and clearance are those of now, whatever commit the lens reads up to; what a
// record says is what it said then.
type View struct {
	*viewState
	meter *work.Meter // nil counts nothing
}

// Within is the same view, whose reading costs what m counts. Once m has stopped,
// nothing that was read is to be told: loops end before their end. See work.Request.
func (v *View) Within(m *work.Meter) *View {
	if v.meter == m {
		return v
	}
	return &View{v.viewState, m}
}

// What reading costs, in slots: see work.
const (
	LinkSlots   = 400     // to fold a link
	RecordSlots = 2000    // to put a record into an answer
	entitySlots = 30      // to find an entity or a source
	claimSlots  = 30      // to ask the lens of a claim
	textSlots   = 90      // to look at the words of a text
	nameSlots   = 300_000 // to look for a name among all
)

type viewState struct {
	r         *Reader
	g         *Graph
	sizes     tableSizes
	sequence  graph.Sequence
	lens      graph.Lens
	key       string // clearance and lens
	filter    graph.LensFilter
	clearance level
	seesAll   bool // nothing in the graph is above the clearance
	// onlySources and withoutSources are the lens's; nil when it names none.
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

// sourceVisible reports whether clearance lets the reader know of the source.
func (v *View) sourceVisible(row sourceRow) bool { return v.sourceLevel(row) <= v.clearance }

// sourceExists reports whether the source is visible and had been recorded.
func (v *View) sourceExists(row sourceRow) bool {
	return row < v.sizes.sources && (v.seesAll || v.sourceVisible(row))
}

// sourceRow is the row of a source that exists.
func (v *View) sourceRow(id graph.ID) (sourceRow, bool) {
	row, ok := v.g.sourceIndex.get(id)
	return row, ok && v.sourceExists(row)
}

// entityVersion is the entity as of the view.
func (v *View) entityVersion(row EntityRow) *entityVersion {
	return v.g.entities.at(row).versions.asOf(v.sizes.commits)
}

// entityLevel is the marking of the entity in force for the reader now.
func (v *View) entityLevel(row EntityRow) level {
	return levelOf(v.g.entities.at(row).versions.asOf(v.r.snapshot.commits).merged.Marking)
}

// entityVisible reports whether clearance lets the reader know of the entity; it does
// of none.
func (v *View) entityVisible(row EntityRow) bool {
	return row == none || v.entityLevel(row) <= v.clearance
}

// entityExists reports whether the entity is visible and had been recorded.
func (v *View) entityExists(row EntityRow) bool {
	return row < v.sizes.entities && (v.seesAll || v.entityVisible(row))
}

// visibleEntity is the entity as of the view, without names from sources that do not
// exist for the reader.
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
		recorded.Names = slices.DeleteFunc(slices.Clone(recorded.Names), v.nameHidden)
		record = record.Merge(recorded)
	}
	return &record
}

// hasHiddenNames reports whether a name of the entity is hidden.
func (v *View) hasHiddenNames(row EntityRow) bool {
	for _, version := range v.g.entities.at(row).versions.all() {
		if slices.ContainsFunc(version.is.recorded.Names, v.nameHidden) {
			return true
		}
	}
	return false
}

// nameHidden reports whether a name was met in a source that does not exist for the
// reader.
func (v *View) nameHidden(n graph.Name) bool {
	if n.Source == "" {
		return false
	}
	_, ok := v.sourceRow(n.Source)
	return !ok
}

// claimVisible reports whether clearance lets the reader know of the claim: its own
// marking and those of all that it refers to.
func (v *View) claimVisible(r ClaimRow, c *claimRecord) bool {
	if v.seesAll {
		return true
	}
	if c.marking > v.clearance || !v.sourceVisible(c.source) {
		return false
	}
	d := v.g.details.at(r)
	if !v.entityVisible(d.subject) {
		return false
	}
	if c.link != none {
		if l := v.g.links.at(c.link); !v.entityVisible(l.source) || !v.entityVisible(l.target) {
			return false
		}
	} else if !v.subjectsVisible(d) {
		return false
	}
	if !c.grade.mentions() {
		return true
	}
	return v.entityVisible(d.speaker) && v.entityVisible(d.attributor) &&
		(c.origin == none || v.sourceVisible(c.origin))
}

// subjectsVisible reports whether the records that a claim is about are visible.
func (v *View) subjectsVisible(d *claimDetails) bool {
	if d.withdraws != none {
		return v.sourceVisible(d.withdraws)
	}
	for _, r := range []ClaimRow{d.about, d.against} {
		if r != none && !v.claimVisible(r, v.g.claims.at(r)) {
			return false
		}
	}
	return true
}

// marking is the strictest marking among the claim and what it refers to.
func (v *View) marking(r ClaimRow, c *claimRecord) level {
	if v.g.strictest.Load() == 0 {
		return 0
	}
	strictest := max(c.marking, v.sourceLevel(c.source))
	if c.origin != none {
		strictest = max(strictest, v.sourceLevel(c.origin))
	}
	d := v.g.details.at(r)
	ends := []EntityRow{d.subject, d.speaker, d.attributor}
	if c.link != none {
		ends = append(ends, v.g.links.at(c.link).source, v.g.links.at(c.link).target)
	}
	for _, e := range ends {
		if e != none {
			strictest = max(strictest, v.entityLevel(e))
		}
	}
	if d.withdraws != none {
		return max(strictest, v.sourceLevel(d.withdraws))
	}
	for _, other := range []ClaimRow{d.about, d.against} {
		if other != none {
			strictest = max(strictest, v.marking(other, v.g.claims.at(other)))
		}
	}
	return strictest
}
