package names

import (
	"hash/maphash"
	"sync"
)

// Index finds names among very many, by letters and by likeness. It holds what is
// needed to score them, not the names themselves. Names are added by one goroutine at
// a time; any number may look for them meanwhile.
type Index struct {
	mu      sync.RWMutex
	entries []entry
	totals  []float32  // what the words of each entry weigh
	sounds  vocabulary // words as they sound
	letters lettering  // words as they are written
	shorts  postings   // names that may be first letters, by them
	forms   postings   // names by the first letters that they may have
	joined  postings   // names by the bones of all words as one
	scratch sync.Pool  // *marks
	seed    maphash.Seed
	known   map[namedBy]bool
}

// entry is one name of an owner.
type entry struct {
	owner  uint32
	raised bool
	words  span // in sounds.used
	spelt  span // in letters.used
	size   uint16
	hash   uint64
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

type namedBy struct {
	owner uint32
	hash  uint64
}

// postings are the entries of each key, ascending.
type postings map[uint64][]uint32

func (p postings) add(key uint64, e uint32) { p[key] = append(p[key], e) }

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{
		sounds: newVocabulary(), letters: newLettering(), shorts: postings{}, forms: postings{}, joined: postings{},
		seed: maphash.MakeSeed(), known: map[namedBy]bool{},
	}
}

// Len is how many names there are, each as often as it is read in several languages.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return len(x.entries)
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
	if x.known[namedBy{owner, e.hash}] {
		return
	}
	x.known[namedBy{owner, e.hash}] = true
	n := Parse(name)
	e.spelt, e.size = x.letters.add(name, uint32(len(x.entries)))
	x.enter(e, n)
	for _, other := range n.others {
		e.spelt = span{}
		x.enter(e, other)
	}
}

// enter adds an entry for one reading of a name.
func (x *Index) enter(e entry, n Name) {
	at := uint32(len(x.entries))
	ids := make([]uint32, len(n.tokens))
	for i, t := range n.tokens {
		ids[i] = x.sounds.add(t, at, n.weight(i) > 0)
	}
	e.words, e.raised = spanOf(&x.sounds.used, ids), n.raised
	if n.isShort() {
		x.shorts.add(keyOf(n.letters()), at)
	}
	if len(n.tokens) > 1 {
		for _, form := range n.firstLetters() {
			x.forms.add(keyOf(form), at)
		}
	}
	if key, ok := joinedKey(&n); ok {
		x.joined.add(key, at)
	}
	x.entries, x.totals = append(x.entries, e), append(x.totals, float32(n.total()))
}

// Hash tells names apart, as long as the index is there.
func (x *Index) Hash(name string) uint64 { return maphash.String(x.seed, name) }

// keyOf is up to eight letters as a number.
func keyOf(letters string) (key uint64) {
	for i := range min(len(letters), longestShort) {
		key = key<<8 | uint64(letters[i])
	}
	return key
}

// joinedKey is the bones of the words of a name as one, if there are enough of them.
func joinedKey(n *Name) (key uint64, ok bool) {
	var sound []phone
	for _, t := range n.tokens {
		if !t.empty() {
			sound = append(sound, t.phones...)
		}
	}
	b := bones(sound)
	for i := range len(b) {
		key = key*31 + uint64(b[i])
	}
	return key, len(sound) >= leastJoined && len(b) >= 3
}

// name is the name of an entry, made ready.
func (x *Index) name(e *entry) Name {
	n := Name{tokens: make([]*token, e.words.n), raised: e.raised}
	for i, id := range e.words.of(x.sounds.used) {
		n.tokens[i] = x.sounds.tokens[id]
	}
	return n
}
