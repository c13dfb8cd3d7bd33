package live

import "github.com/rabta/rabta/graph"

// grade is what a lens first asks of a claim, packed:
//
//	12          11        10       9         8 7       6 5 4        3 2 1 0
//	rerecorded  mentions  undated  inferred  polarity  credibility  hedge
//
// Hedge and polarity are places in graph.Hedges and graph.Polarities.
type grade uint16

const (
	inferred grade = 1 << (9 + iota)
	undated
	mentions
	rerecorded
)

// gradeKeys is how many keys of grades there are.
const gradeKeys = int(inferred) << 1

func packGrade(e *graph.Evidence) grade {
	g := grade(e.Hedge) | grade(e.Credibility)<<4 | grade(e.Polarity)<<7
	if e.Inferred {
		g |= inferred
	}
	if e.Undated {
		g |= undated
	}
	return g
}

// key is the part that a lens asks for whatever the dates: hedge, credibility, polarity,
// and whether a rule inferred the claim.
func (g grade) key() grade { return g & grade(gradeKeys-1) }

func (g grade) hedge() uint8 { return uint8(g & 15) }

func (g grade) credibility() uint8 { return uint8(g >> 4 & 7) }

func (g grade) polarity() uint8 { return uint8(g >> 7 & 3) }

// affirms reports whether the polarity is graph.Affirmed.
func (g grade) affirms() bool { return g.polarity() == affirmed }

func (g grade) inferred() bool { return g&inferred != 0 }

func (g grade) undated() bool { return g&undated != 0 }

// mentions reports whether the claim has a speaker, an attributor or an origin.
func (g grade) mentions() bool { return g&mentions != 0 }

// rerecorded reports whether an earlier row records the same claim.
func (g grade) rerecorded() bool { return g&rerecorded != 0 }

var affirmed = graph.Code(graph.Polarities, graph.Affirmed)

// level is a marking's place in graph.Markings: the higher, the stricter.
type level uint8

func levelOf(m graph.Marking) level {
	if m == "" {
		return 0
	}
	return level(m.Level())
}

// KindCode is a predicate's place in graph.Predicates.
type KindCode uint16

var (
	vocabulary = graph.Predicates()
	codeOf     = codes()
	linkKinds  = kindsOfLink()
	retracts   = codeOf[graph.Retracts]
)

func codes() map[graph.Predicate]KindCode {
	m := make(map[graph.Predicate]KindCode, len(vocabulary))
	for i, s := range vocabulary {
		m[s.Name] = KindCode(i)
	}
	return m
}

func kindsOfLink() (out [256]bool) {
	for i := range vocabulary {
		out[i] = vocabulary[i].IsLink()
	}
	return out
}

// spec is what the vocabulary says of the predicate.
func (k KindCode) spec() *graph.PredicateSpec { return &vocabulary[k] }

// predicate is the name of the predicate.
func (k KindCode) predicate() graph.Predicate { return vocabulary[k].Name }

// isLink reports whether the predicate is a kind of link between entities.
func (k KindCode) isLink() bool { return linkKinds[k] }
