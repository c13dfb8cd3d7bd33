package formats

import (
	"strconv"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// EntityLine is an entity with the values that claims give its attributes, read
// once for all columns.
type EntityLine struct {
	any live.Entity
	*live.EntityBase
	values map[graph.Predicate][]*live.Value
}

// NewEntityLine reads an entity's attributes.
func NewEntityLine(e live.Entity) *EntityLine {
	line := &EntityLine{any: e, EntityBase: e.Base(), values: map[graph.Predicate][]*live.Value{}}
	attributes, err := line.Attributes(nil, nil)
	if err != nil {
		panic("formats: the lens of a view that is open is refused: " + err.Error())
	}
	for _, a := range attributes { // best first
		if a.Polarity() == graph.Affirmed {
			line.values[a.Predicate()] = append(line.values[a.Predicate()], a.Value())
		}
	}
	return line
}

// date is the best date of an attribute; nil where none is said.
func (l *EntityLine) date(p graph.Predicate) *graph.PartialDate {
	for _, v := range l.values[p] {
		return v.Date()
	}
	return nil
}

// texts are all texts of an attribute, best first.
func (l *EntityLine) texts(p graph.Predicate) (out []string) {
	for _, v := range l.values[p] {
		out = append(out, v.Value.Text)
	}
	return out
}

// text is the best text of an attribute.
func (l *EntityLine) text(p graph.Predicate) string {
	for _, v := range l.values[p] {
		return v.Value.Text
	}
	return ""
}

// EntityTable is an entity in a line.
var EntityTable = Table[*EntityLine]{
	{"id", "its id", func(r *Row, l *EntityLine) { r.code(string(l.ID())) }},
	{"kind", "what sort of thing it is", func(r *Row, l *EntityLine) { r.code(string(l.Kind())) }},
	{"subtype", "the kind within the kind", func(r *Row, l *EntityLine) { optional(r, l.Subtype()) }},
	{"name", "the name to show", func(r *Row, l *EntityLine) { r.words(l.Name()) }},
	{"names", "all names and spellings (list)", func(r *Row, l *EntityLine) { list(r, names(l)) }},
	{"same_ids", "the ids of all entities that it stands for, its own first (list)", func(r *Row, l *EntityLine) { list(r, l.SameIDs()) }},
	{"description", "one neutral sentence", func(r *Row, l *EntityLine) { optional(r, l.Description()) }},
	{"representation", "how definite it is: `NAMED`, `UNNAMED` or `CLASS`", func(r *Row, l *EntityLine) { r.code(string(l.Representation())) }},
	{"external", "ids under which others know it (list)", func(r *Row, l *EntityLine) { list(r, l.External()) }},
	{"places", "the ids of the places where it lies, happened or is based (list)", func(r *Row, l *EntityLine) { list(r, placeIDs(l.Places())) }},
	{"countries", "the ids of the countries around them (list)", func(r *Row, l *EntityLine) { list(r, placeIDs(l.Countries())) }},
	{"date", "when an incident happened or a listing was made, as written (EDTF)", func(r *Row, l *EntityLine) { r.date(l.date(graph.DateOf)) }},
	{"date_earliest", "the first day that may be", nil},
	{"date_latest", "the last day that may be", nil},
	{"founded", "when a body was founded, as written", func(r *Row, l *EntityLine) { r.date(l.date(graph.FoundedOn)) }},
	{"founded_earliest", "the first day that may be", nil},
	{"founded_latest", "the last day that may be", nil},
	{"dissolved", "when a body ended, as written", func(r *Row, l *EntityLine) { r.date(l.date(graph.DissolvedOn)) }},
	{"dissolved_earliest", "the first day that may be", nil},
	{"dissolved_latest", "the last day that may be", nil},
	{"birth", "when an individual was born, as written", func(r *Row, l *EntityLine) { r.date(l.date(graph.Birth)) }},
	{"birth_earliest", "the first day that may be", nil},
	{"birth_latest", "the last day that may be", nil},
	{"death", "when an individual died, as written", func(r *Row, l *EntityLine) { r.date(l.date(graph.Death)) }},
	{"death_earliest", "the first day that may be", nil},
	{"death_latest", "the last day that may be", nil},
	{"lat", "latitude of where it lies, WGS 84 degrees", point},
	{"lon", "longitude", nil},
	{"precision", "how exactly the point places it", nil},
	{"statuses", "standings that claims give, best first (list)", func(r *Row, l *EntityLine) { list(r, l.texts(graph.StatusOf)) }},
	{"ideologies", "what claims name as its ideology (list)", func(r *Row, l *EntityLine) { list(r, l.texts(graph.Ideology)) }},
	{"denomination", "its religious denomination", func(r *Row, l *EntityLine) { r.words(l.text(graph.Denomination)) }},
	{"nationality", "an individual's nationality", func(r *Row, l *EntityLine) { r.words(l.text(graph.Nationality)) }},
	{"father_name", "the name of an individual's father", func(r *Row, l *EntityLine) { r.words(l.text(graph.FatherName)) }},
	{"posts", "public posts that an individual held (list)", func(r *Row, l *EntityLine) { list(r, l.texts(graph.Post)) }},
	{"board", "the board that a madressah is registered with", func(r *Row, l *EntityLine) { r.words(l.text(graph.Board)) }},
	{"attack_types", "kinds of attack (list)", func(r *Row, l *EntityLine) { list(r, l.texts(graph.AttackType)) }},
	{"weapons", "weapons used (list)", func(r *Row, l *EntityLine) { list(r, l.texts(graph.Weapon)) }},
	{"target_types", "kinds of target (list)", func(r *Row, l *EntityLine) { list(r, l.texts(graph.TargetType)) }},
	{"nobody_claimed", "of an incident: whether claims say that nobody had claimed it, and none that somebody did", nobodyClaimed},
	{"casualties", "of an incident or a place: `ROLE:EFFECT:low:best:high`, what no claim bounds left empty (list)", casualties},
	{"authority", "who keeps the list that a designation names", func(r *Row, l *EntityLine) { r.words(l.text(graph.Authority)) }},
	{"list", "that list, with its reference", func(r *Row, l *EntityLine) { r.words(l.text(graph.ListOf)) }},
	{"marking", "its own marking", func(r *Row, l *EntityLine) { r.code(string(l.Marking())) }},
}

func names(l *EntityLine) []string {
	all := l.Names()
	out := make([]string, len(all))
	for i, n := range all {
		out[i] = n.Value
	}
	return out
}

func placeIDs(places []*live.Place) []graph.ID {
	out := make([]graph.ID, len(places))
	for i, p := range places {
		out[i] = p.ID()
	}
	return out
}

// point adds three cells.
func point(r *Row, l *EntityLine) {
	for range l.values[graph.Coordinates] {
		p := l.Location()
		r.float(p.Lat)
		r.float(p.Lon)
		r.code(string(p.Precision))
		return
	}
	for range 3 {
		r.code("")
	}
}

func nobodyClaimed(r *Row, l *EntityLine) {
	if i, ok := l.any.(*live.Incident); ok {
		r.truth(i.NobodyClaimed())
		return
	}
	r.code("")
}

func casualties(r *Row, l *EntityLine) {
	var tolls []*live.Casualties
	if len(l.values[graph.Casualties]) > 0 {
		switch e := l.any.(type) {
		case *live.Incident:
			tolls = e.Casualties()
		case *live.Place:
			tolls = e.Casualties()
		}
	}
	texts := make([]string, len(tolls))
	for i, t := range tolls {
		texts[i] = strings.Join([]string{string(t.Role), string(t.Effect), figure(t.Low), figure(t.Best), figure(t.High)}, ":")
	}
	list(r, texts)
}

func figure(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
