package aggregate

import (
	"fmt"
	"slices"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// GroupKey is what items are grouped by.
type GroupKey string

// The keys.
const (
	ByYear        GroupKey = "YEAR"
	ByMonth       GroupKey = "MONTH"
	ByPlace       GroupKey = "PLACE"
	ByKind        GroupKey = "KIND"
	BySubtype     GroupKey = "SUBTYPE"
	ByActor       GroupKey = "ACTOR"
	ByAttackType  GroupKey = "ATTACK_TYPE"
	ByTargetType  GroupKey = "TARGET_TYPE"
	ByBearing     GroupKey = "BEARING"
	ByHedge       GroupKey = "HEDGE"
	BySource      GroupKey = "SOURCE"
	ByCredibility GroupKey = "CREDIBILITY"
	ByStatus      GroupKey = "STATUS"
	ByRole        GroupKey = "ROLE"
	ByPublished   GroupKey = "PUBLISHED_YEAR"
	ByPublisher   GroupKey = "PUBLISHER"
	ByReliability GroupKey = "RELIABILITY"
	ByOthers      GroupKey = "OTHERS"
)

// GroupBy is one thing to group by.
type GroupBy struct {
	Key GroupKey
	// Level is the subtype of the places that PLACE groups by; nil for other keys.
	Level *PlaceLevel
	// Boundaries and Gazetteer say which places lie in which.
	Boundaries live.Boundaries
	Gazetteer  bool
}

// PlaceLevel is a subtype of places.
type PlaceLevel string

// RowOrder is what rows are ordered by.
type RowOrder string

// The orders: that of what they are grouped by, or the fullest row first.
const (
	InOrderOfKeys  RowOrder = "KEYS"
	InOrderOfCount RowOrder = "COUNT"
)

// Request says how a list is grouped. Without a grouping there are no rows.
type Request struct {
	By    []*GroupBy
	Order RowOrder
	// First is how many rows are given.
	First int
}

// MaxKeys is how many things a list can be grouped by at once.
const MaxKeys = 2

// check says everything that is wrong with a request of a list that can be grouped by some
// keys.
func (r *Request) check(list string, takes func(GroupKey) bool) error {
	var wrong []graph.Problem
	refuse := func(code, path, message, remedy string) {
		wrong = append(wrong, graph.Problem{Code: code, Record: -1, Path: path, Message: message, Remedy: remedy})
	}
	if r.First < 0 || r.First > page.MaxSize {
		refuse("BAD_PAGE", "first", fmt.Sprintf("%d is not 0 to %d", r.First, page.MaxSize), "ask for fewer rows, or group by less")
	}
	if len(r.By) > MaxKeys {
		refuse("TOO_MANY", "by", fmt.Sprintf("there are %d things to group by, at most %d are taken", len(r.By), MaxKeys),
			"leave some out, or narrow the list with where")
	}
	for i, g := range r.By[:min(len(r.By), MaxKeys)] {
		path := fmt.Sprintf("by[%d].", i)
		switch {
		case !takes(g.Key):
			refuse("NOT_TAKEN", path+"key", fmt.Sprintf("%s are not grouped by %s", list, g.Key), "group them by "+alternatives(takes))
		case g.Key == ByPlace && g.Level == nil:
			refuse("REQUIRED", path+"level", "PLACE does not say of which level", "name one, such as COUNTRY or ADMIN1")
		case g.Key != ByPlace && g.Level != nil:
			refuse("NOT_TAKEN", path+"level", fmt.Sprintf("%s has no level", g.Key), "leave it out, or group by PLACE")
		}
		if slices.ContainsFunc(r.By[:i], g.same) {
			refuse("DUPLICATE", path+"key", fmt.Sprintf("%s is there twice", g.Key), "leave it out")
		}
	}
	if wrong != nil {
		return &graph.InvalidError{Problems: wrong}
	}
	return nil
}

// same reports whether two group by the same thing.
func (g *GroupBy) same(o *GroupBy) bool {
	return g.Key == o.Key && (g.Level == nil || o.Level == nil || *g.Level == *o.Level)
}

// allKeys are the keys in the order in which errors name them.
var allKeys = []GroupKey{
	ByYear, ByMonth, ByPlace, ByKind, BySubtype, ByActor, ByAttackType, ByTargetType, ByBearing, ByHedge, BySource,
	ByCredibility, ByStatus, ByRole, ByPublished, ByPublisher, ByReliability, ByOthers,
}

// alternatives are the keys that are taken, in words.
func alternatives(takes func(GroupKey) bool) (text string) {
	for _, key := range allKeys {
		if takes(key) {
			if text != "" {
				text += ", "
			}
			text += string(key)
		}
	}
	return text
}
