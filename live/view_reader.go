package live

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/page"
	"github.com/rabta/rabta/work"
)

// Reader is one request's way in: a snapshot of the graph. It opens each lens once.
type Reader struct {
	g        *Graph
	snapshot *snapshot

	mu     sync.Mutex
	views  map[string]*View
	opened atomic.Int64
}

// Reader opens the graph as it stands now.
func (g *Graph) Reader() *Reader {
	return &Reader{g: g, snapshot: g.snapshot.Load(), views: map[string]*View{}}
}

// Sequence is the commit that the reader sees up to.
func (r *Reader) Sequence() graph.Sequence { return r.snapshot.sequence }

// Recorded is when the commit that the reader sees up to was recorded; zero when
// there is none.
func (r *Reader) Recorded() time.Time { return r.g.recorded(r.snapshot.sequence) }

// Clearance is the strictest marking that the reader may see.
func (r *Reader) Clearance() graph.Marking { return r.g.clearance }

// Opened counts the views that were made: one for each distinct lens.
func (r *Reader) Opened() int { return int(r.opened.Load()) }

// View opens a lens; nil is the default lens. The same lens gives the same View.
func (r *Reader) View(lens *graph.Lens) (*View, error) {
	if lens == nil {
		lens = &graph.Lens{}
	}
	if err := lens.Check(); err != nil {
		return nil, err
	}
	key, err := json.Marshal(lens)
	if err != nil {
		return nil, fmt.Errorf("lens: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if v := r.views[string(key)]; v != nil {
		return v, nil
	}
	v, err := r.open(*lens)
	if err != nil {
		return nil, err
	}
	v.key = string(key)
	r.views[string(key)] = v
	r.opened.Add(1)
	return v, nil
}

func (r *Reader) open(lens graph.Lens) (*View, error) {
	sizes, sequence, err := r.sizesAt(&lens)
	if err != nil {
		return nil, err
	}
	v := &View{viewState: &viewState{
		r: r, g: r.g, sizes: sizes, sequence: sequence, lens: lens, filter: lens.Filter(),
		plain: isPlain(lens),
	}}
	if v.onlySources, err = v.sourceSet("lens.sources", lens.Sources); err != nil {
		return nil, err
	}
	if v.withoutSources, err = v.sourceSet("lens.withoutSources", lens.WithoutSources); err != nil {
		return nil, err
	}
	v.withdrawn = v.withdrawnSources()
	v.retired = v.findRetired()
	v.resolution = v.resolve()
	return v, nil
}

// isPlain reports whether a lens is the default one but for when it was known.
func isPlain(lens graph.Lens) bool {
	lens.KnownAt, lens.KnownAtSequence = nil, nil
	return reflect.ValueOf(lens).IsZero()
}

// sizesAt is how long the tables were after the commit that the lens asks for, and that
// commit: the reader's last, or the last that had been recorded by then.
func (r *Reader) sizesAt(lens *graph.Lens) (tableSizes, graph.Sequence, error) {
	sizes, sequence := r.snapshot.tableSizes, r.snapshot.sequence
	if n := lens.KnownAtSequence; n != nil {
		if *n > sequence {
			return sizes, 0, graph.Invalid("NOT_YET_RECORDED", "lens.knownAtSequence",
				fmt.Sprintf("the graph has reached %d, not %d", sequence, *n),
				"ask for at most the sequence of revision, or send Rabta-At-Least")
		}
		sequence = *n
	}
	if t := lens.KnownAt; t != nil {
		for sequence > 0 && r.g.commits.at(commitOf(sequence)).recorded.After(*t) {
			sequence-- // commits are in order of time; requests mostly ask for recent ones
		}
	}
	if sequence == r.snapshot.sequence {
		return sizes, sequence, nil
	}
	if sequence == 0 {
		return tableSizes{}, 0, nil
	}
	return r.g.commits.at(commitOf(sequence)).sizes, sequence, nil
}

// sourceSet turns ids into rows; nil for nil. An id that is unknown is an error: leaving a misspelt source in, or out, would be a silent wrong answer.
func (v *View) sourceSet(path string, ids []graph.ID) (map[sourceRow]bool, error) {
	if ids == nil {
		return nil, nil
	}
	set := make(map[sourceRow]bool, len(ids))
	for i, id := range ids {
		row, ok := v.sourceRow(id)
		if !ok {
			return nil, graph.NotFound(fmt.Sprintf("%s[%d]", path, i), id)
		}
		set[row] = true
	}
	return set, nil
}

// withdrawnSources are the sources that claims withdraw, ones that are not retracted, and
// not of a source that the lens leaves out: each with the strictest of what that
// reaches.
func (v *View) withdrawnSources() map[sourceRow]level {
	var set map[sourceRow]level
	for _, r := range v.g.withdrawals.all() {
		c := v.g.claims.at(r)
		if r >= v.sizes.claims || v.leavesOut(c) {
			continue
		}
		if current, retracted := v.currentRecord(r, c); !current || retracted {
			continue
		}
		if set == nil {
			set = map[sourceRow]level{}
		}
		row := v.g.details.at(r).withdraws
		set[row] = max(set[row], v.reach(r))
	}
	return set
}

// Recorded is when the view's last commit was recorded; zero for an empty one.
func (v *View) Recorded() time.Time { return v.g.recorded(v.sequence) }

// recorded is when a commit was recorded; zero for 0.
func (g *Graph) recorded(n graph.Sequence) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return g.commits.at(commitOf(n)).recorded
}

// Sequence is the commit that the view sees up to.
func (v *View) Sequence() graph.Sequence { return v.sequence }

// Lens is the lens of the view.
func (v *View) Lens() graph.Lens { return v.lens }

// With opens another lens on the same snapshot; nil gives the view itself. The
// lens replaces this one whole.
func (v *View) With(lens *graph.Lens) (*View, error) {
	if lens == nil {
		return v, nil
	}
	other, err := v.r.View(lens)
	if err != nil {
		return nil, err
	}
	return other.Within(v.meter), nil
}

type readerKey struct{}

// NewContext returns a context that carries the request's reader.
func NewContext(ctx context.Context, r *Reader) context.Context {
	return context.WithValue(ctx, readerKey{}, r)
}

// FromContext is the request's reader. It panics when there is none: every
// request has one.
func FromContext(ctx context.Context) *Reader {
	return ctx.Value(readerKey{}).(*Reader)
}

// Through is the same entity under another lens on the same snapshot, or itself for
// nil; nil when it does not exist under that lens. The meter counts what is read of it.
func (e *EntityBase) Through(lens *graph.Lens, m *work.Meter) (*EntityBase, error) {
	v, err := e.v.With(lens)
	if err != nil {
		return nil, err
	}
	switch metered := v.Within(m); {
	case metered == e.v:
		return e, nil
	case v == e.v:
		return &EntityBase{metered, e.row}, nil
	default:
		other, ok := metered.Entity(e.ID())
		if !ok {
			return nil, nil
		}
		return other.Base(), nil
	}
}

// Through is the same link under another lens on the same snapshot, or itself for
// nil; nil when that lens does not show it. The meter counts what is read of it.
func (l *Link) Through(lens *graph.Lens, m *work.Meter) (*Link, error) {
	v, err := l.v.With(lens)
	if err != nil {
		return nil, err
	}
	switch metered := v.Within(m); {
	case metered == l.v:
		return l, nil
	case v == l.v:
		same := *l
		same.v = metered
		return &same, nil
	default:
		other, ok := metered.Link(l.ID())
		if !ok {
			return nil, nil
		}
		return other, nil
	}
}

// Through is the same source under another lens on the same snapshot, or itself for
// nil; nil when it had not been recorded. The meter counts what is read of it.
func (s *Source) Through(lens *graph.Lens, m *work.Meter) (*Source, error) {
	v, err := s.v.With(lens)
	if err != nil {
		return nil, err
	}
	switch metered := v.Within(m); {
	case metered == s.v:
		return s, nil
	case v == s.v:
		return &Source{metered, s.row}, nil
	default:
		other, ok := metered.Source(s.ID())
		if !ok {
			return nil, nil
		}
		return other, nil
	}
}

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

// Links counts the visible links.
func (r *Revision) Links() int { return page.Count(r.v.Links()) }

// Claims counts the claims that count.
func (r *Revision) Claims() int { return page.Count(r.v.Claims()) }

// Sources counts the sources.
func (r *Revision) Sources() int { return page.Count(r.v.Sources()) }
