package graph

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Limits of what a record may hold.
const (
	MaxName    = 500   // bytes of one name
	MaxNames   = 200   // names of one entity
	MaxText    = 4_000 // bytes of a value's text, a title, a note
	MaxExcerpt = 300   // bytes of an excerpt
	// MaxSentence is how long the text of a claim may be, in bytes.
	MaxSentence = 300
	MaxShort    = 200 // bytes of a locator, role, label and the like
	// MaxBatch is how many records one batch may hold.
	MaxBatch = 100_000
)

// checker gathers the problems of one record.
type checker struct {
	prefix   string // "claims[3]"
	record   int
	problems []Problem
}

func (c *checker) add(code, field, message, remedy string) {
	path := field
	if c.prefix != "" {
		path = c.prefix + "." + field
	}
	c.problems = append(c.problems, Problem{Code: code, Record: c.record, Path: path, Message: message, Remedy: remedy})
}

// text checks that s is valid, clean and not too long.
func (c *checker) text(field, s string, most int) {
	switch {
	case len(s) > most:
		c.add("TOO_LONG", field, fmt.Sprintf("it has %d bytes, at most %d are kept", len(s), most), "shorten it")
	case !utf8.ValidString(s):
		c.add("INVALID_UTF8", field, "it is not valid UTF-8", "save the text as UTF-8")
	case strings.ContainsFunc(s, control):
		c.add("CONTROL_CHARACTER", field, "it holds a control character", "remove it")
	}
}

// shorts checks fields that hold a few words: field, value, field, value.
func (c *checker) shorts(fields ...string) {
	for i := 0; i < len(fields); i += 2 {
		c.text(fields[i], fields[i+1], MaxShort)
	}
}

func control(r rune) bool { return r < 0x20 && r != '\t' && r != '\n' || r == 0x7f }

// date checks that a date is what its text says: one that was put together by
// hand might not be readable again.
func (c *checker) date(field string, d PartialDate) {
	if d == (PartialDate{}) {
		return
	}
	if p := d.problem(); p != nil {
		c.add(p.Code, field, p.Message, p.Remedy)
	}
}

func (c *checker) required(field, s string, most int) {
	if strings.TrimSpace(s) == "" {
		c.add("MISSING", field, "it is empty", "give it a value")
		return
	}
	c.text(field, s, most)
}

// oneOf checks a value of a closed list; empty passes.
func oneOf[T ~string](c *checker, field string, v T, list []T) {
	if v == "" || slices.Contains(list, v) {
		return
	}
	c.add("UNKNOWN_VALUE", field, fmt.Sprintf("%q is not known", clip(string(v))), "use one of "+joined(list))
}

func joined[T ~string](list []T) string {
	parts := make([]string, len(list))
	for i, v := range list {
		parts[i] = string(v)
	}
	return strings.Join(parts, ", ")
}

func (c *checker) marking(m Marking) { oneOf(c, "marking", m, Markings) }

func (c *checker) source(s *Source) {
	if !s.ID.validSource() {
		c.add("BAD_ID", "id", fmt.Sprintf("%q is not the id of a source", clip(string(s.ID))), `write "s_" and lower-case letters, digits and single hyphens`)
	}
	c.reserved("id", s.ID)
	if s.Kind == "" {
		c.add("MISSING", "kind", "it is empty", "use one of "+joined(recordedKinds))
	}
	oneOf(c, "kind", s.Kind, recordedKinds)
	oneOf(c, "reliability", s.Reliability, Reliabilities)
	c.marking(s.Marking)
	c.required("title", s.Title, MaxText)
	c.shorts("language", s.Language, "publisher", s.Publisher, "licence", s.Licence)
	c.date("published", s.Published)
	c.text("url", s.URL, MaxText)
	c.text("note", s.Note, MaxText)
	for i, a := range s.Authors {
		c.text(fmt.Sprintf("authors[%d]", i), a, MaxName)
	}
	if slices.Contains(s.DerivedFrom, s.ID) {
		c.add("DERIVED_FROM_ITSELF", "derivedFrom", "a source cannot derive from itself", "name the sources that it relies on")
	}
}

// reserved refuses the id of the source that is built in; it reports whether it is that.
func (c *checker) reserved(field string, id ID) bool {
	if id == AsRecorded {
		c.add("RESERVED_ID", field, fmt.Sprintf("%s is built in, and stands for what has no source of its own", AsRecorded), "name the source that says so, or leave it out")
	}
	return id == AsRecorded
}

func (c *checker) entity(e *Entity) {
	if !e.ID.validEntity() {
		c.add("BAD_ID", "id", fmt.Sprintf("%q is not the id of an entity", clip(string(e.ID))), "use lower-case letters, digits and single hyphens, for instance \"lej\"")
	}
	if !slices.Contains(EntityKinds, e.Kind) {
		c.add("UNKNOWN_KIND", "kind", fmt.Sprintf("%q is no kind of entity", clip(string(e.Kind))), "use one of "+joined(EntityKinds))
	} else if e.Subtype != "" {
		c.subtype("subtype", e.Subtype, e.Kind)
	}
	oneOf(c, "representation", e.Representation, Representations)
	c.marking(e.Marking)
	c.text("description", e.Description, MaxText)
	if len(e.Names) == 0 {
		c.add("MISSING", "names", "there is none", "give at least one name; for an unnamed thing, a few words that describe it")
	}
	if len(e.Names) > MaxNames {
		c.add("TOO_MANY", "names", fmt.Sprintf("there are %d, at most %d are kept", len(e.Names), MaxNames), "leave some out")
	}
	for i, n := range e.Names {
		c.required(fmt.Sprintf("names[%d].value", i), n.Value, MaxName)
		c.text(fmt.Sprintf("names[%d].lang", i), n.Lang, MaxShort)
	}
	for i, x := range e.External {
		c.required(fmt.Sprintf("external[%d]", i), x, MaxShort)
	}
}

func (c *checker) subtype(field, s string, kind EntityKind) {
	if list := subtypes[kind]; !slices.Contains(list, s) {
		c.add("UNKNOWN_VALUE", field, fmt.Sprintf("%q is not known for %s", clip(s), kind), remedyFor(list))
	}
}

func remedyFor(list []string) string {
	if len(list) == 0 {
		return "leave it out"
	}
	return "use one of " + joined(list)
}

func (c *checker) claim(k *Claim) {
	spec := k.Predicate.Spec()
	if !k.Predicate.Known() {
		c.add("UNKNOWN_PREDICATE", "predicate", fmt.Sprintf("%q is not in the vocabulary", clip(string(k.Predicate))), "use a predicate that the schema lists")
	}
	if k.Source == "" {
		c.add("NO_SOURCE", "source", "the claim has no source", "name the source that says so; without a source there is no claim")
	}
	if k.Hedge == "" {
		c.add("MISSING", "hedge", "it is empty", "use one of "+joined(Hedges))
	}
	oneOf(c, "hedge", k.Hedge, Hedges)
	oneOf(c, "polarity", k.Polarity, Polarities)
	oneOf(c, "basis", k.Basis, Bases)
	oneOf(c, "degree", k.Degree, AllDegrees)
	oneOf(c, "grade", k.Grade, LinkGrades)
	c.marking(k.Marking)
	for i, m := range k.Modes {
		oneOf(c, fmt.Sprintf("modes[%d]", i), m, Modes)
	}
	if k.Credibility < 0 || k.Credibility > CannotBeJudged {
		c.add("OUT_OF_RANGE", "credibility", fmt.Sprintf("%d is not 1 to 6", k.Credibility), "use 1 (confirmed) to 5 (improbable), or 6 (cannot be judged)")
	}
	c.text("excerpt", k.Excerpt, MaxExcerpt)
	c.text("text", k.Text, MaxSentence)
	c.shorts("label", k.Label, "locator", k.Locator, "role", k.Role, "stage", k.Stage, "nature", k.Nature, "channel", k.Channel, "rule", k.Rule)
	c.speaker(k)
	c.amount(k, spec)
	c.role(k, spec)
	c.date("validFrom", k.ValidFrom)
	c.date("validTo", k.ValidTo)
	if !k.ValidFrom.IsZero() && !k.ValidTo.IsZero() && k.ValidFrom.Earliest > k.ValidTo.Latest {
		c.add("IMPOSSIBLE_RANGE", "validTo", fmt.Sprintf("%s ends before %s begins", k.ValidTo, k.ValidFrom), "swap or correct the dates")
	}
	if k.Predicate.Known() {
		c.shape(k, spec)
	}
}

// speaker checks who a claim says speaks: an entity or a text, not both.
func (c *checker) speaker(k *Claim) {
	c.text("speakerText", k.SpeakerText, MaxShort)
	switch {
	case k.SpeakerText == "":
	case k.Speaker != "":
		c.add("NOT_TAKEN", "speakerText", "the claim names its speaker already", "leave it out, or leave out speaker")
	case !ShowsSomething(k.SpeakerText):
		c.add("MISSING", "speakerText", "it shows nothing: it has blanks and invisible characters alone", "say who speaks, or leave it out")
	}
}

// shape checks subject, object and value against what the predicate takes.
func (c *checker) shape(k *Claim, spec PredicateSpec) {
	switch {
	case spec.Shape == ShapeRetirement:
		c.retires(k)
	case spec.IsLink() || spec.Shape == ShapeClaimPair:
		if k.Object == "" {
			c.add("MISSING", "object", fmt.Sprintf("%s needs an object", k.Predicate), "name the other end")
		}
		if k.Object == k.Subject {
			c.add("SELF_LINK", "object", "subject and object are the same", "name two different ones")
		}
		if k.Value != nil {
			c.add("NOT_TAKEN", "value", fmt.Sprintf("%s takes no value", k.Predicate), "leave it out")
		}
	default:
		if k.Object != "" {
			c.add("NOT_TAKEN", "object", fmt.Sprintf("%s takes no object", k.Predicate), "leave it out, or use a kind of link")
		}
		c.value(k, spec)
	}
	c.ends(k, spec)
}

func (c *checker) ends(k *Claim, spec PredicateSpec) {
	switch spec.Shape {
	case ShapeClaimPair:
		c.claimID("subject", k.Subject)
		c.claimID("object", k.Object)
	case ShapeClaim:
		c.claimID("subject", k.Subject)
	case ShapeMark:
		if !k.Subject.validEntity() && !k.Subject.validSource() && !k.Subject.validClaim() {
			c.add("BAD_ID", "subject", fmt.Sprintf("%q is the id of no record", clip(string(k.Subject))), "write the id of an entity, a source or a claim")
		}
	case ShapeSource:
		if !k.Subject.validSource() {
			c.add("BAD_ID", "subject", fmt.Sprintf("%q is not the id of a source", clip(string(k.Subject))), "write the source's id, s_ and its slug")
		}
	}
}

func (c *checker) claimID(field string, id ID) {
	if !id.validClaim() {
		c.add("BAD_ID", field, fmt.Sprintf("%q is not the id of a claim", clip(string(id))), "write the claim's id, c_ and 26 characters")
	}
}

// takesBack checks a claim that takes back a claim or a source: it may say why,
// and it cannot be denied, for then it would say nothing.
func (c *checker) takesBack(k *Claim) {
	if v := k.Value; v != nil {
		c.text("value.text", v.Text, MaxText)
		if *v != (Value{Text: v.Text}) {
			c.add("NOT_TAKEN", "value", fmt.Sprintf("%s takes a text alone", k.Predicate), "say why in value.text")
		}
	}
	if k.Polarity == Denied || k.Polarity == NoEvidence {
		c.add("NOT_TAKEN", "polarity", fmt.Sprintf("%s is always %s", k.Predicate, Affirmed), "leave it out; to undo it, retract it")
	}
}

// affirmed refuses a change of marking that is denied.
func (c *checker) affirmed(k *Claim, spec PredicateSpec) {
	if spec.Shape == ShapeMark && (k.Polarity == Denied || k.Polarity == NoEvidence) {
		c.add("NOT_TAKEN", "polarity", fmt.Sprintf("%s is always %s", k.Predicate, Affirmed), "leave it out; to undo it, mark it again")
	}
}

func (c *checker) value(k *Claim, spec PredicateSpec) {
	v := k.Value
	if spec.Shape == ShapeClaim || spec.Shape == ShapeSource {
		c.takesBack(k)
		return
	}
	c.affirmed(k, spec)
	if v == nil {
		c.add("MISSING", "value", fmt.Sprintf("%s needs a value", k.Predicate), "give one")
		return
	}
	c.text("value.text", v.Text, MaxText)
	c.text("value.unit", v.Unit, MaxShort)
	taken := Value{}
	switch spec.Shape {
	case ShapeText:
		most := MaxText
		if spec.Name == ExternalID {
			most = MaxShort
		}
		c.required("value.text", v.Text, most)
		taken.Text = v.Text
	case ShapeName:
		c.name(v)
		taken = Value{Text: v.Text, Lang: v.Lang, Form: v.Form, Primary: v.Primary}
	case ShapeSubtype:
		c.required("value.text", v.Text, MaxShort)
		taken.Text = v.Text
	case ShapeDate:
		if v.Date.IsZero() {
			c.add("MISSING", "value.date", "it is empty", "give a date")
		} else {
			c.date("value.date", v.Date)
		}
		taken.Date = v.Date
	case ShapeRange:
		taken = Value{Low: v.Low, Best: v.Best, High: v.High, Circa: v.Circa, Unit: v.Unit, Text: v.Text}
		c.figures(v)
	case ShapeCasualties:
		taken = Value{Low: v.Low, Best: v.Best, High: v.High, Circa: v.Circa, Role: v.Role, Effect: v.Effect}
		c.figures(v)
		c.casualties(v)
	case ShapeMark:
		if v.Marking == "" {
			c.add("MISSING", "value.marking", "it is empty", "use one of "+joined(Markings))
		}
		oneOf(c, "value.marking", v.Marking, Markings)
		oneOf(c, "value.stamp", v.Stamp, Markings)
		taken = Value{Marking: v.Marking, Stamp: v.Stamp, Text: v.Text}
	case ShapePoint:
		taken = Value{Lat: v.Lat, Lon: v.Lon, Precision: v.Precision}
		c.point(v)
	}
	if taken != *v {
		c.add("NOT_TAKEN", "value", fmt.Sprintf("it holds fields that %s does not take", k.Predicate), "leave them out")
	}
}

func (c *checker) name(v *Value) {
	if v.Text != "" && !ShowsSomething(v.Text) {
		c.add("MISSING", "value.text", "it shows nothing: it has blanks and invisible characters alone", "give it a value")
	} else {
		c.required("value.text", v.Text, MaxName)
	}
	c.text("value.lang", v.Lang, MaxShort)
	oneOf(c, "value.form", v.Form, NameForms)
}

// role checks the role of a link that needs one of a closed list.
func (c *checker) role(k *Claim, spec PredicateSpec) {
	if spec.Roles == nil {
		return
	}
	names := make([]string, len(spec.Roles))
	for i, r := range spec.Roles {
		names[i] = r.Name
	}
	if k.Role == "" {
		c.add("MISSING", "role", fmt.Sprintf("%s needs a role", k.Predicate), "use one of "+joined(names))
	}
	oneOf(c, "role", k.Role, names)
}

func (c *checker) figures(v *Value) { c.ascending("value", v) }

// ascending checks the figures that a field holds.
func (c *checker) ascending(field string, v *Value) {
	low, high := v.Bounds()
	if low == nil && high == nil {
		c.add("MISSING", field, "it holds no figure", "give low, best or high; an unknown figure is no claim")
	}
	v.eachFigure(func(at string, f float64) {
		if math.IsNaN(f) || math.Abs(f) > 1e12 {
			c.add("OUT_OF_RANGE", field+at[len("value"):], "it is not a number of a possible size", "correct it")
		}
	})
	if low != nil && high != nil && *low > *high || v.Best != nil && (low != nil && *v.Best < *low || high != nil && *v.Best > *high) {
		c.add("IMPOSSIBLE_RANGE", field, "low, best and high are not in ascending order", "correct the figures; they are never repaired silently")
	}
}

func (c *checker) casualties(v *Value) {
	if v.Role == "" || v.Effect == "" {
		c.add("MISSING", "value", "casualties need a role and an effect", "use ALL where the source speaks of all, or names no role")
	}
	oneOf(c, "value.role", v.Role.Shown(), CasualtyRoles)
	oneOf(c, "value.effect", v.Effect, CasualtyEffects)
	v.eachFigure(func(field string, f float64) {
		if f < 0 || f != math.Trunc(f) {
			c.add("OUT_OF_RANGE", field, "people are counted in whole numbers from 0", "correct the figure")
		}
	})
}

func (c *checker) point(v *Value) {
	if v.Lat == nil || v.Lon == nil {
		c.add("MISSING", "value", "a point needs lat and lon", "give both, in degrees")
		return
	}
	if !(math.Abs(*v.Lat) <= 90 && math.Abs(*v.Lon) <= 180) {
		c.add("OUT_OF_RANGE", "value", "lat is -90 to 90 and lon -180 to 180", "correct them; perhaps they are swapped")
	}
	oneOf(c, "value.precision", v.Precision, GeoPrecisions)
}
