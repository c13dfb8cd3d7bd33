package graph

import "slices"

// Hedge says how a source words what it says.
type Hedge string

// The hedge classes, strongest first.
const (
	Confirmed      Hedge = "CONFIRMED"
	Stated         Hedge = "STATED"
	Official       Hedge = "OFFICIAL"
	ClaimedByActor Hedge = "CLAIMED_BY_ACTOR"
	Reported       Hedge = "REPORTED"
	Believed       Hedge = "BELIEVED"
	Possible       Hedge = "POSSIBLE"
	Suspected      Hedge = "SUSPECTED"
	Alleged        Hedge = "ALLEGED"
	Pattern        Hedge = "PATTERN"
	Rumoured       Hedge = "RUMOURED"
	Conditional    Hedge = "CONDITIONAL"
	Assessment     Hedge = "ASSESSMENT"
)

// Hedges lists the hedge classes, strongest first. A class's place in it is its
// code in Evidence.
var Hedges = []Hedge{Confirmed, Stated, Official, ClaimedByActor, Reported, Believed, Possible, Suspected, Alleged, Pattern, Rumoured, Conditional, Assessment}

var hedgeCredibility = map[Hedge]int{
	Confirmed: 1, Stated: 2, Official: 3, ClaimedByActor: 3, Reported: 3, Believed: 3, Possible: 3,
	Suspected: 4, Alleged: 4, Pattern: 4, Rumoured: 5, Conditional: 6, Assessment: 6,
}

// DefaultCredibility is the information credibility (1 best, 6 cannot be judged)
// that a claim of this hedge has when its author gives none.
func (h Hedge) DefaultCredibility() int { return hedgeCredibility[h] }

// Improbable is the worst credibility of a claim that somebody could grade.
const Improbable = 5

// CannotBeJudged is the credibility of a claim that nobody could grade: unknown,
// not average.
const CannotBeJudged = 6

// Polarity says which way a claim speaks. A denial is data.
type Polarity string

// The polarities.
const (
	Affirmed   Polarity = "AFFIRMED"
	Denied     Polarity = "DENIED"
	NoEvidence Polarity = "NO_EVIDENCE"
)

// Polarities lists every polarity; a polarity's place is its code in Evidence.
var Polarities = []Polarity{Affirmed, Denied, NoEvidence}

// Reliability is the Admiralty letter of a source: A completely reliable to E
// unreliable; F cannot be judged.
type Reliability string

// Reliabilities lists the letters, best first; a letter's place is its code in
// Evidence.
var Reliabilities = []Reliability{"A", "B", "C", "D", "E", "F"}

// Unjudged is the reliability of a source that nobody could grade.
const Unjudged Reliability = "F"

// Marking is a TLP 2.0 label: who may see a thing.
type Marking string

// The markings.
const (
	Clear       Marking = "CLEAR"
	Green       Marking = "GREEN"
	Amber       Marking = "AMBER"
	AmberStrict Marking = "AMBER_STRICT"
	Red         Marking = "RED"
)

// Markings lists the labels, most open first.
var Markings = []Marking{Clear, Green, Amber, AmberStrict, Red}

// Level is the label's place in Markings. An unknown label is above every
// clearance.
func (m Marking) Level() uint8 {
	if i := slices.Index(Markings, m); i >= 0 {
		return uint8(i)
	}
	return uint8(len(Markings))
}

// LinkStatus says how a link stands after its claims are weighed.
type LinkStatus string

// The link statuses.
const (
	StatusAsserted LinkStatus = "ASSERTED"
	StatusReported LinkStatus = "REPORTED"
	StatusDisputed LinkStatus = "DISPUTED"
	StatusDenied   LinkStatus = "DENIED"
	StatusInferred LinkStatus = "INFERRED"
)

// Code returns the place of v in list, or len(list) when it is not there.
func Code[T comparable](list []T, v T) uint8 {
	if i := slices.Index(list, v); i >= 0 {
		return uint8(i)
	}
	return uint8(len(list))
}
