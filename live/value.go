package live

import "github.com/rabta/rabta/graph"

// Value is what a claim says where it names no entity. What does not apply is nil.
type Value struct{ *graph.Value }

func valueOf(v *graph.Value) *Value {
	if v == nil {
		return nil
	}
	return &Value{v}
}

// Text is the value as text.
func (v *Value) Text() *string { return text(v.Value.Text) }

// Date is the value as a date.
func (v *Value) Date() *graph.PartialDate { return date(v.Value.Date) }

// Role says who was harmed.
func (v *Value) Role() *graph.CasualtyRole { return text(v.Value.Role) }

// Effect says how they were harmed.
func (v *Value) Effect() *graph.CasualtyEffect { return text(v.Value.Effect) }

// Precision says how exactly a point places what it stands for.
func (v *Value) Precision() *graph.GeoPrecision { return text(v.Value.Precision) }

// Unit is what a figure counts.
func (v *Value) Unit() *string { return text(v.Value.Unit) }
