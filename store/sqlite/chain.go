package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
)

// chainDigest is the digest of a commit: over the digest of the one before, and all
// that is in it.
type chainDigest struct{ h hash.Hash }

// newChainDigest begins the digest of a commit. The digest of its content, which old
// commits lack, is in it where there is one.
func newChainDigest(previous []byte, head chainHead, batch, actor, reason, content string) chainDigest {
	d := chainDigest{sha256.New()}
	d.bytes(previous)
	d.number(uint64(head.sequence))
	d.number(uint64(head.micros))
	d.bytes([]byte(batch))
	d.bytes([]byte(actor))
	d.bytes([]byte(reason))
	if content != "" {
		d.bytes([]byte(content))
	}
	return d
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

// chainState stands before the state of the tables, as a kind does before a record.
const chainState = "state"

func (d chainDigest) sum() []byte { return d.h.Sum(nil) }
