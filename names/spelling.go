package names

import (
	"iter"
	"slices"
	"strings"
	"unicode"
)

// SpellingMatch says how a text matches the letters of a name.
type SpellingMatch uint8

// The matches, best first.
const (
	Exact        SpellingMatch = iota // the words of the name are those of the text
	Prefix                            // the name begins with the text
	WordPrefixes                      // words of the name begin with the words of the text
	Contains                          // the text is somewhere in the name
	spellingMatches
)

// SpellingHit is a name that has the letters of a text.
type SpellingHit struct {
	Owner uint32
	Hash  uint64 // of the name: see Index.Hash
	Match SpellingMatch
	Share float64 // how much of the name the text is, up to 1
}

// mostParts bounds of how many words a text is looked for by letters.
const mostParts = 16

// BySpelling yields the names that have the letters of a text: the best match first,
// then those of which the text is more, then as they were added. The loop must not add
// to the index.
func (x *Index) BySpelling(text string) iter.Seq[SpellingHit] {
	return func(yield func(SpellingHit) bool) {
		parts := foldedWords(text)
		if len(parts) == 0 || len(parts) > mostParts {
			return
		}
		x.mu.RLock()
		defer x.mu.RUnlock()
		size := len(strings.Join(parts, ""))
		found := x.getScores()
		defer x.putScores(found)
		tell := func(match SpellingMatch, e uint32) bool {
			of := &x.entries[e]
			return yield(SpellingHit{of.owner, of.hash, match, min(1, float64(size)/float64(max(of.size, 1)))})
		}
		_ = x.withPrefixes(parts, found).each(tell) && x.withInfixes(parts, found).each(tell)
	}
}

// foldedWords are the words of a text, folded: runs of letters, signs and digits.
// Apostrophes stand within words and say nothing.
func foldedWords(text string) []string {
	if len(text) > 4*mostLetters {
		text = strings.ToValidUTF8(text[:4*mostLetters], "")
	}
	kept := strings.Map(func(r rune) rune {
		if isWordInternal(r) {
			return -1
		}
		return r
	}, Folded(text))
	return strings.FieldsFunc(kept, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// withPrefixes are the names of which words begin with all parts.
func (x *Index) withPrefixes(parts []string, found *scores) *buckets {
	s, out := &x.spelling, &buckets{}
	for _, id := range s.rarestPrefix(parts) {
		for _, e := range s.entries[id] {
			if of := &x.entries[e]; (len(parts) == 1 || s.hasPrefixes(of, parts)) && found.touch(e) {
				out.put(s.match(of, parts), of, e)
			}
		}
	}
	return out
}

// withInfixes are the names with the parts elsewhere in them, but for those of which
// words begin with all.
func (x *Index) withInfixes(parts []string, found *scores) *buckets {
	s, out := &x.spelling, &buckets{}
	for _, id := range s.rarestInfix(parts) {
		for _, e := range s.entries[id] {
			if of := &x.entries[e]; (len(parts) == 1 || s.contains(of, parts)) && found.touch(e) {
				out.put(Contains, of, e)
			}
		}
	}
	return out
}

// buckets are entries by match and size.
type buckets [spellingMatches][256][]uint32

func (b *buckets) put(match SpellingMatch, of *entry, e uint32) {
	size := min(of.size, 255)
	b[match][size] = append(b[match][size], e)
}

// each visits the entries in order, and reports whether it went through all.
func (b *buckets) each(visit func(match SpellingMatch, e uint32) bool) bool {
	for match := range b {
		for _, list := range b[match] {
			slices.Sort(list)
			for _, e := range list {
				if !visit(SpellingMatch(match), e) {
					return false
				}
			}
		}
	}
	return true
}
