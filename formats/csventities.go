package formats

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/rabta/rabta/figures"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// EntityLine is an entity with the values that claims give its attributes, read
// once for all columns.
type EntityLine struct {
	any live.Entity
	*live.EntityBase
	names    []*live.Name
	places   []linked
	values   []given
	tolls    []*live.Toll
	evidence []evidence
	claims   []toldClaim
}

// given are the values that claims affirm of one predicate, best first.
type given struct {
	predicate graph.Predicate
	values    []*live.Attribute
}

// newEntityLine reads an entity's attributes.
func newEntityLine(e live.Entity) *EntityLine {
	line := &EntityLine{any: e, EntityBase: e.Base()}
	line.names, line.places = line.Names(), asTold(line.Whereabouts())
	line.read(nil)
	line.read(described)
	line.tolls = line.readTolls()
	line.readEvidence()
	line.readClaims()
	return line
}

// read reads the values of some attributes.
func (l *EntityLine) read(predicates []graph.Predicate) {
	attributes, err := l.Attributes(predicates, nil)
	if err != nil {
		panic("formats: the lens of a view that is open is refused: " + err.Error())
	}
	attributes = slices.DeleteFunc(attributes, func(a *live.Attribute) bool { return a.Polarity() != graph.Affirmed })
	for len(attributes) > 0 { // those of a predicate are together
		p, n := attributes[0].Predicate(), 1
		for n < len(attributes) && attributes[n].Predicate() == p {
			n++
		}
		l.values = append(l.values, given{p, attributes[:n]})
		attributes = attributes[n:]
	}
}

// of are the values of an attribute.
func (l *EntityLine) of(p graph.Predicate) []*live.Attribute {
	for _, g := range l.values {
		if g.predicate == p {
			return g.values
		}
	}
	return nil
}

// shown are the values of an attribute that its column has: the best, or all.
func (l *EntityLine) shown(p graph.Predicate) []*live.Attribute {
	values := l.of(p)
	if len(values) <= 1 || p.Spec().Many {
		return values
	}
	return values[:1]
}

// described are what an entity is described as.
var described = []graph.Predicate{graph.SubtypeOf, graph.Description, graph.ExternalID}

// date is the best date of an attribute; nil where none is said.
func (l *EntityLine) date(p graph.Predicate) *graph.PartialDate {
	for _, v := range l.of(p) {
		return v.Value().Date()
	}
	return nil
}

// texts are all texts of an attribute, best first.
func (l *EntityLine) texts(p graph.Predicate) (out []string) {
	for _, v := range l.of(p) {
		out = append(out, v.Value().Value.Text)
	}
	return out
}

// text is the best text of an attribute.
func (l *EntityLine) text(p graph.Predicate) string {
	for _, v := range l.of(p) {
		return v.Value().Value.Text
	}
	return ""
}

// EntityTable is an entity in a line.
var EntityTable = Table[*EntityLine]{
	{"id", "its id", func(r *Row, l *EntityLine) { r.plain(string(l.ID())) }},
	{"kind", "what sort of thing it is", func(r *Row, l *EntityLine) { r.plain(string(l.Kind())) }},
	{"subtype", "the kind within the kind", func(r *Row, l *EntityLine) { r.text(l.text(graph.SubtypeOf)) }},
	{"name", "the name to show", func(r *Row, l *EntityLine) { r.text(l.Name()) }},
	{"names", "all names and spellings (list)", func(r *Row, l *EntityLine) { list(r, names(l)) }},
	{
		"same_ids", "the ids of all entities that it stands for, its own first (list)",
		func(r *Row, l *EntityLine) { list(r, l.SameIDs()) },
	},
	{"description", "one neutral sentence", func(r *Row, l *EntityLine) { r.text(l.text(graph.Description)) }},
	{
		"representation", "how definite it is: `NAMED`, `UNNAMED` or `CLASS`",
		func(r *Row, l *EntityLine) { r.plain(string(l.Representation())) },
	},
	{"external", "ids under which others know it (list)", func(r *Row, l *EntityLine) { list(r, l.texts(graph.ExternalID)) }},
	{
		"places", "the ids of the places where it lies, happened or is based (list)",
		func(r *Row, l *EntityLine) { list(r, targetIDs(l.places)) },
	},
	{
		"countries", "the ids of the countries around them (list)",
		func(r *Row, l *EntityLine) { list(r, placeIDs(l.Countries())) },
	},
	attribute(graph.DateOf, "when an incident happened or a listing was made, as written (EDTF)"),
	{"date_earliest", "the first day that may be", nil},
	{"date_latest", "the last day that may be", nil},
	attribute(graph.FoundedOn, "when a body was founded, as written"),
	{"founded_earliest", "the first day that may be", nil},
	{"founded_latest", "the last day that may be", nil},
	attribute(graph.DissolvedOn, "when a body ended, as written"),
	{"dissolved_earliest", "the first day that may be", nil},
	{"dissolved_latest", "the last day that may be", nil},
	attribute(graph.Birth, "when an individual was born, as written"),
	{"birth_earliest", "the first day that may be", nil},
	{"birth_latest", "the last day that may be", nil},
	attribute(graph.Death, "when an individual died, as written"),
	{"death_earliest", "the first day that may be", nil},
	{"death_latest", "the last day that may be", nil},
	{"lat", "latitude of where it lies, WGS 84 degrees", point},
	{"lon", "longitude", nil},
	{"precision", "how exactly the point places it", nil},
	attribute(graph.StatusOf, "standings that claims give, best first (list)"),
	attribute(graph.Ideology, "what claims name as its ideology (list)"),
	attribute(graph.Denomination, "its religious denomination"),
	attribute(graph.Nationality, "an individual's nationality"),
	attribute(graph.FatherName, "the name of an individual's father"),
	attribute(graph.Post, "public posts that an individual held (list)"),
	attribute(graph.Board, "the board that a madressah is registered with"),
	attribute(graph.AttackType, "kinds of attack (list)"),
	attribute(graph.Weapon, "weapons that were used, or that a group has (list)"),
	attribute(graph.TargetType, "kinds of target (list)"),
	{
		"claimed", "of an incident: `SOMEBODY` where a claim says that somebody claimed it, `NOBODY` where claims say that nobody had, else `UNKNOWN`",
		claimed,
	},
	{"claimed_stated", "of an incident: when the source that says so was published", claimedStated},
	{
		"tolls", "of an incident or a place: `EFFECT:low:best:high` in all; with `:parts` where it is the sum of the roles, with `:partial` where" +
			" one of them is missing, with `:disagree` where the roles come to more; of a place with `:from:to` behind that (list)",
		tolls,
	},
	{
		"casualties", "of an incident or a place: `ROLE:EFFECT:low:best:high`, what no claim bounds left empty; of a place with `:from:to`, the time that it is of (list)",
		casualties,
	},
	attribute(graph.Authority, "who keeps the list that a designation names"),
	attribute(graph.ListOf, "that list, with its reference"),
	{"marking", "its own marking", func(r *Row, l *EntityLine) { r.plain(string(l.Marking())) }},
	gradeColumn("subtype"),
	gradeColumn("description"),
	gradeColumn("external"),
	gradeColumn("date"),
	gradeColumn("founded"),
	gradeColumn("dissolved"),
	gradeColumn("birth"),
	gradeColumn("death"),
	gradeColumn("location"),
	gradeColumn("statuses"),
	gradeColumn("ideologies"),
	gradeColumn("denomination"),
	gradeColumn("nationality"),
	gradeColumn("father_name"),
	gradeColumn("posts"),
	gradeColumn("board"),
	gradeColumn("attack_types"),
	gradeColumn("weapons"),
	gradeColumn("target_types"),
	gradeColumn("authority"),
	gradeColumn("list"),
	{
		"strength", "how many fighters or members a body has: `low:best:high:unit`, what no claim bounds left empty (list)",
		func(r *Row, l *EntityLine) { list(r, strength(l)) },
	},
	gradeColumn("names"),
	gradeColumn("places"),
	gradeColumn("claimed"),
	gradeColumn("casualties"),
	gradeColumn("strength"),
	{
		"speakers", "who says so: `column:number:POLARITY:claims:who`, the number being that of the value in the column, from 1 (list)",
		speakersTold,
	},
	{"sources", "where it was read: `column:number:id`, the id being a source's (list)", sourcesTold},
	{
		"times", "when it was so, by each claim that says: `column:number:from:to`, each as written (EDTF) (list)",
		timesTold,
	},
	attribute(graph.Sentenced, "sentences that courts passed on an individual (list)"),
	gradeColumn("sentences"),
}

// attributeColumns are the attributes of which entities.csv has a column, and its name.
var attributeColumns = columnsOf(
	graph.DateOf, graph.FoundedOn, graph.DissolvedOn, graph.Birth, graph.Death, graph.StatusOf, graph.Ideology, graph.Denomination,
	graph.Nationality, graph.FatherName, graph.Post, graph.Board, graph.AttackType, graph.Weapon, graph.TargetType, graph.Authority,
	graph.ListOf, graph.Strength, graph.Sentenced,
)

type attributeColumn struct {
	predicate graph.Predicate
	column    string
}

func columnsOf(predicates ...graph.Predicate) (out []attributeColumn) {
	for _, p := range predicates {
		out = append(out, attributeColumn{p, columnOf(p)})
	}
	return out
}

// attribute is the column of an attribute, under the name of its field.
func attribute(p graph.Predicate, doc string) Column[*EntityLine] {
	spec := p.Spec()
	write := func(r *Row, l *EntityLine) { r.text(l.text(p)) }
	switch {
	case spec.Shape == graph.ShapeDate:
		write = func(r *Row, l *EntityLine) { r.date(l.date(p)) }
	case spec.Many:
		write = func(r *Row, l *EntityLine) { list(r, l.texts(p)) }
	}
	return Column[*EntityLine]{Name: columnOf(p), Doc: doc, write: write}
}

// columnOf is the column of an attribute.
func columnOf(p graph.Predicate) string { return underscored(p.Spec().Field) }

// underscored spells the name of a field as columns are spelt: fatherName is
// father_name.
func underscored(field string) string {
	var b strings.Builder
	for _, r := range field {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func names(l *EntityLine) []string {
	out := make([]string, len(l.names))
	for i, n := range l.names {
		out[i] = n.Value
	}
	return out
}

func targetIDs(links []linked) []graph.ID {
	out := make([]graph.ID, len(links))
	for i, l := range links {
		out[i] = l.TargetID()
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
	for _, a := range l.of(graph.Coordinates) {
		p := a.Value().Value
		r.float(*p.Lat)
		r.float(*p.Lon)
		r.plain(string(cmp.Or(p.Precision, graph.GeoUnknown)))
		return
	}
	for range 3 {
		r.plain("")
	}
}

func claimed(r *Row, l *EntityLine) {
	if i, ok := l.any.(*live.Incident); ok {
		r.plain(string(i.Claimed().By))
		return
	}
	r.plain("")
}

func claimedStated(r *Row, l *EntityLine) {
	if i, ok := l.any.(*live.Incident); ok {
		r.plain(written(i.Claimed().Stated()))
		return
	}
	r.plain("")
}

// readTolls are the totals of an incident or a place; none of anything else.
func (l *EntityLine) readTolls() []*live.Toll {
	if len(l.of(graph.Casualties)) > 0 {
		switch e := l.any.(type) {
		case *live.Incident:
			return e.Tolls()
		case *live.Place:
			return e.Tolls()
		}
	}
	return nil
}

func tolls(r *Row, l *EntityLine) {
	var texts []string
	for _, t := range l.tolls {
		text := string(t.Effect) + ":" + ranged(t.Range)
		for _, said := range []struct {
			is   bool
			word string
		}{{t.OfParts, ":parts"}, {t.Partial, ":partial"}, {t.Disagree, ":disagree"}} {
			if said.is {
				text += said.word
			}
		}
		texts = append(texts, text+during(l, t.ValidFrom, t.ValidTo))
	}
	list(r, texts)
}

func casualties(r *Row, l *EntityLine) {
	var texts []string
	for _, c := range l.casualties() {
		texts = append(texts, string(c.Role)+":"+string(c.Effect)+":"+ranged(c.Range)+during(l, c.ValidFrom, c.ValidTo))
	}
	list(r, texts)
}

// casualties are the figures of the totals.
func (l *EntityLine) casualties() (out []*live.Casualties) {
	for _, t := range l.tolls {
		out = append(out, t.Casualties...)
	}
	return out
}

// strength is how many a body has, as claims give it, best first.
func strength(l *EntityLine) (out []string) {
	for _, a := range l.of(graph.Strength) {
		v := a.Value().Value
		out = append(out, counted(v.Low, v.Best, v.High, v.Unit))
	}
	return out
}

// counted is a range of what is counted in a unit.
func counted(low, best, high *float64, unit string) string {
	return quantity(low) + ":" + quantity(best) + ":" + quantity(high) + ":" + unit
}

func quantity(n *float64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatFloat(*n, 'f', -1, 64)
}

func ranged(r figures.Range) string {
	return figure(r.Low) + ":" + figure(r.Best) + ":" + figure(r.High)
}

// during is the time of a figure of a place.
func during(l *EntityLine, from, to *graph.PartialDate) string {
	if l.Kind() != graph.Place {
		return ""
	}
	return ":" + written(from) + ":" + written(to)
}

// written is a date as it was written; empty where none is said.
func written(d *graph.PartialDate) string {
	if d == nil {
		return ""
	}
	return d.EDTF
}

func figure(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
