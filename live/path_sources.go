package live

import (
	"slices"

	"github.com/rabta/rabta/graph"
)

// CriticalSources lists the sources that the path rests on, in the order of the hops:
// without any one of them the lens would no longer show one of its links.
func (p *Path) CriticalSources() ([]*Source, error) {
	out, asked := []*Source{}, map[graph.ID]bool{}
	for _, h := range p.Hops {
		for id := range h.Link.AffirmedBy() {
			if asked[id] {
				continue
			}
			asked[id] = true
			less, err := h.Link.v.Without(id)
			if err != nil {
				return nil, err
			}
			if s, ok := h.Link.v.Source(id); ok && !less.shows(p) {
				out = append(out, s)
			}
		}
	}
	return out, nil
}

// Without is the view under its lens less a source.
func (v *View) Without(id graph.ID) (*View, error) {
	lens := v.Lens()
	lens.WithoutSources = append(slices.Clone(lens.WithoutSources), id)
	return v.With(&lens)
}

// shows reports whether the view shows every link of a path.
func (v *View) shows(p *Path) bool {
	return !slices.ContainsFunc(p.Hops, func(h *Hop) bool {
		_, ok := v.Link(h.Link.ID())
		return !ok
	})
}
