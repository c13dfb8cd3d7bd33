package live

import (
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/page"
)

// Revision is what a view holds, for its reader.
type Revision struct {
	v *View
	// Sequence is the last commit that the view sees.
	Sequence graph.Sequence
}

// Revision tells what the view holds.
func (v *View) Revision() *Revision { return &Revision{v: v, Sequence: v.sequence} }

// RecordedAt is when the last commit was recorded; nil for an empty store.
func (r *Revision) RecordedAt() *time.Time {
	if t := r.v.Recorded(); !t.IsZero() {
		return &t
	}
	return nil
}

// Entities counts the entities, what is the same as something else once.
func (r *Revision) Entities() int { return page.Count(r.v.Entities()) }

// Links counts the links that the lens shows.
func (r *Revision) Links() int { return page.Count(r.v.Links()) }

// Claims counts the claims that count.
func (r *Revision) Claims() int { return page.Count(r.v.Claims()) }

// Sources counts the sources.
func (r *Revision) Sources() int { return page.Count(r.v.Sources()) }

// RecordPayload is what became of a batch: a commit, or what is wrong with it.
type RecordPayload struct {
	Commit     *graph.Commit
	UserErrors []graph.Problem
}
