package names

import "strings"

// token is one word of a name, made ready for comparing.
type token struct {
	text        string
	phones      []phone
	skeleton    string
	soundWeight cost
	role        role
	weight      float64
	script      Script
	gloss       gloss
	given       int  // which given name it is; 0 for none known
	attached    bool // it is written together with the word before
}

// tokenOf is a word with what comparing needs to know of it.
func tokenOf(w latinWord) *token {
	text := w.text
	if to, ok := unvocalised[text]; ok && w.script == Arabic {
		text = to
	}
	if to, ok := canonical[text]; ok {
		text = to
	}
	t := &token{
		text: text, phones: phones(text), script: w.script, gloss: glossary[text], given: givenName[text],
		attached: w.attached,
	}
	t.skeleton, t.soundWeight = skeleton(t.phones), soundWeight(t.phones)
	t.role = roleOf(text, w.script)
	if t.gloss == (gloss{}) && w.script != Latin {
		t.gloss = nativeGloss(t)
	}
	t.weight = roleWeights[t.role]
	switch {
	case t.role != plain:
	case common[text] || w.script != Latin && commonBySkeleton[t.skeleton]:
		t.weight = 0.5
	case len(text) == 1 && !t.isNumber():
		t.weight = 0.3
	}
	return t
}

func (t *token) isNumber() bool { return t.text[0] >= '0' && t.text[0] <= '9' }

// isStopWord reports whether a word says nothing of its own.
func (t *token) isStopWord() bool { return t.role == particle || t.role == lineage }

// isInitialism reports whether a word is letters that are spelt out, such as LJ and CTD.
func (t *token) isInitialism() bool {
	return t.script == Latin && len(t.text) > 1 && len(t.text) < 5 && !strings.ContainsAny(t.text, "aeiouy")
}
