package names

// vocabulary is the distinct words of all names, as they sound, with the names that
// have them.
type vocabulary struct {
	tokens []*token
	names  [][]uint32 // of each token, ascending
	used   []uint32   // the words of all names, one after the other
	of     map[wordKey]uint32
	bones  boneTree
	means  [2 * 64][]uint32 // tokens by what they mean
}

// wordKey is what makes a word of a name another one.
type wordKey struct {
	text   string
	script Script
	role   role
	after  bool
}

func newVocabulary() vocabulary {
	return vocabulary{of: map[wordKey]uint32{}, bones: boneTree{{}}}
}

// add counts a word of an entry, and returns its number.
func (v *vocabulary) add(t *token, entry uint32, tells bool) uint32 {
	key := wordKey{t.text, t.script, t.role, t.after}
	id, known := v.of[key]
	if !known {
		id = uint32(len(v.tokens))
		v.of[key] = id
		v.tokens, v.names = append(v.tokens, t), append(v.names, nil)
		v.bones.add(t, id)
		for line := range t.means.lines() {
			v.means[line] = append(v.means[line], id)
		}
	}
	if of := v.names[id]; tells && (len(of) == 0 || of[len(of)-1] != entry) {
		v.names[id] = append(of, entry)
	}
	return id
}

// like calls yield with the words that go together with a word, and how far; with some
// of them twice. With start, words of which a beginning goes together with it count as
// well.
func (v *vocabulary) like(t *token, start bool, yield func(id uint32, sim float64)) {
	v.bones.near(t, start, func(id uint32) {
		sim := together(t, v.tokens[id])
		if start {
			sim = max(sim, begins(t, v.tokens[id]))
		}
		if sim > 0 {
			yield(id, sim)
		}
	})
	for line := range t.means.lines() {
		for _, id := range v.means[line] {
			if sim := together(t, v.tokens[id]); sim > 0 {
				yield(id, sim)
			}
		}
	}
}
