package names

import (
	"hash/maphash"
	"sync"
)

// Index finds names among very many, by their letters and by similarity. It holds what
// is needed to score them, not the names themselves. Names are added by one goroutine at
// a time; any number may look for them meanwhile.
type Index struct {
	mu         sync.RWMutex
	entries    []entry
	totals     []float32     // what the words of each entry weigh
	vocabulary vocabulary    // words as they sound
	spelling   spellingIndex // words as they are written
	acronyms   postings      // names that may be acronyms, by their letters
	expansions postings      // names by the acronyms that they may have
	joined     postings      // names by the skeleton of all words as one
	pool       sync.Pool     // *scores
	seed       maphash.Seed
	known      map[ownedName]bool
}

// entry is one reading of a name of an owner.
type entry struct {
	owner    uint32
	boosted  bool
	words    span // in vocabulary.used
	spelling span // in spelling.used
	size     uint16
	hash     uint64
}

// span is a part of a list.
type span struct {
	from uint32
	n    uint16
}

func spanOf(list *[]uint32, items []uint32) span {
	s := span{uint32(len(*list)), uint16(len(items))}
	*list = append(*list, items...)
	return s
}

func (s span) of(list []uint32) []uint32 { return list[s.from : s.from+uint32(s.n)] }

type ownedName struct {
	owner uint32
	hash  uint64
}

// postings are the entries of each key, ascending.
type postings map[uint64][]uint32

func (p postings) add(key uint64, e uint32) { p[key] = append(p[key], e) }

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{
		vocabulary: newVocabulary(), spelling: newSpellingIndex(),
		acronyms: postings{}, expansions: postings{}, joined: postings{},
		seed: maphash.MakeSeed(), known: map[ownedName]bool{},
	}
}

// Add adds the names of an owner. A name that the owner has already is passed over.
func (x *Index) Add(owner uint32, names ...string) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, name := range names {
		x.add(owner, name)
	}
}

func (x *Index) add(owner uint32, name string) {
	e := entry{owner: owner, hash: x.Hash(name)}
	if x.known[ownedName{owner, e.hash}] {
		return
	}
	x.known[ownedName{owner, e.hash}] = true
	n := Parse(name)
	e.spelling, e.size = x.spelling.add(name, uint32(len(x.entries)))
	x.addReading(e, n)
	for _, reading := range n.readings {
		e.spelling = span{}
		x.addReading(e, reading)
	}
}

// addReading adds an entry for one reading of a name.
func (x *Index) addReading(e entry, n Name) {
	at := uint32(len(x.entries))
	ids := make([]uint32, len(n.tokens))
	for i, t := range n.tokens {
		ids[i] = x.vocabulary.add(t, at, n.weight(i) > 0)
	}
	e.words, e.boosted = spanOf(&x.vocabulary.used, ids), n.boosted
	if n.mayBeAcronym() {
		x.acronyms.add(acronymKey(n.letters()), at)
	}
	if len(n.tokens) > 1 {
		for _, acronym := range n.acronyms() {
			x.expansions.add(acronymKey(acronym), at)
		}
	}
	if key, ok := joinedKey(&n); ok {
		x.joined.add(key, at)
	}
	x.entries, x.totals = append(x.entries, e), append(x.totals, float32(n.total()))
}

// Hash tells names apart, as long as the index is there.
func (x *Index) Hash(name string) uint64 { return maphash.String(x.seed, name) }

// acronymKey is up to eight letters as a number.
func acronymKey(letters string) (key uint64) {
	for i := range min(len(letters), longestAcronym) {
		key = key<<8 | uint64(letters[i])
	}
	return key
}

// joinedKey is the skeleton of the words of a name as one, if it is long enough.
func joinedKey(n *Name) (key uint64, ok bool) {
	var sound []phone
	for _, t := range n.tokens {
		if !t.isStopWord() {
			sound = append(sound, t.phones...)
		}
	}
	letters := skeleton(sound)
	for i := range len(letters) {
		key = key*31 + uint64(letters[i])
	}
	return key, len(sound) >= leastJoined && len(letters) >= 3
}

// name is the name of an entry, made ready.
func (x *Index) name(e *entry) Name {
	n := Name{tokens: make([]*token, e.words.n), boosted: e.boosted}
	for i, id := range e.words.of(x.vocabulary.used) {
		n.tokens[i] = x.vocabulary.tokens[id]
	}
	return n
}
