package neo4j

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"
)

// chainDigest is the digest of a commit: over the digest of the one before, and all
// that is in it. So nothing of the log can be altered, exchanged or taken out
// without its showing.
type chainDigest struct {
	h      hash.Hash
	sealed bool
	// by digest: it is over the digests of records, so that these can be redacted.
	digests bool
}

// newChainDigest begins the digest of a commit. What a commit says of itself is in it by its
// own digest, and its records by theirs, but in older ones. Writer, numbers, the stamps of records and
// what is marked by it are in that of a sealed one, and where it comes from in that of one which
// was taken over; older ones begin with the digest of the commit before, and may lack the
// digest of their content.
func newChainDigest(before string, c *commit) chainDigest {
	d := chainDigest{sha256.New(), c.sealed, c.said != ""}
	switch {
	case d.digests:
		d.text("said")
	case c.sealed:
		d.text("sealed")
	}
	d.text(before)
	d.number(uint64(c.Sequence))
	d.number(uint64(c.Recorded.UnixMicro()))
	if d.digests {
		d.text(c.said)
	} else {
		d.text(c.Batch)
		d.text(c.Actor)
		d.text(c.Reason)
	}
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
	if d.digests {
		redacts := slices.Concat(c.Redacts, c.own)
		d.number(uint64(len(redacts)))
		for _, n := range redactsRow(redacts) {
			d.number(uint64(n))
		}
	}
	if c.origin != "" {
		d.text("origin")
		d.text(c.origin)
	}
	return d
}

// record adds a record: in its canonical form, which a tombstone has no more, or its digest.
func (d chainDigest) record(it *item) {
	if d.sealed {
		d.text(string(it.seal.Stamp))
	}
	d.text(it.kind)
	switch {
	case !d.digests:
		d.text(it.json)
	case it.tombstone != nil:
		d.text(it.tombstone.Digest)
	default:
		d.text(digestOf(it.json))
	}
}

// digestOf is graph.Digest of a record in its canonical form.
func digestOf(json string) string {
	sum := sha256.Sum256([]byte(json))
	return hex.EncodeToString(sum[:16])
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
	for _, it := range c.items() {
		d.record(&it)
	}
	return d.sum()
}

// items are the records and tombstones of a commit by their places.
func (c *commit) items() []item {
	out := make([]item, c.Size())
	for _, p := range c.Records() {
		out[p.Place] = item{c.Sequence, int64(p.Place), string(p.Type()), string(p.Encode()), p.Seal(), nil}
	}
	for i := range c.Tombstones {
		t := &c.Tombstones[i]
		out[t.Place] = item{c.Sequence, int64(t.Place), string(t.Type), "", t.Seal, t}
	}
	return out
}
