package names

import "iter"

// skeletonTrie holds words by their consonant skeletons, letter by letter; the first
// node is the root. It is searched by edit distance, a row of costs for each node:
//
//	root - l - s - k - r   lashkar, laskar
//	         \ r           lahore
type skeletonTrie []trieNode

type trieNode struct {
	letter     byte
	children   []uint32
	words      []trieWord
	mostWeight cost // the greatest sound weight of its words
}

// trieWord is a word: its number, its sound weight, and its first phones, close by.
type trieWord struct {
	id          uint32
	soundWeight cost
	phoneCount  uint8
	phones      [phonesKept]phone
}

const phonesKept = 15

func (t *skeletonTrie) add(w *token, id uint32) {
	at := uint32(0)
	for i := range len(w.skeleton) {
		at = t.child(at, w.skeleton[i])
	}
	n := &(*t)[at]
	kept := trieWord{id: id, soundWeight: w.soundWeight, phoneCount: uint8(min(len(w.phones), 255))}
	copy(kept.phones[:], w.phones)
	n.words, n.mostWeight = append(n.words, kept), max(n.mostWeight, kept.soundWeight)
}

// child is the node below another by a letter, which it makes if need be.
func (t *skeletonTrie) child(at uint32, letter byte) uint32 {
	for _, next := range (*t)[at].children {
		if (*t)[next].letter == letter {
			return next
		}
	}
	next := uint32(len(*t))
	*t = append(*t, trieNode{letter: letter})
	(*t)[at].children = append((*t)[at].children, next)
	return next
}

// longestSkeleton is how many letters of a skeleton are compared.
const longestSkeleton = 24

// costRow is a row of the edit distance: the least that each beginning of the skeleton
// that is searched for costs to be made of that of a node.
type costRow [longestSkeleton + 1]cost

// trieSearch goes through a trie for one word.
type trieSearch struct {
	trie        skeletonTrie
	token       *token
	skeleton    string
	deletions   costRow // what each letter of the skeleton costs when it is not there
	soundWeight cost
	mostCost    cost // no similar word costs more
	prefix      bool
	yield       func(id uint32) bool
	rows        distanceRows
}

// candidates yields the words that may be similar to a word, and some that are not. With
// prefix, those of which a beginning may.
func (t skeletonTrie) candidates(w *token, prefix bool) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		s := &trieSearch{
			trie: t, token: w, skeleton: w.skeleton[:min(len(w.skeleton), longestSkeleton)],
			soundWeight: w.soundWeight, prefix: prefix, yield: yield,
		}
		s.mostCost = mostDistanceOf(s.soundWeight * 100 / (100 - mostDifference))
		row := s.firstRow()
		s.walk(0, 0, &row)
	}
}

// firstRow is the row of the root.
func (s *trieSearch) firstRow() (row costRow) {
	for i := range len(s.skeleton) {
		before, after := byte(0), byte(0)
		if i > 0 {
			before = s.skeleton[i-1]
		}
		if i+1 < len(s.skeleton) {
			after = s.skeleton[i+1]
		}
		s.deletions[i] = min(skeletonDeletion(s.skeleton[i], before), skeletonDeletion(s.skeleton[i], after))
		row[i+1] = row[i] + s.deletions[i]
	}
	return row
}

// mostDistanceOf is the greatest distance of similar words of this sound weight.
func mostDistanceOf(soundWeight cost) cost {
	return min(mostDistance, max(soundWeight, 100)*mostDifference/100)
}

// mostDifference is how much of a hundred may differ.
const mostDifference = 100 - leastSimilarity*100

// walk yields the words of a node and beneath, and reports whether to go on. A word that
// weighs much more or less than the one that is searched for is not similar to it.
func (s *trieSearch) walk(at uint32, before byte, row *costRow) bool {
	n := &s.trie[at]
	least := row[len(s.skeleton)]
	if s.prefix && least <= mostDistanceOf(s.soundWeight) {
		return s.walkAll(at)
	}
	if least == 0 || least <= mostDistanceOf(max(s.soundWeight, n.mostWeight)) {
		for i := range n.words {
			if s.mayMatch(least, &n.words[i]) && !s.yield(n.words[i].id) {
				return false
			}
		}
	}
	for _, next := range n.children {
		var below costRow
		letter := s.trie[next].letter
		if s.nextRow(row, &below, before, letter) <= s.mostCost && !s.walk(next, letter, &below) {
			return false
		}
	}
	return true
}

// mayMatch reports whether a word may be similar to the one that is searched for, when
// their skeletons differ by so much. Words of the same skeleton need be but half alike.
func (s *trieSearch) mayMatch(least cost, w *trieWord) bool {
	most := mostDistanceOf(max(s.soundWeight, w.soundWeight))
	if least == 0 {
		most = min(mostDistance, max(s.soundWeight, w.soundWeight, 100)/2)
	}
	if least > most || w.soundWeight-s.soundWeight > most || s.soundWeight-w.soundWeight > most {
		return false
	}
	if w.phoneCount > phonesKept {
		return true
	}
	whole, _ := s.rows.distances(s.token.phones, w.phones[:w.phoneCount], most)
	return whole <= most
}

// walkAll yields the words of a node and of all beneath, and reports whether to go on.
func (s *trieSearch) walkAll(at uint32) bool {
	n := &s.trie[at]
	for i := range n.words {
		if !s.yield(n.words[i].id) {
			return false
		}
	}
	for _, next := range n.children {
		if !s.walkAll(next) {
			return false
		}
	}
	return true
}

// nextRow makes the row of a node below, and returns the least of it.
func (s *trieSearch) nextRow(row, below *costRow, before, letter byte) cost {
	deletion, substitution := skeletonDeletion(letter, before), &skeletonSubstitution[letter&31]
	below[0] = row[0] + deletion
	least := below[0]
	for i := range len(s.skeleton) {
		below[i+1] = min(row[i]+substitution[s.skeleton[i]&31], row[i+1]+deletion, below[i]+s.deletions[i])
		least = min(least, below[i+1])
	}
	return least
}

// skeletonDeletion is the least that a letter of a skeleton costs when it is not there.
// Some are near to sounds that no skeleton has; and of two like ones in a row a skeleton
// has only one.
func skeletonDeletion(letter, beside byte) cost {
	least := cost(100)
	if letter == 'b' || letter == 'k' {
		least = 50
	}
	if beside != 0 {
		least = min(least, skeletonSubstitution[letter&31][beside&31])
	}
	return least
}

// skeletonSubstitution is the least that two letters of skeletons cost for each other, as
// the sounds behind them do.
var skeletonSubstitution = func() *[32][32]cost {
	var m [32][32]cost
	for a := range m {
		for b := range m {
			if a != b {
				m[a][b] = 100
			}
		}
	}
	for pair, of := range confusable {
		a, b := consonantClass(pair[0])&31, consonantClass(pair[1])&31
		if a != b {
			m[a][b] = min(m[a][b], of)
			m[b][a] = m[a][b]
		}
	}
	return &m
}()
