package live

import (
	"sync/atomic"
	"time"

	"github.com/rabta/rabta/graph"
)

// claimRow is all that a lens asks of a claim.
type claimRow struct {
	link, older    uint32 // its link; the next older claim of that link
	source, origin uint32
	from, to       int32  // earliest of the start, latest of the end
	grade          uint16 // hedge 4 bits, credibility 3, polarity 2, flags
	marking        uint16
	// state is the first row that retracts the claim or records it again, or
	// untouched; its top bit is set once a CONTRADICTS claim names it.
	state atomic.Uint32
}

const (
	unsuperseded    = 1<<31 - 1
	contradictedBit = 1 << 31
)

// supersededBy is the first row that retracts the claim or records it again, or
// untouched.
func (c *claimRow) supersededBy() uint32 { return c.state.Load() &^ contradictedBit }

// isContradicted reports whether a CONTRADICTS claim names the row.
func (c *claimRow) isContradicted() bool { return c.state.Load()&contradictedBit != 0 }

const (
	flagInferred uint16 = 1 << (9 + iota)
	flagUndated
	flagMentions   // it has a speaker, attributor or origin
	flagRerecorded // an earlier row records the same claim
)

// claimRest is what only answers ask.
type claimRest struct {
	text          uint64 // canonical form
	fromLast      int32  // latest of the start
	toFirst       int32  // earliest of the end
	subject       uint32 // entity row; none for claims about records
	speaker       uint32
	attributor    uint32
	commit        uint32
	olderOfSource uint32
	first         uint32 // the row that first recorded the same claim
	// about and against are what a claim about records is about: rows of claims,
	// or of a source for a withdrawal.
	about, against uint32
	kind           uint16 // place in the vocabulary
}

// linkRow is the identity of a link or of an attribute.
type linkRow struct {
	source, target uint32 // entity rows; target none for an attribute
	kind           uint16 // place in the vocabulary
	first          uint32 // its first claim
	discriminator  string
	newest         atomic.Uint32 // its newest claim
	excluding      atomic.Uint32 // the link of one pair that it cannot hold beside, or none
}

// posting is a link as seen from one of its ends; among entities that are judged
// the same, as the ones that stand for them see it.
type posting struct {
	link  uint32 // the row that stands for the link
	other uint32 // the far end; none for an attribute
	kind  uint16
	out   bool
}

// entityRow is an entity and all its versions.
type entityRow struct {
	id       graph.ID
	kind     graph.EntityKind
	versions list[entityVersion]
	postings list[posting]
	// discriminated are links that the entity tells apart from others: it is their
	// attributor.
	discriminated list[uint32]
}

type entityVersion struct {
	commit   uint32
	recorded *graph.Entity // as recorded in the commit
	record   *graph.Entity // merged with what was recorded before
	sort     string        // folded primary name
}

type sourceRow struct {
	id       graph.ID
	versions list[sourceVersion]
	newest   atomic.Uint32 // its newest claim
	claims   atomic.Uint32
}

type sourceVersion struct {
	commit      uint32
	record      *graph.Source
	reliability uint8
	marking     uint8
	published   graph.Day
}

// commitRow is a commit and how far the tables reached after it.
type commitRow struct {
	sequence graph.Sequence
	recorded time.Time
	batch    string
	actor    string
	sizes    tableSizes
}

// tableSizes is a moment of the tables; revised counts the records of entities and
// sources that were there before and were told anew.
type tableSizes struct{ claims, links, entities, sources, commits, revised uint32 }

// vocabulary maps predicates to their place and back.
var (
	vocabulary = graph.Predicates()
	kindCode   = func() map[graph.Predicate]uint16 {
		m := make(map[graph.Predicate]uint16, len(vocabulary))
		for i, s := range vocabulary {
			m[s.Name] = uint16(i)
		}
		return m
	}()
)

var retracts = kindCode[graph.Retracts]

func packGrade(e *graph.Evidence) uint16 {
	g := uint16(e.Hedge) | uint16(e.Credibility)<<4 | uint16(e.Polarity)<<7
	if e.Inferred {
		g |= flagInferred
	}
	if e.Undated {
		g |= flagUndated
	}
	return g
}
