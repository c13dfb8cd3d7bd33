// Package live holds all that one clearance sees in memory and answers every read from it.
//
//	graph.Store -- feed --> Follower    reads the whole log
//	                           |  graph.Sight: what the clearance sees of it
//	                         Graph      tables that only grow
//	                           |
//	                        snapshot    how long they were after a commit
//	                           |
//	                         Reader     one request
//	                           |  + lens
//	                          View      entities, links, claims, sources
//
// A Graph follows a store's feed. A snapshot is how long its tables were after a
// commit; every snapshot stays readable, because rows are only appended. A Reader is
// one request. A View is a reader's snapshot under one lens, and the only thing from
// which entities, links, claims and sources can be had. What is hidden is in no table.
// No read does I/O.
//
// A few words mean one thing each here:
//
//	exists     of an entity, a source: it had been recorded by the view
//	current    of the rows that record one claim: the one in which the reader finds it
//	retracted  of a claim: a later claim that is not retracted itself retracts it
//	counts     of a claim: the reader finds it, and the lens does not exclude it
//	retired    of an entity: it was recorded by mistake, and counts for nothing
//	visible    of a link: the view shows it, as the claims that count make it
//	order      where a link comes in the order of recording: the row of its first claim
package live

import (
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
// What a record says is what it said by the commit that the lens reads up to; its marking
// is that of now.
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
	r        *Reader
	g        *Graph
	sizes    tableSizes
	sequence graph.Sequence
	lens     graph.Lens
	key      string // the lens
	filter   graph.LensFilter
	// onlySources and withoutSources are the lens's; nil when it names none.
	onlySources, withoutSources map[sourceRow]bool
	withdrawn                   map[sourceRow]level // see withdrawnSources
	retired                     *retirements        // nil: nothing is retired
	resolution                  *resolution         // nil: nothing is the same as anything, and nothing is retired
	countries                   countries
	plain                       bool // the lens asks for no more than what was known when
	defaultOnce                 sync.Once
	asDefault                   *View // see defaultView
	singleOnce                  sync.Once
	single                      *singleClaimFilter // see singleClaims
}

// sourceVersion is the source as of the view.
func (v *View) sourceVersion(row sourceRow) *sourceVersion {
	return v.g.sources.at(row).versions.asOf(v.sizes.commits)
}

// sourceExists reports whether the source had been recorded.
func (v *View) sourceExists(row sourceRow) bool { return row < v.sizes.sources }

// sourceRow is the row of a source that exists.
func (v *View) sourceRow(id graph.ID) (sourceRow, bool) {
	row, ok := v.g.sourceIndex.get(id)
	return row, ok && v.sourceExists(row)
}

// entityVersion is the entity as of the view, of one that is retired in part what stays.
func (v *View) entityVersion(row EntityRow) *entityVersion {
	if v.retired != nil {
		if r := v.retired.of[row]; r != nil && r.stays != nil {
			return r.stays
		}
	}
	return v.g.entities.at(row).versions.asOf(v.sizes.commits)
}

// entityExists reports whether the entity had been recorded.
func (v *View) entityExists(row EntityRow) bool { return row < v.sizes.entities }
