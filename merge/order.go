package merge

import (
	"cmp"
	"time"

	"github.com/rabta/rabta/graph"
)

// Order is the place of a commit among those of all stores.
type Order struct {
	Time  time.Time
	Store string
}

// Compare is negative for what comes before another, positive for what comes after it.
func (o Order) Compare(other Order) int {
	return cmp.Or(o.Time.Compare(other.Time), cmp.Compare(o.Store, other.Store))
}

// OrderOf is the place of a commit that has an origin.
func OrderOf(o *graph.Origin) Order { return orderAt(o.Time, o.Store) }

// orderAt is a place that can be compared with ==.
func orderAt(t time.Time, store string) Order {
	return Order{time.UnixMicro(t.UnixMicro()).UTC(), store}
}

// Clock gives the commits of one log their places, in the order of the log. ID is the
// store's.
type Clock struct {
	ID  string
	top Order
}

// Next is the place of the next commit; last reports whether it comes after all before it,
// by the times alone.
func (c *Clock) Next(ch *graph.Change) (at Order, last bool) {
	at = orderAt(ch.Recorded, c.ID)
	if ch.Origin != nil {
		at = OrderOf(ch.Origin)
	} else if next := c.top.Time.Add(time.Microsecond); at.Time.Before(next) {
		at.Time = next
	}
	last = at.Time.After(c.top.Time)
	if at.Compare(c.top) > 0 {
		c.top = at
	}
	return at, last
}
