package damage_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
)

const pageSize = 4096

// file is a file of a store, drawn by its length, and now and then the small one with the
// last commit.
func (s stored) file(r *rand.Rand) (suffix string) {
	if r.IntN(20) == 0 {
		return headSuffix
	}
	if r.Int64N(s.size("")+s.size(walSuffix)) < s.size("") {
		return ""
	}
	return walSuffix
}

// TestFlippedBits: a bit that flips is told, or nothing is read that was not written.
func TestFlippedBits(t *testing.T) {
	world(t)
	r := draws(t)
	var c tally
	for range *flips {
		from := one(r, closed, killed)
		s := from.copied(t)
		suffix := s.file(r)
		at, bit := r.Int64N(s.size(suffix)), r.IntN(8)
		s.change(t, suffix, func(text []byte) { text[at] ^= 1 << bit })
		c.judge(t, r, s, fmt.Sprintf("bit %d of byte %d of the file%s, %s", bit, at, suffix, from.name))
		s.done()
	}
	c.log(t)
	if c.told == 0 {
		t.Error("nothing was told: no bit was flipped")
	}
}

// TestCutTails: a file that lost its end is told.
func TestCutTails(t *testing.T) {
	world(t)
	r := draws(t)
	var c tally
	for i := range *tails {
		from, suffix := closed, ""
		if i%2 == 1 {
			from, suffix = killed, walSuffix
		}
		s := from.copied(t)
		to := r.Int64N(s.size(suffix))
		if err := os.Truncate(s.path()+suffix, to); err != nil {
			t.Fatal(err)
		}
		c.judge(t, r, s, fmt.Sprintf("the file%s, %s, cut from %d to %d bytes", suffix, from.name, from.size(suffix), to))
		s.done()
	}
	c.log(t)
}

// TestMalformedPages: a page that holds something else is told, or nothing is read of it.
func TestMalformedPages(t *testing.T) {
	world(t)
	r := draws(t)
	was, err := os.ReadFile(older.path())
	if err != nil {
		t.Fatal(err)
	}
	var c tally
	for range *pages {
		s := closed.copied(t)
		at := pageSize * r.Int64N(s.size("")/pageSize)
		var how string
		s.change(t, "", func(text []byte) { how = spoil(r, text, at, was) })
		c.judge(t, r, s, fmt.Sprintf("page %d, which holds %s", at/pageSize+1, how))
		s.done()
	}
	c.log(t)
}

// spoil puts something else in the place of a page: what a disk may leave there that
// lost a write, or wrote to another place.
func spoil(r *rand.Rand, text []byte, at int64, was []byte) (how string) {
	page := text[at : at+pageSize]
	switch how = one(r, "zeros", "noise", "another page", "what it was"); how {
	case "zeros":
		clear(page)
	case "noise":
		for i := range page {
			page[i] = byte(r.Uint32())
		}
	case "another page":
		from := pageSize * r.IntN(len(text)/pageSize)
		copy(page, text[from:from+pageSize])
	case "what it was":
		if int(at) < len(was) {
			copy(page, was[at:])
		}
	}
	return how
}
