package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"

	"github.com/rabta/rabta/graph"
)

// chainDigest is the digest of a commit: over the digest of the one before, and all
// that is in it.
type chainDigest struct{ h hash.Hash }

// chained is what of a commit its digest is over, beside its records and the digest of
// the commit before.
type chained struct {
	chainHead
	batch, actor, reason, content string
	marked                        string // see marksText
	redacted                      string // see redactsText
	said                          []byte // nil in commits that are older than it
	origin                        string // see merge.OriginText
	rows                          []row
}

// sum is the digest. What a commit says of itself is in it by its own digest, but in older
// ones. Commits that are older than seals have no writer, numbers, stamps
// and marks in it; those of the first release no digest of their content and none of the
// tables.
func (c *chained) sum(previous []byte) []byte {
	d := chainDigest{sha256.New()}
	if c.said != nil {
		d.add(chainSaid, c.said)
	}
	d.bytes(previous)
	d.number(uint64(c.sequence))
	d.number(uint64(c.micros))
	if c.said == nil {
		d.bytes([]byte(c.batch))
		d.bytes([]byte(c.actor))
		d.bytes([]byte(c.reason))
	}
	if c.sealed || c.content != "" {
		d.bytes([]byte(c.content))
	}
	if c.sealed {
		d.number(uint64(level(c.writer)))
		for _, n := range c.numbers {
			d.number(uint64(n))
		}
	}
	for i := range c.rows {
		d.add(c.rows[i].kind, c.rows[i].digest)
		if c.sealed {
			d.number(uint64(level(c.rows[i].seal.Stamp)))
		}
	}
	if c.marked != "" {
		d.add(chainMarked, []byte(c.marked))
	}
	if c.redacted != "" {
		d.add(chainRedacted, []byte(c.redacted))
	}
	if c.origin != "" {
		d.add(chainOrigin, []byte(c.origin))
	}
	if c.state != nil {
		d.add(chainState, c.state)
	}
	return d.h.Sum(nil)
}

func (d chainDigest) number(n uint64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	d.h.Write(b[:])
}

// bytes adds a length in front, so that no two lists of texts give one digest.
func (d chainDigest) bytes(b []byte) {
	d.number(uint64(len(b)))
	d.h.Write(b)
}

func (d chainDigest) add(kind string, digest []byte) {
	d.bytes([]byte(kind))
	d.bytes(digest)
}

// What stands before other things than records, as a kind does before one.
const (
	chainSaid     = "said"
	chainMarked   = "marked"
	chainRedacted = "redacted"
	chainOrigin   = "origin"
	chainState    = "state"
)

// chainHead is the last commit, which the next one is chained to.
type chainHead struct {
	sequence graph.Sequence
	records  uint64 // of the log up to it, where it is to be written on
	numbers  graph.Numbers
	writer   graph.Marking
	micros   int64
	digest   []byte
	state    []byte // of the table after the commit; nil where the first release wrote it
	sealed   bool   // stamps, numbers and writer are in the digest
}
