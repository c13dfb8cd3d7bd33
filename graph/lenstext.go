package graph

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// LensCondition is one condition of a lens as text gives it: a parameter of an
// address, a flag of a command.
type LensCondition struct {
	// Name is that of the lens's field, in lower camel case: "minCredibility".
	Name string
	// Doc says in a few words what the condition keeps.
	Doc string
	// List is set for a condition that takes several values; the others take one.
	List bool
	// Switch is set for a condition that takes true or false.
	Switch bool
	// Whole is set for a list of texts that may have commas: each is given by itself.
	Whole bool
	set   func(l *Lens, text string) error
}

// LensConditions lists the conditions, in the order of Lens.
var LensConditions = []LensCondition{
	{Name: "asOf", Doc: "what may hold on this day, YYYY-MM-DD", set: func(l *Lens, s string) error { return setDay(&l.AsOf, s) }},
	{Name: "asOfMode", Doc: "with asOf: POSSIBLE (without it), or CERTAIN, what held on the day wherever in their spans its dates lie", set: func(l *Lens, s string) error { return setName(&l.AsOfMode, AsOfModes, s) }},
	{Name: "knownAt", Doc: "what had been recorded by this moment, RFC 3339", set: func(l *Lens, s string) error { return setMoment(&l.KnownAt, s) }},
	{Name: "knownAtSequence", Doc: "what had been recorded by this commit, a number", set: func(l *Lens, s string) error { return setSequence(&l.KnownAtSequence, s) }},
	{Name: "publishedBy", Doc: "what sources published by this day say, YYYY-MM-DD", set: func(l *Lens, s string) error { return setDay(&l.PublishedBy, s) }},
	{Name: "minCredibility", Doc: "credibility 1 to this number", set: func(l *Lens, s string) error { return setNumber(&l.MinCredibility, s) }},
	{Name: "minReliability", Doc: "sources of this letter or better, A to F", set: func(l *Lens, s string) error { return setName(&l.MinReliability, Reliabilities, s) }},
	{Name: "includeUnjudged", Switch: true, Doc: "with a floor, also what cannot be judged", set: func(l *Lens, s string) error { return setSwitch(&l.IncludeUnjudged, s) }},
	{Name: "minIndependentSources", Doc: "links that this many independent sources affirm", set: func(l *Lens, s string) error { return setNumber(&l.MinIndependentSources, s) }},
	{Name: "hedges", List: true, Doc: "only these hedge classes", set: func(l *Lens, s string) error { return addName(&l.Hedges, Hedges, s) }},
	{Name: "sources", List: true, Doc: "only what is read in these sources", set: func(l *Lens, s string) error { return addID(&l.Sources, s) }},
	{Name: "withoutSources", List: true, Doc: "not what is read in, or relies on, these sources", set: func(l *Lens, s string) error { return addID(&l.WithoutSources, s) }},
	{Name: "sourceKinds", List: true, Doc: "only what is read in sources of these kinds", set: func(l *Lens, s string) error { return addName(&l.SourceKinds, SourceKinds, s) }},
	{Name: "publishers", List: true, Whole: true, Doc: "only what is read in what these published; each is given by itself, for it may have commas", set: func(l *Lens, s string) error { return addPublisher(&l.Publishers, s) }},
	{Name: "speakers", List: true, Doc: "only claims that name one of these entities as their speaker", set: func(l *Lens, s string) error { return addID(&l.Speakers, s) }},
	{Name: "attributors", List: true, Doc: "only attributions that one of these entities makes", set: func(l *Lens, s string) error { return addID(&l.Attributors, s) }},
	{Name: "officialVoices", Switch: true, Doc: "only what is worded as official, spoken or attributed by a body of a state or a security force, or read in a list or the record of a court", set: func(l *Lens, s string) error { return setSwitch(&l.OfficialVoices, s) }},
	{Name: "includeDisputed", Switch: true, Doc: "links that are disputed; true unless set to false", set: func(l *Lens, s string) error { return setSwitch(&l.IncludeDisputed, s) }},
	{Name: "includeDenied", Switch: true, Doc: "links that are only denied too", set: func(l *Lens, s string) error { return setSwitch(&l.IncludeDenied, s) }},
	{Name: "includeAssessments", Switch: true, Doc: "writers' opinions too", set: func(l *Lens, s string) error { return setSwitch(&l.IncludeAssessments, s) }},
	{Name: "includeInferred", Switch: true, Doc: "what a rule inferred; true unless set to false", set: func(l *Lens, s string) error { return setSwitch(&l.IncludeInferred, s) }},
}

// Set adds the condition to the lens. values are what was given, in order; those
// of a list may each hold several, separated by commas, and one empty text alone
// is the empty list. The error names the condition and says what to write; the
// lens as a whole is Check's.
func (c *LensCondition) Set(l *Lens, values ...string) error {
	split := SplitValues
	if c.Whole {
		split = wholeValues
	}
	values, err := split(c.Name, c.List, values)
	if err != nil {
		return err
	}
	if c.List {
		c.empty(l)
	}
	for _, v := range values {
		if err := c.set(l, v); err != nil {
			return Renamed(err, func(string) string { return c.Name })
		}
	}
	return nil
}

// empty makes the condition's list one that keeps nothing yet.
func (c *LensCondition) empty(l *Lens) {
	switch c.Name {
	case "hedges":
		l.Hedges = []Hedge{}
	case "sources":
		l.Sources = []ID{}
	case "withoutSources":
		l.WithoutSources = []ID{}
	case "sourceKinds":
		l.SourceKinds = []SourceKind{}
	case "publishers":
		l.Publishers = []string{}
	case "speakers":
		l.Speakers = []ID{}
	case "attributors":
		l.Attributors = []ID{}
	}
}

// SplitValues are the values of a parameter of the name, of which those of a list
// may be separated by commas. It refuses several where one is taken, and empty
// values but for one empty text alone, which is the empty list.
func SplitValues(name string, list bool, values []string) ([]string, error) {
	if !list {
		switch {
		case len(values) != 1:
			return nil, Invalid("GIVEN_TWICE", name, fmt.Sprintf("it is given %d times", len(values)), "give it once")
		case values[0] == "":
			return nil, Invalid("NO_VALUE", name, "it has no value", "give one or leave it out")
		}
		return values, nil
	}
	if len(values) == 1 && values[0] == "" {
		return []string{}, nil
	}
	var out []string
	for _, v := range values {
		out = append(out, strings.Split(v, ",")...)
	}
	if slices.Contains(out, "") {
		return nil, Invalid("NO_VALUE", name, "one of its values is empty", "separate values by one comma, or give the parameter once for each")
	}
	return out, nil
}

// wholeValues are SplitValues of a list of which no value is split.
func wholeValues(name string, _ bool, values []string) ([]string, error) {
	if len(values) == 1 && values[0] == "" {
		return []string{}, nil
	}
	if slices.Contains(values, "") {
		return nil, Invalid("NO_VALUE", name, "one of its values is empty", "give the parameter once for each value")
	}
	return values, nil
}

func setDay(into **Day, s string) error {
	d, err := ParseDay(s)
	*into = &d
	return err
}

func setMoment(into **time.Time, s string) error {
	t, err := ParseMoment(s)
	if err != nil {
		return Invalid("BAD_TIME", "", fmt.Sprintf("%q is no moment", clip(s)), "write it as 2026-01-31T12:00:00Z")
	}
	*into = &t
	return nil
}

// ParseMoment reads a moment as RFC 3339 writes it, and none that cannot be written so
// again, such as one in a zone a day away.
func ParseMoment(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err == nil {
		_, err = t.MarshalText()
	}
	return t, err
}

func setSequence(into **Sequence, s string) error {
	n, err := strconv.ParseUint(s, 10, 63)
	if err != nil {
		return Invalid("OUT_OF_RANGE", "", fmt.Sprintf("%q is not the number of a commit", clip(s)), "use a number that an answer gave, such as that of Rabta-Sequence")
	}
	q := Sequence(n)
	*into = &q
	return nil
}

func setNumber(into **int, s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n > math.MaxInt32 || n < math.MinInt32 {
		return Invalid("BAD_NUMBER", "", fmt.Sprintf("%q is no whole number", clip(s)), "write digits, such as 2")
	}
	*into = &n
	return nil
}

func setSwitch(into **bool, s string) error {
	yes := s == "true"
	if !yes && s != "false" {
		return Invalid("BAD_SWITCH", "", fmt.Sprintf("%q is neither true nor false", clip(s)), "write true or false")
	}
	*into = &yes
	return nil
}

func setName[T ~string](into **T, list []T, s string) error {
	v, err := OneOf(list, s)
	*into = &v
	return err
}

func addName[T ~string](into *[]T, list []T, s string) error {
	v, err := OneOf(list, s)
	*into = append(*into, v)
	return err
}

// OneOf is the value of a closed list with the name; the error lists all.
func OneOf[T ~string](list []T, name string) (T, error) {
	if i := slices.Index(list, T(name)); i >= 0 {
		return list[i], nil
	}
	return "", Invalid("UNKNOWN_VALUE", "", fmt.Sprintf("%q is not known", clip(name)), "use "+joined(list))
}

func addID(into *[]ID, s string) error {
	if len(s) > MaxID {
		return Invalid("TOO_LONG", "", fmt.Sprintf("%q is longer than an id can be", clip(s)), "give an id, such as s_dawn-column-2023-10 of a source, or ttp of an entity")
	}
	*into = append(*into, ID(s))
	return nil
}

func addPublisher(into *[]string, s string) error {
	if len(s) > MaxShort {
		return Invalid("TOO_LONG", "", fmt.Sprintf("%q is longer than a publisher can be", clip(s)), "write it as sources have it, such as Dawn")
	}
	*into = append(*into, s)
	return nil
}
