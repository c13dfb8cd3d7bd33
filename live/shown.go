package live

import (
	lru "container/list"
	"slices"
	"sync"

	"github.com/rabta/rabta/graph"
)

// verdict is what a lens makes of a link.
type verdict uint8

const (
	// unknown is to be asked.
	unknown verdict = iota
	// isShown is a link of which no claim is left out.
	isShown
	// refusedFor and the place of a reason in graph.Reasons stand for a link of a single
	// claim that is refused for it.
	refusedFor
)

// shownLinks is what a lens makes of each link, by row: what searches that meet very
// many links ask. It never changes.
type shownLinks struct {
	view     *View
	shown    marks     // those that are shown, which most searches ask for alone
	verdicts []verdict // of all
}

func newShownLinks(v *View) *shownLinks {
	return &shownLinks{view: v, shown: newMarks(v.at.links), verdicts: make([]verdict, v.at.links)}
}

// of is the verdict on a link that is there.
func (s *shownLinks) of(row uint32) verdict {
	if s.shown.has(row) {
		return isShown
	}
	return s.verdicts[row]
}

func (s *shownLinks) set(row uint32, how verdict) {
	s.verdicts[row] = how
	if how == isShown {
		s.shown.set(row)
	} else {
		s.shown[row/64] &^= 1 << (row % 64)
	}
}

// linkJudge judges links one by one.
type linkJudge struct {
	v    *View
	lone *loneJudge
	one  [1]uint32 // room
	left int       // claims of a link that do not count
	note func(graph.Reason)
}

func newLinkJudge(v *View) *linkJudge {
	j := &linkJudge{v: v, lone: v.lone()}
	j.note = func(graph.Reason) { j.left++ }
	return j
}

// judge is unknown for a link of which the lens leaves a claim out, shown or not:
// that is to be counted.
func (j *linkJudge) judge(row uint32) verdict {
	l := j.v.g.links.at(row)
	if !isLink[l.kind] {
		return unknown
	}
	if j.lone != nil {
		if _, shown, known := j.lone.fact(j.v, row, l); known {
			if shown {
				return isShown
			}
			return refused(j.lone.refusal(j.v, l))
		}
	}
	j.left = 0
	if _, shown := j.v.weighLink(row, &j.one, j.note); shown && j.left == 0 {
		return isShown
	}
	return unknown
}

func refused(why graph.Reason) verdict {
	if place := slices.Index(graph.Reasons, why); place >= 0 {
		return refusedFor + verdict(place)
	}
	return unknown
}

// shownCache keeps the sets of the lenses and clearances that were asked for last,
// each as of the moment when it was.
type shownCache struct {
	mu    sync.Mutex
	byKey map[string]*lru.Element
	order lru.List // of *shownLinks, most recent first
}

// keptShown is how many sets are kept.
const keptShown = 16

// kept is the set of the view's lens and clearance, brought up to the view; nil when
// none is kept, or when more has changed than links. What is left out of a view of the
// past as not yet recorded grows with the graph.
func (c *shownCache) kept(v *View) *shownLinks {
	old := c.get(v.key)
	if old == nil || old.view.at == v.at && old.view.r.now.counts == v.r.now.counts {
		return old
	}
	rows, ok := v.ChangedSince(old.view)
	if !ok || v.at != v.r.now.counts || old.view.at != old.view.r.now.counts {
		return nil
	}
	s := newShownLinks(v)
	copy(s.shown, old.shown)
	copy(s.verdicts, old.verdicts)
	j := newLinkJudge(v)
	for _, row := range rows {
		s.set(row, j.judge(row))
	}
	c.put(s)
	return s
}

// build reads all links.
func (c *shownCache) build(v *View) *shownLinks {
	s := newShownLinks(v)
	j := newLinkJudge(v)
	for row := range v.at.links {
		s.set(row, j.judge(row))
	}
	c.put(s)
	return s
}

func (c *shownCache) get(key string) *shownLinks {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.byKey[key]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*shownLinks)
}

func (c *shownCache) put(s *shownLinks) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey == nil {
		c.byKey = map[string]*lru.Element{}
	}
	if e := c.byKey[s.view.key]; e != nil {
		c.order.Remove(e)
	}
	c.byKey[s.view.key] = c.order.PushFront(s)
	for c.order.Len() > keptShown {
		oldest := c.order.Remove(c.order.Back()).(*shownLinks)
		delete(c.byKey, oldest.view.key)
	}
}
