package sqlite

import (
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
)

// rowHash is the hash of a row: its table, its id, and what it holds beside that. It is
// over lengths, too, so that no two rows give one text.
func rowHash(table, id string, values []byte) [sha256.Size]byte {
	text := make([]byte, 0, 256)
	for _, s := range [...]string{table, id} {
		text = binary.BigEndian.AppendUint64(text, uint64(len(s)))
		text = append(text, s...)
	}
	text = binary.BigEndian.AppendUint64(text, uint64(len(values)))
	text = append(text, values...)
	return sha256.Sum256(text)
}

// stateDigest is a digest over a set of rows: the sum of their hashes modulo 2^256,
// the least 64 bits first. So a row is added or taken out without reading the others.
type stateDigest [4]uint64

// parseState reads what bytes gave.
func parseState(b []byte) (d stateDigest, ok bool) {
	if len(b) != sha256.Size {
		return d, false
	}
	for i := range d {
		d[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return d, true
}

// bytes are the digest as it is kept.
func (d stateDigest) bytes() []byte {
	b := make([]byte, 0, sha256.Size)
	for _, word := range d {
		b = binary.LittleEndian.AppendUint64(b, word)
	}
	return b
}

func (d *stateDigest) add(hash [sha256.Size]byte) {
	h, _ := parseState(hash[:])
	var carry uint64
	for i := range d {
		d[i], carry = bits.Add64(d[i], h[i], carry)
	}
}

func (d *stateDigest) remove(hash [sha256.Size]byte) {
	h, _ := parseState(hash[:])
	var borrow uint64
	for i := range d {
		d[i], borrow = bits.Sub64(d[i], h[i], borrow)
	}
}
