package names

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
)

// Lettering says how a text matches the letters of a name.
type Lettering uint8

// The letterings, best first.
const (
	Equal     Lettering = iota // the words of the name are those of the text
	Begins                     // the name begins with the text
	WordsHave                  // words of the name begin with the words of the text
	Contains                   // the text is somewhere in the name
	letterings
)

// lettering is the distinct words of all names, as they are written.
type lettering struct {
	words  []string
	names  [][]uint32 // of each word, ascending
	used   []uint32   // the words of all names, one after the other
	of     map[string]uint32
	sorted []uint32 // words in order
	tail   []uint32 // words not yet sorted in
	text   []byte   // all words, one after the other, each before a blank
	starts []uint32 // where each word is in text
}

func newLettering() lettering { return lettering{of: map[string]uint32{}} }

// spelling are the words of a text, folded: runs of letters, signs and digits.
// Apostrophes stand within words and say nothing.
func spelling(text string) []string {
	if len(text) > 4*MaxLetters {
		text = strings.ToValidUTF8(text[:4*MaxLetters], "")
	}
	kept := strings.Map(func(r rune) rune {
		if joins(r) {
			return -1
		}
		return r
	}, Folded(text))
	return strings.FieldsFunc(kept, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// add notes the words of an entry, and how many bytes they have.
func (l *lettering) add(name string, entry uint32) (words span, size uint16) {
	var ids []uint32
	for _, w := range spelling(name) {
		id, known := l.of[w]
		if !known {
			id = uint32(len(l.words))
			w = strings.Clone(w)
			l.of[w] = id
			l.words, l.names, l.tail = append(l.words, w), append(l.names, nil), append(l.tail, id)
			l.starts = append(l.starts, uint32(len(l.text)))
			l.text = append(append(l.text, w...), ' ')
		}
		if of := l.names[id]; len(of) == 0 || of[len(of)-1] != entry {
			l.names[id] = append(of, entry)
		}
		ids = append(ids, id)
		size += uint16(len(w))
	}
	l.sortTail()
	return spanOf(&l.used, ids), size
}

// sortTail sorts new words in when there are many of them.
func (l *lettering) sortTail() {
	if len(l.tail) < max(512, len(l.sorted)/8) {
		return
	}
	l.sorted = append(l.sorted, l.tail...)
	slices.SortFunc(l.sorted, func(a, b uint32) int { return strings.Compare(l.words[a], l.words[b]) })
	l.tail = l.tail[:0]
}

// beginning lists the words that begin with a text.
func (l *lettering) beginning(text string) (out []uint32) {
	from, _ := slices.BinarySearchFunc(l.sorted, text, func(id uint32, t string) int { return strings.Compare(l.words[id], t) })
	for _, id := range l.sorted[from:] {
		if !strings.HasPrefix(l.words[id], text) {
			break
		}
		out = append(out, id)
	}
	for _, id := range l.tail {
		if strings.HasPrefix(l.words[id], text) {
			out = append(out, id)
		}
	}
	return out
}

// inside lists the words that have a text in them, elsewhere than at the beginning.
func (l *lettering) inside(text string) (out []uint32) {
	for from := 0; from < len(l.text); {
		i := bytes.Index(l.text[from:], []byte(text))
		if i < 0 {
			break
		}
		id, begins := slices.BinarySearch(l.starts, uint32(from+i))
		if begins {
			from += i + 1
			continue
		}
		out = append(out, uint32(id-1))
		if id == len(l.starts) {
			break
		}
		from = int(l.starts[id])
	}
	return out
}

// rarest lists the words that begin with one of the parts: that one of which the words
// are in the fewest names.
func (l *lettering) rarest(parts []string) (out []uint32) {
	least := -1
	for _, p := range parts {
		words := l.beginning(p)
		if count := l.count(words); least < 0 || count < least {
			out, least = words, count
		}
	}
	return out
}

// allBegin reports whether each part begins a word of the name.
func (l *lettering) allBegin(e *entry, parts []string) bool {
	words := e.spelt.of(l.used)
	for _, p := range parts {
		if !slices.ContainsFunc(words, func(id uint32) bool { return strings.HasPrefix(l.words[id], p) }) {
			return false
		}
	}
	return true
}

// runsFrom reports whether the words of the name from i on are the parts; the last one
// may go on.
func (l *lettering) runsFrom(e *entry, i int, parts []string) bool {
	words := e.spelt.of(l.used)
	if len(words) < i+len(parts) {
		return false
	}
	for k, p := range parts {
		w := l.words[words[i+k]]
		if !strings.HasPrefix(w, p) || k < len(parts)-1 && w != p {
			return false
		}
	}
	return true
}

// lettering is how a name of which words begin with all parts has them.
func (l *lettering) lettering(e *entry, parts []string) Lettering {
	switch {
	case !l.runsFrom(e, 0, parts):
		return WordsHave
	case int(e.spelt.n) == len(parts) && l.words[e.spelt.of(l.used)[len(parts)-1]] == parts[len(parts)-1]:
		return Equal
	}
	return Begins
}

// contains reports whether parts run on from within a word of a name.
func (l *lettering) contains(e *entry, parts []string) bool {
	for i, id := range e.spelt.of(l.used) {
		w := l.words[id]
		if strings.HasSuffix(w, parts[0]) && l.runsFrom(e, i+1, parts[1:]) {
			return true
		}
	}
	return false
}

// LetterHit is a name that has the letters of a text.
type LetterHit struct {
	Owner uint32
	Hash  uint64 // of the name: see Index.Hash
	Match Lettering
	Share float64 // how much of the name the text is, up to 1
}

// mostParts bounds of how many words a text is looked for by letters.
const mostParts = 16

// Letters calls visit with the names that have the letters of a text: best lettering
// first, then those of which the text is more, then as they were added. It ends when
// visit returns false. Visit must not add to the index.
func (x *Index) Letters(text string, visit func(LetterHit) bool) {
	parts := spelling(text)
	if len(parts) == 0 || len(parts) > mostParts {
		return
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	m := x.marks()
	defer x.free(m)
	tell := func(l Lettering, e uint32) bool {
		of := &x.entries[e]
		return visit(LetterHit{of.owner, of.hash, l, min(1, float64(size)/float64(max(of.size, 1)))})
	}
	_ = x.begun(parts, m).each(tell) && x.contained(parts, m).each(tell)
}

// begun are the names of which words begin with all parts.
func (x *Index) begun(parts []string, m *marks) *buckets {
	l, found := &x.letters, &buckets{}
	for _, id := range l.rarest(parts) {
		for _, e := range l.names[id] {
			if of := &x.entries[e]; (len(parts) == 1 || l.allBegin(of, parts)) && m.once(e) {
				found.put(l.lettering(of, parts), of, e)
			}
		}
	}
	return found
}

// contained are the names with the parts elsewhere in them, but for those of which
// words begin with all.
func (x *Index) contained(parts []string, m *marks) *buckets {
	l, found := &x.letters, &buckets{}
	for _, id := range l.within(parts) {
		for _, e := range l.names[id] {
			if of := &x.entries[e]; (len(parts) == 1 || l.contains(of, parts)) && m.once(e) {
				found.put(Contains, of, e)
			}
		}
	}
	return found
}

// within lists words of which names that contain the parts have one: those with the
// first part inside, or those of the others, whichever are in fewer names.
func (l *lettering) within(parts []string) []uint32 {
	out := l.inside(parts[0])
	if len(parts) > 1 {
		if others := l.rarest(parts[1:]); l.count(others) < l.count(out) {
			return others
		}
	}
	return out
}

func (l *lettering) count(words []uint32) (sum int) {
	for _, id := range words {
		sum += len(l.names[id])
	}
	return sum
}

// buckets are entries by lettering and size.
type buckets [letterings][256][]uint32

func (b *buckets) put(l Lettering, of *entry, e uint32) {
	size := min(of.size, 255)
	b[l][size] = append(b[l][size], e)
}

// each visits the entries in order, and reports whether it went through all.
func (b *buckets) each(visit func(l Lettering, e uint32) bool) bool {
	for l := range b {
		for _, list := range b[l] {
			slices.Sort(list)
			for _, e := range list {
				if !visit(Lettering(l), e) {
					return false
				}
			}
		}
	}
	return true
}
