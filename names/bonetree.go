package names

// boneTree holds words by their bones, letter by letter; the first node is the root.
type boneTree []boneNode

type boneNode struct {
	bone  byte
	next  []uint32
	words []boneWord
	heard cost // the most of the words
}

// boneWord is a word: its number, the weight of its sounds, and the first of them,
// close by.
type boneWord struct {
	id     uint32
	heard  cost
	count  uint8
	phones [boneSounds]phone
}

const boneSounds = 15

func (b *boneTree) add(t *token, id uint32) {
	at := uint32(0)
	for i := range len(t.bones) {
		at = b.child(at, t.bones[i])
	}
	n := &(*b)[at]
	w := boneWord{id: id, heard: t.heard, count: uint8(min(len(t.phones), 255))}
	copy(w.phones[:], t.phones)
	n.words, n.heard = append(n.words, w), max(n.heard, w.heard)
}

// child is the node behind another by a bone, which it makes if need be.
func (b *boneTree) child(at uint32, bone byte) uint32 {
	for _, next := range (*b)[at].next {
		if (*b)[next].bone == bone {
			return next
		}
	}
	next := uint32(len(*b))
	*b = append(*b, boneNode{bone: bone})
	(*b)[at].next = append((*b)[at].next, next)
	return next
}

// mostBones is how many bones of a word are compared.
const mostBones = 24

// boneRow is the least that each beginning of the bones of a word costs to be made of
// those of a node.
type boneRow [mostBones + 1]cost

// boneWalk goes through a tree for one word.
type boneWalk struct {
	tree  boneTree
	token *token
	bones string
	costs boneRow // of each bone, when it is not there
	heard cost
	most  cost // no word that goes together with it costs more
	start bool
	visit func(id uint32)
	rows  rows
}

// near visits the words that may go together with a word, and some that do not. With
// start, those of which a beginning may.
func (b boneTree) near(t *token, start bool, visit func(id uint32)) {
	w := &boneWalk{tree: b, token: t, bones: t.bones[:min(len(t.bones), mostBones)], heard: t.heard, start: start, visit: visit}
	w.most = costOf(w.heard * 100 / (100 - unlike))
	var row boneRow
	for i := range len(w.bones) {
		before, after := byte(0), byte(0)
		if i > 0 {
			before = w.bones[i-1]
		}
		if i+1 < len(w.bones) {
			after = w.bones[i+1]
		}
		w.costs[i] = min(boneCost(w.bones[i], before), boneCost(w.bones[i], after))
		row[i+1] = row[i] + w.costs[i]
	}
	w.from(0, 0, &row)
}

// costOf is what may differ of words of this weight for them to go together.
func costOf(heard cost) cost { return min(mostApart, max(heard, 100)*unlike/100) }

// unlike is how much of a hundred may differ.
const unlike = 100 - leastAlike*100

// from visits the words of a node and beneath. A word that weighs much more or less
// than the one that is sought does not go together with it.
func (w *boneWalk) from(at uint32, before byte, row *boneRow) {
	n := &w.tree[at]
	least := row[len(w.bones)]
	if w.start && least <= costOf(w.heard) {
		w.all(at)
		return
	}
	if least == 0 || least <= costOf(max(w.heard, n.heard)) {
		for i := range n.words {
			if w.may(least, &n.words[i]) {
				w.visit(n.words[i].id)
			}
		}
	}
	for _, next := range n.next {
		var below boneRow
		if w.step(row, &below, before, w.tree[next].bone) <= w.most {
			w.from(next, w.tree[next].bone, &below)
		}
	}
}

// may reports whether a word may go together with the one that is sought, when their
// bones cost so much. Words of the same bones need be but half alike.
func (w *boneWalk) may(least cost, of *boneWord) bool {
	most := costOf(max(w.heard, of.heard))
	if least == 0 {
		most = min(mostApart, max(w.heard, of.heard, 100)/2)
	}
	if least > most || of.heard-w.heard > most || w.heard-of.heard > most {
		return false
	}
	if of.count > boneSounds {
		return true
	}
	whole, _ := w.rows.distances(w.token.phones, of.phones[:of.count], most)
	return whole <= most
}

// all visits the words of a node and of all beneath.
func (w *boneWalk) all(at uint32) {
	n := &w.tree[at]
	for _, of := range n.words {
		w.visit(of.id)
	}
	for _, next := range n.next {
		w.all(next)
	}
}

// step goes one bone on, and returns the least of the row.
func (w *boneWalk) step(row, below *boneRow, before, bone byte) cost {
	own, swap := boneCost(bone, before), &boneSwaps[bone&31]
	below[0] = row[0] + own
	least := below[0]
	for i := range len(w.bones) {
		below[i+1] = min(row[i]+swap[w.bones[i]&31], row[i+1]+own, below[i]+w.costs[i])
		least = min(least, below[i+1])
	}
	return least
}

// boneCost is the least that a bone costs when it is not there. Some are near to sounds
// that are no bones; and of two like ones in a row only one is a bone.
func boneCost(c, beside byte) cost {
	least := cost(100)
	if c == 'b' || c == 'k' {
		least = 50
	}
	if beside != 0 {
		least = min(least, boneSwaps[c&31][beside&31])
	}
	return least
}

// boneSwaps is the least that two bones cost for each other, as the sounds behind them
// do.
var boneSwaps = func() *[32][32]cost {
	var m [32][32]cost
	for a := range m {
		for b := range m {
			if a != b {
				m[a][b] = 100
			}
		}
	}
	for pair, of := range near {
		a, b := boneFor(pair[0])&31, boneFor(pair[1])&31
		if a != b {
			m[a][b] = min(m[a][b], of)
			m[b][a] = m[a][b]
		}
	}
	return &m
}()

func boneFor(c phone) byte {
	if to, ok := boneOf[c]; ok {
		return to
	}
	return c
}
