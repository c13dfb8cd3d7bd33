package gazetteer

import "github.com/rabta/rabta/graph"

// Attribution names where the places come from, as the licence asks.
const Attribution = "GeoNames, geonames.org, CC BY 4.0; changes of names by rabta"

// Attribution is Attribution.
func (s Seen) Attribution() string { return Attribution }

// Latitude is in degrees north; nil where it is not known.
func (s Seen) Latitude() *float64 { return s.known(s.Lat) }

// Longitude is in degrees east; nil where it is not known.
func (s Seen) Longitude() *float64 { return s.known(s.Lon) }

func (s Seen) known(degrees float64) *float64 {
	if !s.Located {
		return nil
	}
	return &degrees
}

// NameThen is Name; nil for none.
func (s Seen) NameThen() *string { return some(s.Name()) }

// ContestedBy says who claims the place; nil when it is not contested.
func (s Seen) ContestedBy() *string { return some(s.Claims) }

// Contested reports whether who the place belongs to is contested.
func (s Seen) Contested() bool { return s.Claims != "" }

func some(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Begin is when the name came into use; nil where nothing is known.
func (n Name) Begin() *graph.PartialDate { return dated(n.From) }

// End is when it went out of use; nil where it is in use.
func (n Name) End() *graph.PartialDate { return dated(n.Until) }

func dated(d graph.PartialDate) *graph.PartialDate {
	if d.IsZero() {
		return nil
	}
	return &d
}

// Remark is the note; nil for none.
func (n Name) Remark() *string { return some(n.Note) }
