package neo4j

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"time"

	"github.com/rabta/rabta/graph"
)

// chainDigest is the digest of a commit: over the digest of the one before, and all
// that is in it. So nothing of the log can be altered, exchanged or taken out
// without its showing.
type chainDigest struct{ h hash.Hash }

// newChainDigest begins the digest of a commit. The digest of its content, which old
// commits lack, is in it where there is one.
func newChainDigest(
	before string, seq graph.Sequence, recorded time.Time, batch, actor, reason, content string,
) chainDigest {
	d := chainDigest{sha256.New()}
	d.text(before)
	d.number(uint64(seq))
	d.number(uint64(recorded.UnixMicro()))
	d.text(batch)
	d.text(actor)
	d.text(reason)
	if content != "" {
		d.text(content)
	}
	return d
}

// record adds a record in its canonical form.
func (d chainDigest) record(kind, json string) {
	d.text(kind)
	d.text(json)
}

func (d chainDigest) number(n uint64) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], n)
	d.h.Write(b[:])
}

// text adds a length in front, so that no two lists of texts give one digest.
func (d chainDigest) text(text string) {
	d.number(uint64(len(text)))
	d.h.Write([]byte(text))
}

func (d chainDigest) sum() string { return hex.EncodeToString(d.h.Sum(nil)) }

// chainOf is the digest of a change, given that of the one before it.
func chainOf(c *graph.Change, before string) string {
	d := newChainDigest(before, c.Sequence, c.Recorded, c.Batch, c.Actor, c.Reason, c.Content)
	for i := range c.Sources {
		d.record("source", string(graph.Encode(&c.Sources[i])))
	}
	for i := range c.Entities {
		d.record("entity", string(graph.Encode(&c.Entities[i])))
	}
	for i := range c.Claims {
		d.record("claim", string(graph.Encode(&c.Claims[i])))
	}
	return d.sum()
}
