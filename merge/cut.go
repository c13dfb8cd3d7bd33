package merge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
)

// A record names sources of which it tells nothing but that something of it, a name of an
// entity, or a source, is from there. Where such a source is hidden, what is from it is left
// out of the record, and the rest is told. So one record may come in several forms, each of
// which holds what another does and more.

// Key is a digest of a record with its stamp and where it comes from: one for all its forms.
// It tells nothing of the record to those who do not have it.
func Key(at Order, place []int, p *graph.Placed) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s %d %d %s\n", at.Store, at.Time.UnixMicro(), place, p.Seal().Stamp)
	core := cut(*p, func(id graph.ID) bool { return id != "" })
	h.Write(core.Encode())
	return hex.EncodeToString(h.Sum(nil))
}

// cut is a record without what is from hidden sources.
func cut(p graph.Placed, hidden func(graph.ID) bool) graph.Placed {
	ofHidden := func(n graph.Name) bool { return hidden(n.Source) }
	switch {
	case p.Source != nil && slices.ContainsFunc(p.Source.DerivedFrom, hidden):
		s := *p.Source
		s.DerivedFrom = slices.DeleteFunc(slices.Clone(s.DerivedFrom), hidden)
		p.Source = &s
	case p.Entity != nil && slices.ContainsFunc(p.Entity.Names, ofHidden):
		e := *p.Entity
		e.Names = slices.DeleteFunc(slices.Clone(e.Names), ofHidden)
		p.Entity = &e
	}
	return p
}

// extent is how much a record has of what may be left out of it.
func extent(p *graph.Placed) int {
	switch {
	case p.Source != nil:
		return len(p.Source.DerivedFrom)
	case p.Entity != nil:
		return len(p.Entity.Names)
	}
	return 0
}

// fullest reports whether the log holds no fuller form of a record, nor the same before it.
func (l *Log) fullest(n int) bool {
	forms := l.byKey[l.records[n].key]
	if len(forms) == 1 {
		return true
	}
	best := forms[0]
	for _, other := range forms[1:] {
		if extent(&l.records[other].Placed) > extent(&l.records[best].Placed) {
			best = other
		}
	}
	return best == n
}

// holds reports whether the log holds a record in a form that is as full.
func (l *Log) holds(key string, p *graph.Placed) bool {
	return slices.ContainsFunc(l.byKey[key], func(n int) bool { return extent(&l.records[n].Placed) >= extent(p) })
}
