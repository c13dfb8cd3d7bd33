package graph

import "slices"

// Predicate says what a claim is about: a kind of link, an attribute, or another
// record.
type Predicate string

// Shape says what a predicate takes beside its subject.
type Shape uint8

// The shapes.
const (
	// ShapeLink takes an object, an entity.
	ShapeLink Shape = iota
	// ShapeText takes Value.Text.
	ShapeText
	// ShapeDate takes Value.Date.
	ShapeDate
	// ShapeRange takes Value.Low, Best, High, with an optional Unit and Text.
	ShapeRange
	// ShapeCasualties takes Value.Role, Effect, Low, Best, High.
	ShapeCasualties
	// ShapePoint takes Value.Lat, Lon and Precision.
	ShapePoint
	// ShapeClaim is a claim about a claim: the subject is a claim's id.
	ShapeClaim
	// ShapeClaimPair is a claim about two claims: subject and object are ids of
	// claims.
	ShapeClaimPair
	// ShapeSource is a claim about a source: the subject is a source's id.
	ShapeSource
)

// PredicateSpec is what the vocabulary says of a predicate.
type PredicateSpec struct {
	Name  Predicate
	Shape Shape
	// From and To are the kinds that the subject and the object may have.
	From, To []EntityKind
	// SameKind asks that subject and object be of one kind.
	SameKind bool
	// Symmetric links have no direction.
	Symmetric bool
	// NonImplicative links (kinship, attendance, judgements of identity) are no
	// evidence of conduct and stay out of paths and measures unless asked for.
	NonImplicative bool
	// Discriminator names the qualifier that tells links of this kind between
	// the same two nodes apart; empty for most.
	Discriminator string
	// Doc is one sentence for people.
	Doc string
}

// IsLink reports whether claims of this predicate fold into links.
func (s PredicateSpec) IsLink() bool { return s.Shape == ShapeLink }

// IsAttribute reports whether claims of this predicate fold into attributes.
func (s PredicateSpec) IsAttribute() bool { return s.Shape >= ShapeText && s.Shape <= ShapePoint }

var specs = func() map[Predicate]*PredicateSpec {
	m := make(map[Predicate]*PredicateSpec, len(vocabulary))
	for i := range vocabulary {
		m[vocabulary[i].Name] = &vocabulary[i]
	}
	return m
}()

// Predicates lists the vocabulary: links, then attributes, then claims about
// records. A predicate's place is its code in compact rows; it may differ
// between versions and is never stored.
func Predicates() []PredicateSpec { return slices.Clone(vocabulary) }

// Known reports whether the vocabulary has the predicate.
func (p Predicate) Known() bool { return specs[p] != nil }

// Spec returns what the vocabulary says of p; the zero PredicateSpec when it
// does not know it.
func (p Predicate) Spec() PredicateSpec {
	if s := specs[p]; s != nil {
		return *s
	}
	return PredicateSpec{}
}

// Excludes returns the kind that p cannot hold beside for one pair at one time,
// or "".
func (p Predicate) Excludes() Predicate {
	switch p {
	case AlliedWith:
		return RivalOf
	case RivalOf:
		return AlliedWith
	case SameAs:
		return NotSameAs
	case NotSameAs:
		return SameAs
	}
	return ""
}
