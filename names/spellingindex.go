package names

import (
	"bytes"
	"slices"
	"strings"
)

// spellingIndex is the distinct words of all names, as they are written, with the
// entries that have them.
type spellingIndex struct {
	words    []string
	entries  [][]uint32 // of each word, ascending
	used     []uint32   // the words of all entries, one after the other
	ids      map[string]uint32
	sorted   []uint32 // words by the alphabet
	unsorted []uint32 // words not yet sorted in
	text     []byte   // all words, one after the other, each before a blank
	starts   []uint32 // where each word is in text
}

func newSpellingIndex() spellingIndex { return spellingIndex{ids: map[string]uint32{}} }

// add notes the words of an entry, and returns them and how many bytes they have.
func (s *spellingIndex) add(name string, entry uint32) (words span, size uint16) {
	var ids []uint32
	for _, w := range foldedWords(name) {
		id := s.id(w)
		if of := s.entries[id]; len(of) == 0 || of[len(of)-1] != entry {
			s.entries[id] = append(of, entry)
		}
		ids = append(ids, id)
		size += uint16(len(w))
	}
	s.sortNew()
	return spanOf(&s.used, ids), size
}

// id is the number of a word, which is new if need be.
func (s *spellingIndex) id(w string) uint32 {
	if id, known := s.ids[w]; known {
		return id
	}
	id := uint32(len(s.words))
	w = strings.Clone(w)
	s.ids[w] = id
	s.words, s.entries, s.unsorted = append(s.words, w), append(s.entries, nil), append(s.unsorted, id)
	s.starts = append(s.starts, uint32(len(s.text)))
	s.text = append(append(s.text, w...), ' ')
	return id
}

// sortNew sorts new words in when there are many of them.
func (s *spellingIndex) sortNew() {
	if len(s.unsorted) < max(512, len(s.sorted)/8) {
		return
	}
	s.sorted = append(s.sorted, s.unsorted...)
	slices.SortFunc(s.sorted, func(a, b uint32) int { return strings.Compare(s.words[a], s.words[b]) })
	s.unsorted = s.unsorted[:0]
}

// withPrefix lists the words that begin with a text.
func (s *spellingIndex) withPrefix(text string) (out []uint32) {
	from, _ := slices.BinarySearchFunc(s.sorted, text, func(id uint32, t string) int {
		return strings.Compare(s.words[id], t)
	})
	for _, id := range s.sorted[from:] {
		if !strings.HasPrefix(s.words[id], text) {
			break
		}
		out = append(out, id)
	}
	for _, id := range s.unsorted {
		if strings.HasPrefix(s.words[id], text) {
			out = append(out, id)
		}
	}
	return out
}

// withInfix lists the words that have a text in them, elsewhere than at the beginning.
func (s *spellingIndex) withInfix(text string) (out []uint32) {
	for from := 0; from < len(s.text); {
		i := bytes.Index(s.text[from:], []byte(text))
		if i < 0 {
			break
		}
		id, begins := slices.BinarySearch(s.starts, uint32(from+i))
		if begins {
			from += i + 1
			continue
		}
		out = append(out, uint32(id-1))
		if id == len(s.starts) {
			break
		}
		from = int(s.starts[id])
	}
	return out
}

// rarestPrefix lists the words that begin with one of the parts: that one of which the
// words are in the fewest names.
func (s *spellingIndex) rarestPrefix(parts []string) (out []uint32) {
	least := -1
	for _, p := range parts {
		words := s.withPrefix(p)
		if count := s.count(words); least < 0 || count < least {
			out, least = words, count
		}
	}
	return out
}

// rarestInfix lists words of which names that contain the parts have one: those with the
// first part inside, or those of the others, whichever are in fewer names.
func (s *spellingIndex) rarestInfix(parts []string) []uint32 {
	out := s.withInfix(parts[0])
	if len(parts) > 1 {
		if others := s.rarestPrefix(parts[1:]); s.count(others) < s.count(out) {
			return others
		}
	}
	return out
}

func (s *spellingIndex) count(words []uint32) (sum int) {
	for _, id := range words {
		sum += len(s.entries[id])
	}
	return sum
}

// hasPrefixes reports whether each part begins a word of the name.
func (s *spellingIndex) hasPrefixes(e *entry, parts []string) bool {
	words := e.spelling.of(s.used)
	for _, p := range parts {
		if !slices.ContainsFunc(words, func(id uint32) bool { return strings.HasPrefix(s.words[id], p) }) {
			return false
		}
	}
	return true
}

// hasSequence reports whether the words of the name from i on are the parts; the last
// one may go on.
func (s *spellingIndex) hasSequence(e *entry, i int, parts []string) bool {
	words := e.spelling.of(s.used)
	if len(words) < i+len(parts) {
		return false
	}
	for k, p := range parts {
		w := s.words[words[i+k]]
		if !strings.HasPrefix(w, p) || k < len(parts)-1 && w != p {
			return false
		}
	}
	return true
}

// match is how a name of which words begin with all parts has them.
func (s *spellingIndex) match(e *entry, parts []string) SpellingMatch {
	if !s.hasSequence(e, 0, parts) {
		return WordPrefixes
	}
	last := len(parts) - 1
	if words := e.spelling.of(s.used); len(words) == len(parts) && s.words[words[last]] == parts[last] {
		return Exact
	}
	return Prefix
}

// contains reports whether parts run on from within a word of a name.
func (s *spellingIndex) contains(e *entry, parts []string) bool {
	for i, id := range e.spelling.of(s.used) {
		if strings.HasSuffix(s.words[id], parts[0]) && s.hasSequence(e, i+1, parts[1:]) {
			return true
		}
	}
	return false
}
