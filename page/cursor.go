package page

import (
	"encoding/base64"
	"encoding/json"
	"slices"

	"github.com/rabta/rabta/graph"
)

// maxCursor is far more than an order by any number of sensible fields takes.
const maxCursor = 1 << 16

type cursor struct {
	List string   `json:"l"`
	Keys []Key    `json:"k,omitempty"`
	ID   graph.ID `json:"i"`
}

func (c cursor) String() string {
	b, _ := json.Marshal(c) // text and numbers only
	return base64.RawURLEncoding.EncodeToString(b)
}

func (l *List[T]) cursorOf(k keyed[T]) cursor {
	keys := slices.Clone(k.keys)
	for i := range keys {
		if l.goesByRow(i) {
			keys[i] = Key{}
		}
	}
	return cursor{List: l.Name, Keys: keys, ID: l.ID(k.item)}
}

// cursor reads a cursor of this list.
func (l *List[T]) cursor(field string, s *string) (*keyed[T], error) {
	if s == nil {
		return nil, nil
	}
	bad := func(why string) error {
		return graph.Invalid("BAD_CURSOR", field, why, "pass a cursor that this list gave under the same order, or leave it out")
	}
	if len(*s) > maxCursor {
		return nil, bad("it is not a cursor")
	}
	b, err := base64.RawURLEncoding.DecodeString(*s)
	if err != nil {
		return nil, bad("it is not a cursor")
	}
	var c cursor
	if err := json.Unmarshal(b, &c); err != nil {
		return nil, bad("it is not a cursor")
	}
	if c.List != l.Name || len(c.Keys) != len(l.Desc) {
		return nil, bad("it belongs to another list or order")
	}
	k := &keyed[T]{keys: c.Keys, id: c.ID}
	if l.RowOrderOf != nil {
		place, ok := l.RowOrderOf(c.ID)
		if !ok {
			return nil, bad("what it points at is not there")
		}
		k.order, k.id = place, ""
		for i := range k.keys {
			if l.goesByRow(i) {
				k.keys[i] = NumberKey(float64(place))
			}
		}
	}
	return k, nil
}
