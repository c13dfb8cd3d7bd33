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
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/interval"
	"github.com/rabta/rabta/page"
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
	less                        map[ClaimRow]bool   // first rows of claims that are read as never recorded; see Less
	heard                       *heardSpeakers      // whom the lens asks for; nil when it leaves that open
	withdrawn                   map[sourceRow]level // see withdrawnSources
	retired                     *retirements        // nil: nothing is retired
	resolution                  *resolution         // nil: nothing is the same as anything, and nothing is retired
	keptApart                   []judgement         // two that claims say are the same, and that are not one here
	containment                 containment
	plain                       bool // the lens asks for no more than what was known when
	defaultOnce                 sync.Once
	asDefault                   *View // see defaultView
	singleOnce                  sync.Once
	single                      *singleClaimFilter // see singleClaims
	kept                        *keptOfLens        // what other views keep with this one
}

// keptOfLens is what is read again and again under a lens, kept from one request to the next:
// it is so of all views of one moment whose lenses differ in the day that they ask for alone.
//
//	request 1   lens A, as of 2010   --+
//	request 2   lens A, as of 2015   --+-->  kept of lens A, after commit 7
//	request 3   lens A, commit 7     --+
//	request 4   lens A, commit 8     ----->  kept of lens A, after commit 8
type keptOfLens struct {
	lives  keptLives
	single keptFilter
}

// keptKey tells what is kept apart. Nothing that a reader asks for beside tells two lives apart
// that are read under one key.
type keptKey struct {
	sizes tableSizes
	lens  string // in JSON
	alone bool   // nothing is the same as anything
}

// maxKeptLenses is of how many lenses something is kept.
const maxKeptLenses = 16

// keptOf is what is kept of the view's lens. Where two are one the day that is asked for says
// which are, and so when they lived.
func (v *View) keptOf() *keptOfLens {
	lens := v.lens
	lens.KnownAt, lens.KnownAtSequence = nil, nil // the sizes say that
	alone := v.resolution == nil
	if alone {
		lens.AsOf, lens.AsOfMode = nil, nil
	}
	text, err := json.Marshal(&lens)
	if err != nil {
		panic("live: a lens that was checked cannot be written: " + err.Error())
	}
	return v.g.kept.getOr(keptKey{v.sizes, string(text), alone}, maxKeptLenses, func() *keptOfLens {
		return &keptOfLens{lives: newKeptLives(v.sizes.entities)}
	})
}

// keptLives are the lives of entities by row, in pages that are made when one of them is asked
// for.
type keptLives []atomic.Pointer[livesPage]

const livesPageRows = 512

type livesPage [livesPageRows]atomic.Pointer[interval.Lives]

func newKeptLives(rows EntityRow) keptLives { return make(keptLives, rows/livesPageRows+1) }

// at is where the lives of an entity are kept; nil is there until they are.
func (k keptLives) at(row EntityRow) *atomic.Pointer[interval.Lives] {
	at := &k[row/livesPageRows]
	page := at.Load()
	for page == nil {
		at.CompareAndSwap(nil, new(livesPage))
		page = at.Load()
	}
	return &page[row%livesPageRows]
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
	v, err := r.opening(*lens, string(key))
	if !errors.Is(err, errUnheard) {
		return v, err
	}
	if lens, err = r.plainly(*lens); err != nil {
		return nil, err
	}
	return r.View(lens)
}

// opening is the view of a lens with that key, made if need be. Whom it asks for and is not
// there by an id is an errUnheard.
func (r *Reader) opening(lens graph.Lens, key string) (*View, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if v := r.views[key]; v != nil {
		return v, nil
	}
	v, err := r.open(lens)
	if err != nil {
		return nil, err
	}
	v.key = key
	r.views[key] = v
	r.opened.Add(1)
	return v, nil
}

func (r *Reader) open(lens graph.Lens) (*View, error) {
	sizes, sequence, err := r.sizesAt(&lens)
	if err != nil {
		return nil, err
	}
	g := r.g
	if !g.holdsMoment(sequence) {
		if g, err = r.g.earlier.graph(sequence); err != nil {
			return nil, err
		}
		sizes = g.snapshot.Load().tableSizes
	}
	v := &View{viewState: &viewState{
		r: r, g: g, sizes: sizes, sequence: sequence, lens: lens, filter: lens.Filter(),
		plain: isPlain(lens),
	}}
	if v.onlySources, err = v.chosenSources(); err != nil {
		return nil, err
	}
	if v.heard, err = v.heardSpeakers(); err != nil {
		return nil, err
	}
	if v.withoutSources, err = v.sourceSet("lens.withoutSources", lens.WithoutSources); err != nil {
		return nil, err
	}
	v.withdrawn = v.withdrawnSources()
	v.retired = v.findRetired()
	v.resolution = v.resolve()
	v.kept = v.keptOf()
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
		for sequence > 0 && r.g.commits.at(r.g.commitOf(sequence)).recorded.After(*t) {
			sequence-- // commits are in order of time; requests mostly ask for recent ones
		}
	}
	if sequence == r.snapshot.sequence {
		return sizes, sequence, nil
	}
	if sequence == 0 {
		return tableSizes{}, 0, nil
	}
	return r.g.commits.at(r.g.commitOf(sequence)).sizes, sequence, nil
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
		if r >= v.sizes.claims || v.leavesOut(r) {
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
	return g.commits.at(g.commitOf(n)).recorded
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

// WithSameEntities opens another lens on the same snapshot, under which entities are one where they
// are under this view's: whatever the other lens holds of claims that they are, or are not. So
// what both show has the same ids. Nil gives the view itself.
func (v *View) WithSameEntities(lens *graph.Lens) (*View, error) {
	other, err := v.With(lens)
	if err != nil || other.viewState == v.viewState || other.judgesAs(v) {
		return other, err
	}
	r, key := v.r, other.key+" with the entities of "+v.key
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.views[key] == nil {
		r.views[key] = other.judgedBy(v, key)
		r.opened.Add(1)
	}
	return r.views[key].Within(v.meter), nil
}

// judgedBy is the view in which those are one who are in another.
func (v *View) judgedBy(judge *View, key string) *View {
	judged := &View{viewState: &viewState{
		r: v.r, g: v.g, sizes: v.sizes, sequence: v.sequence, lens: v.lens, key: key, filter: v.filter,
		onlySources: v.onlySources, withoutSources: v.withoutSources, less: v.less, heard: v.heard,
		withdrawn: v.withdrawn, kept: &keptOfLens{lives: newKeptLives(v.sizes.entities)},
	}}
	judged.retired = judged.findRetired()
	judged.resolution = judged.resolveAs(judge)
	return judged
}

// Without is the view under its lens less a source.
func (v *View) Without(id graph.ID) (*View, error) {
	lens := v.Lens()
	lens.WithoutSources = append(slices.Clone(lens.WithoutSources), id)
	return v.With(&lens)
}

// Less is the view as if some claims, by rows of it, had never been recorded.
func (v *View) Less(claims ...ClaimRow) (*View, error) {
	less := make(map[ClaimRow]bool, len(claims)+len(v.less))
	maps.Copy(less, v.less)
	for _, r := range claims {
		less[v.g.details.at(r).first] = true
	}
	return v.lessRows(less)
}

// LessSources is the view under its lens less some sources, kept by nobody: see Without.
func (v *View) LessSources(ids ...graph.ID) (*View, error) {
	lens := v.lens
	lens.WithoutSources = append(slices.Clone(lens.WithoutSources), ids...)
	without, err := v.sourceSet("sources", lens.WithoutSources)
	if err != nil {
		return nil, err
	}
	return v.reading(lens, v.less, without)
}

// lessRows is Less by the first rows; the view itself for none.
func (v *View) lessRows(less map[ClaimRow]bool) (*View, error) {
	if len(less) == 0 {
		return v, nil
	}
	return v.reading(v.lens, less, v.withoutSources)
}

// reading is the view under a lens that leaves out other sources at most, less claims by their first rows.
func (v *View) reading(lens graph.Lens, less map[ClaimRow]bool, without map[sourceRow]bool) (w *View, err error) {
	w = &View{viewState: &viewState{
		r: v.r, g: v.g, sizes: v.sizes, sequence: v.sequence, lens: lens, filter: v.filter,
		key:         fmt.Sprint(v.key, " less ", slices.Sorted(maps.Keys(less)), lens.WithoutSources),
		onlySources: v.onlySources, withoutSources: without, less: less,
		kept: &keptOfLens{lives: newKeptLives(v.sizes.entities)},
	}, meter: v.meter}
	if w.heard, err = w.heardSpeakers(); err != nil {
		return nil, err
	}
	w.withdrawn, w.retired = w.withdrawnSources(), w.findRetired()
	w.resolution = w.resolve()
	return w, nil
}

// shows reports whether the view shows every link of a path.
func (v *View) shows(p *Path) bool {
	return !slices.ContainsFunc(p.Hops, func(h *Hop) bool {
		_, ok := v.Link(h.Link.ID())
		return !ok
	})
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
