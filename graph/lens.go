package graph

import (
	"fmt"
	"slices"
	"time"
)

// AsOfMode says how sure it must be that a claim held on the day asked for.
type AsOfMode string

// The modes of Lens.AsOf.
const (
	// MayHold lets a claim through that may have held on the day.
	MayHold AsOfMode = "POSSIBLE"
	// Certain lets a claim through only if it held on the day wherever in their
	// spans its dates lie. An undated claim is never certain.
	Certain AsOfMode = "CERTAIN"
)

// AsOfModes lists the modes.
var AsOfModes = []AsOfMode{MayHold, Certain}

// Lens says which claims count. The zero Lens is the default one: no floor, no
// date, the latest state, disputed and inferred links shown, denied links and
// assessments not.
type Lens struct {
	// AsOf keeps what may hold in the world on that day.
	AsOf     *Day
	AsOfMode *AsOfMode
	// KnownAt and KnownAtSequence keep what had been recorded by then; the
	// earlier of the two when both are set.
	KnownAt         *time.Time
	KnownAtSequence *Sequence
	// PublishedBy keeps claims whose source may have been published by that
	// day; a source without a date is left out.
	PublishedBy *Day
	// MinCredibility keeps credibility 1 to this number; 6 passes only with
	// IncludeUnjudged.
	MinCredibility *int
	// MinReliability keeps sources of this letter or better; F passes only with
	// IncludeUnjudged.
	MinReliability  *Reliability
	IncludeUnjudged *bool
	// MinIndependentSources keeps links that this many sources affirm, none
	// derived from another.
	MinIndependentSources *int
	// Hedges keeps these classes; nil keeps all, an empty list none.
	Hedges []Hedge
	// Sources keeps claims read in these sources; nil keeps all, an empty list
	// none. WithoutSources leaves out what is read in, or relies on, these.
	Sources, WithoutSources []ID
	// SourceKinds keeps claims read in sources of these kinds, Publishers those read in what
	// these published, as sources have it but for capitals; nil keeps all, an empty list none.
	SourceKinds []SourceKind
	Publishers  []string
	// Speakers keeps claims that name one of these entities as their speaker, Attributors
	// those that name one as who makes the attribution; nil keeps all, an empty list none.
	Speakers, Attributors []ID
	// OfficialVoices keeps claims that are worded as official, that a body of a state or a security
	// force speaks or attributes, or that stand in a list or in the record of a court and quote nobody.
	OfficialVoices *bool
	// IncludeDisputed (true unless set to false) shows links that are disputed.
	IncludeDisputed *bool
	// IncludeDenied (false unless set) shows links that are only denied.
	IncludeDenied *bool
	// IncludeAssessments (false unless set) lets writers' opinions count.
	IncludeAssessments *bool
	// IncludeInferred (true unless set to false) lets claims count that a rule
	// inferred.
	IncludeInferred *bool
}

// Check reports what is wrong with the lens, or nil.
func (l *Lens) Check() error {
	if n := l.MinCredibility; n != nil && (*n < 1 || *n > CannotBeJudged) {
		return Invalid("OUT_OF_RANGE", "lens.minCredibility", fmt.Sprintf("%d is not 1 to 6", *n), "use 1 (confirmed only) to 6")
	}
	if n := l.MinIndependentSources; n != nil && *n < 0 {
		return Invalid("OUT_OF_RANGE", "lens.minIndependentSources", fmt.Sprintf("%d is negative", *n), "use 1 or more, or leave it out")
	}
	if r := l.MinReliability; r != nil && int(Code(Reliabilities, *r)) == len(Reliabilities) {
		return Invalid("UNKNOWN_VALUE", "lens.minReliability", fmt.Sprintf("%q is not a letter from A to F", clip(string(*r))), "use A to F")
	}
	for i, k := range l.SourceKinds {
		if !slices.Contains(SourceKinds, k) {
			return Invalid("UNKNOWN_VALUE", fmt.Sprintf("lens.sourceKinds[%d]", i), fmt.Sprintf("%q is not known", clip(string(k))), "use one of "+joined(SourceKinds))
		}
	}
	if m := l.AsOfMode; m != nil && l.AsOf == nil {
		return Invalid("NOT_TAKEN", "lens.asOfMode", "asOfMode says how asOf is read, and there is no asOf", "give asOf too")
	}
	if m := l.AsOfMode; m != nil && int(Code(AsOfModes, *m)) == len(AsOfModes) {
		return Invalid("UNKNOWN_VALUE", "lens.asOfMode", fmt.Sprintf("%q is not known", clip(string(*m))), "use one of "+joined(AsOfModes))
	}
	return nil
}

func isTrue(b *bool) bool      { return b != nil && *b }
func unlessFalse(b *bool) bool { return b == nil || *b }

// HearsOfficialsAlone reports whether official voices alone count.
func (l *Lens) HearsOfficialsAlone() bool { return isTrue(l.OfficialVoices) }

// ShowsDisputed reports whether disputed links are shown.
func (l *Lens) ShowsDisputed() bool { return unlessFalse(l.IncludeDisputed) }

// ShowsDenied reports whether links that are only denied are shown.
func (l *Lens) ShowsDenied() bool { return isTrue(l.IncludeDenied) }

// ExclusionReason says why a claim or a link was left out of an answer.
type ExclusionReason string

// The reasons. What a reader's clearance hides has none: it is never reported.
const (
	NotYetRecorded ExclusionReason = "NOT_YET_RECORDED"
	WasRetracted   ExclusionReason = "RETRACTED"
	BySource       ExclusionReason = "SOURCE"
	BySpeaker      ExclusionReason = "SPEAKER"
	ByReliability  ExclusionReason = "RELIABILITY"
	ByCredibility  ExclusionReason = "CREDIBILITY"
	ByHedge        ExclusionReason = "HEDGE"
	IsAssessment   ExclusionReason = "ASSESSMENT"
	IsInferred     ExclusionReason = "INFERRED"
	ByDate         ExclusionReason = "DATE"
	ByPublication  ExclusionReason = "PUBLICATION"
	IsDisputed     ExclusionReason = "DISPUTED"
	IsDenied       ExclusionReason = "DENIED"
	TooFewSources  ExclusionReason = "INDEPENDENT_SOURCES"
	OutsideLife    ExclusionReason = "OUTSIDE_LIFE"
	OtherBearing   ExclusionReason = "BEARING"
	NotConcurrent  ExclusionReason = "NOT_CONCURRENT"
)

// ExclusionReasons lists the reasons, in the order in which a claim is tested.
var ExclusionReasons = []ExclusionReason{NotYetRecorded, WasRetracted, BySource, BySpeaker, ByReliability, ByCredibility, ByHedge, IsAssessment, IsInferred, ByDate, ByPublication, IsDisputed, IsDenied, TooFewSources, OutsideLife, OtherBearing, NotConcurrent}

// Exclusion says how many claims, links or paths an answer leaves out, and why: the lens
// excludes them, their bearing was not asked for, or they did not hold together.
type Exclusion struct {
	Reason ExclusionReason
	// Bearing is that of links which were not asked for; nil for other reasons.
	Bearing *Bearing
	Claims  int
	Links   int
	// Paths counts paths whose hops did not hold at one time.
	Paths int
}

// Span is the first and the last day that one end of a validity may mean.
type Span struct{ Earliest, Latest Day }

// Evidence is what lens and fold ask of one claim, as small numbers: places in
// Hedges, Polarities, Reliabilities and Markings.
type Evidence struct {
	// Order is the claim's place in the feed.
	Order                                 uint32
	Hedge, Polarity, Reliability, Marking uint8
	Credibility                           uint8
	Retracted, Inferred, Undated          bool
	// AsRecorded is set for what has that source: no floor and no choice of sources
	// leaves it out.
	AsRecorded bool
	// Barred is set by whoever keeps the sources: the lens leaves this source or
	// origin out.
	Barred bool
	// Unheard is set by whoever keeps the claims: the lens asks for other speakers.
	Unheard bool
	// Published is the first day on which the source may have been published;
	// OpenEnd when that is not known.
	Published Day
	From, To  Span
}

// EvidenceOf is what lens and fold ask of a claim read in the source.
func EvidenceOf(c *Claim, s *Source) Evidence {
	return Evidence{
		Hedge: Code(Hedges, c.Hedge), Polarity: Code(Polarities, c.Polarity), Credibility: uint8(c.Credibility),
		Reliability: Code(Reliabilities, s.Letter()), Marking: either(c.InForce, Clear).Level(),
		Inferred: c.Rule != "", AsRecorded: c.Source == AsRecorded, Undated: c.ValidFrom.unbounded() && c.ValidTo.unbounded(),
		Published: s.FirstPublished(), From: c.ValidFrom.span(OpenStart), To: c.ValidTo.span(OpenEnd),
	}
}

// FirstPublished is the first day on which the source may have been published;
// OpenEnd when that is not known.
func (s *Source) FirstPublished() Day {
	if s.Published.IsZero() {
		return OpenEnd
	}
	return s.Published.Earliest
}

// unbounded reports whether a date says of no day that it is the one or not.
func (d PartialDate) unbounded() bool { return d.IsZero() || d.Earliest.Open() && d.Latest.Open() }

// span is where an end of a validity may lie; open where no date was said.
func (d PartialDate) span(open Day) Span {
	if d.IsZero() {
		return Span{open, open}
	}
	return Span{d.Earliest, d.Latest}
}

// Times is the span within which what the claim says may hold.
func (c *Claim) Times() Span {
	return Span{c.ValidFrom.span(OpenStart).Earliest, c.ValidTo.span(OpenEnd).Latest}
}

var assessmentCode = Code(Hedges, Assessment)

// LensFilter is a lens made ready to judge many claims.
type LensFilter struct {
	hedges         [16]bool
	minCredibility uint8 // 0: no floor
	minReliability uint8 // len(Reliabilities): no floor
	unjudged       bool
	assessments    bool
	inferred       bool
	dated, certain bool
	asOf           Day
	published      Day
}

// Filter makes the lens ready. The lens must have passed Check.
func (l *Lens) Filter() LensFilter {
	j := LensFilter{
		minReliability: uint8(len(Reliabilities)), unjudged: isTrue(l.IncludeUnjudged),
		assessments: isTrue(l.IncludeAssessments), inferred: unlessFalse(l.IncludeInferred), published: OpenEnd,
	}
	for i, h := range Hedges {
		j.hedges[i] = l.Hedges == nil || Code(l.Hedges, h) < uint8(len(l.Hedges))
	}
	if l.MinCredibility != nil {
		j.minCredibility = uint8(*l.MinCredibility)
	}
	if l.MinReliability != nil {
		j.minReliability = Code(Reliabilities, *l.MinReliability)
	}
	if l.AsOf != nil {
		j.dated, j.asOf = true, *l.AsOf
		j.certain = l.AsOfMode != nil && *l.AsOfMode == Certain
	}
	if l.PublishedBy != nil {
		j.published = *l.PublishedBy
	}
	return j
}

const unjudgedReliability = 5 // the place of F in Reliabilities

// Excludes says why the lens leaves the claim out, or "" when it counts. Marking
// and time of recording are the view's to judge before.
func (j *LensFilter) Excludes(e *Evidence) ExclusionReason {
	switch {
	case e.Retracted:
		return WasRetracted
	case e.Barred && !e.AsRecorded:
		return BySource
	case e.Unheard && !e.AsRecorded:
		return BySpeaker
	case !j.reliable(e.Reliability) && !e.AsRecorded:
		return ByReliability
	case !j.credible(e.Credibility) && !e.AsRecorded:
		return ByCredibility
	case !j.hedges[e.Hedge&15]:
		return ByHedge
	case e.Hedge == assessmentCode && !j.assessments:
		return IsAssessment
	case e.Inferred && !j.inferred:
		return IsInferred
	case j.dated && !j.holds(e):
		return ByDate
	case j.published != OpenEnd && e.Published > j.published && !e.AsRecorded:
		return ByPublication
	}
	return ""
}

// Excuses says why the lens leaves out a claim that is a writer's opinion apart from its
// being one, or "".
func (j *LensFilter) Excuses(e *Evidence) ExclusionReason {
	asked := *j
	asked.assessments = true
	return asked.Excludes(e)
}

func (j *LensFilter) reliable(letter uint8) bool {
	if int(j.minReliability) == len(Reliabilities) {
		return true
	}
	if letter == unjudgedReliability {
		return j.unjudged
	}
	return letter <= j.minReliability
}

func (j *LensFilter) credible(number uint8) bool {
	if j.minCredibility == 0 {
		return true
	}
	if number == CannotBeJudged {
		return j.unjudged
	}
	return number <= j.minCredibility
}

func (j *LensFilter) holds(e *Evidence) bool {
	if j.certain {
		return !e.Undated && e.From.Latest <= j.asOf && j.asOf <= e.To.Earliest
	}
	return e.From.Earliest <= j.asOf && j.asOf <= e.To.Latest
}
