package names

import "iter"

// vocabulary is the distinct words of all names, as they sound, with the entries that
// have them.
type vocabulary struct {
	tokens    []*token
	entries   [][]uint32 // of each token, ascending
	used      []uint32   // the words of all entries, one after the other
	ids       map[tokenKey]uint32
	skeletons skeletonTrie
	byConcept [64 * len(conceptSet{})][]uint32 // tokens by the concepts of the glossary
}

// tokenKey is what tells a token from others.
type tokenKey struct {
	text     string
	script   script
	role     role
	attached bool
}

func newVocabulary() vocabulary {
	return vocabulary{ids: map[tokenKey]uint32{}, skeletons: skeletonTrie{{}}}
}

// add notes a word of an entry, and returns its number. A word without weight finds no
// entries.
func (v *vocabulary) add(t *token, entry uint32, weighs bool) uint32 {
	key := tokenKey{t.text, t.script, t.role, t.attached}
	id, known := v.ids[key]
	if !known {
		id = uint32(len(v.tokens))
		v.ids[key] = id
		v.tokens, v.entries = append(v.tokens, t), append(v.entries, nil)
		v.skeletons.add(t, id)
		for concept := range t.gloss.concepts() {
			v.byConcept[concept] = append(v.byConcept[concept], id)
		}
	}
	if of := v.entries[id]; weighs && (len(of) == 0 || of[len(of)-1] != entry) {
		v.entries[id] = append(of, entry)
	}
	return id
}

// similar yields the words that are similar to a word, and how far; some of them twice.
// With prefix, words of which a beginning is similar to it count as well.
func (v *vocabulary) similar(t *token, prefix bool) iter.Seq2[uint32, float64] {
	return func(yield func(uint32, float64) bool) {
		for id := range v.skeletons.candidates(t, prefix) {
			sim := similarity(t, v.tokens[id])
			if prefix {
				sim = max(sim, prefixSimilarity(t, v.tokens[id]))
			}
			if sim > 0 && !yield(id, sim) {
				return
			}
		}
		for concept := range t.gloss.concepts() {
			for _, id := range v.byConcept[concept] {
				if sim := similarity(t, v.tokens[id]); sim > 0 && !yield(id, sim) {
					return
				}
			}
		}
	}
}
