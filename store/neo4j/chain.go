package neo4j

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"

	"github.com/rabta/rabta/graph"
)

// chainDigest is the digest of a commit: over the digest of the one before, and all
// that is in it. So nothing of the log can be altered, exchanged or taken out
// without its showing.
type chainDigest struct {
	h      hash.Hash
	sealed bool
}

// newChainDigest begins the digest of a commit. Writer, numbers, the stamps of records and
// what is marked by it are in that of a sealed one; older ones begin with the digest of the
// commit before, and may lack the digest of their content.
func newChainDigest(before string, c *commit) chainDigest {
	d := chainDigest{sha256.New(), c.sealed}
	if c.sealed {
		d.text("sealed")
	}
	d.text(before)
	d.number(uint64(c.Sequence))
	d.number(uint64(c.Recorded.UnixMicro()))
	d.text(c.Batch)
	d.text(c.Actor)
	d.text(c.Reason)
	if c.sealed || c.Content != "" {
		d.text(c.Content)
	}
	if c.sealed {
		d.text(string(c.Writer))
		for _, n := range c.Numbers {
			d.number(uint64(n))
		}
		d.number(uint64(len(c.marked)))
		for _, m := range c.marked {
			d.number(m.Place)
			d.text(string(m.InForce))
		}
	}
	return d
}

// record adds a record in its canonical form.
func (d chainDigest) record(kind, json string, stamp graph.Marking) {
	if d.sealed {
		d.text(string(stamp))
	}
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

// chain is the digest of a commit, given that of the one before it.
func (c *commit) chain(before string) string {
	d := newChainDigest(before, c)
	for i := range c.Sources {
		d.record("source", string(graph.Encode(&c.Sources[i])), c.Sources[i].Stamp)
	}
	for i := range c.Entities {
		d.record("entity", string(graph.Encode(&c.Entities[i])), c.Entities[i].Stamp)
	}
	for i := range c.Claims {
		d.record("claim", string(graph.Encode(&c.Claims[i])), c.Claims[i].Stamp)
	}
	return d.sum()
}
