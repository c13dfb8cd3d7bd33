package neo4j

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"time"

	"github.com/rabta/rabta/graph"
)

// seal is the digest of a commit: over the digest of the one before, and all
// that is in it. So nothing of the log can be altered, exchanged or taken out
// without its showing.
type seal struct{ h hash.Hash }

func newSeal(before string, seq graph.Sequence, recorded time.Time, batch, actor, reason string) seal {
	s := seal{sha256.New()}
	s.text(before)
	s.number(uint64(seq))
	s.number(uint64(recorded.UnixMicro()))
	s.text(batch)
	s.text(actor)
	s.text(reason)
	return s
}

// record adds a record in its canonical form.
func (s seal) record(kind, json string) {
	s.text(kind)
	s.text(json)
}

func (s seal) number(n uint64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	s.h.Write(b[:])
}

// text adds a length in front, so that no two lists of texts give one digest.
func (s seal) text(text string) {
	s.number(uint64(len(text)))
	s.h.Write([]byte(text))
}

func (s seal) sum() string { return hex.EncodeToString(s.h.Sum(nil)) }
