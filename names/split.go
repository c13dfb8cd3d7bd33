package names

import "strings"

// splitWords parts what is written together: the article of Arabic script, and the sounds
// that join the words of a name.
func splitWords(list []latinWord) []latinWord {
	out := make([]latinWord, 0, len(list)+2)
	for i, w := range list {
		switch w.script {
		case arabic:
			out = splitArabic(out, w, i > 0)
		case latin:
			next := ""
			if i+1 < len(list) {
				next = list[i+1].text
			}
			out = splitLatin(out, w, next)
		default:
			out = append(out, w)
		}
	}
	return out
}

// splitArabic takes the article off a word, at its beginning or behind a word that is
// often written together with the next.
func splitArabic(out []latinWord, w latinWord, within bool) []latinWord {
	text := w.text
	if unvocalised[text] != "" || noArticle[text] {
		return append(out, w)
	}
	if rest, is := strings.CutPrefix(text, "al"); is && followsArticle(rest, within) {
		return append(out, latinWord{"al", arabic, false}, latinWord{rest, arabic, true})
	}
	if i := strings.Index(text, "al"); i > 1 && len(text)-i > 3 && takesArticleUnvocalised[text[:i]] {
		return append(out,
			latinWord{text[:i], arabic, w.attached}, latinWord{"al", arabic, true}, latinWord{text[i+2:], arabic, true})
	}
	return append(out, w)
}

// followsArticle reports whether letters behind al are a word: there are enough of them,
// or they are a common one.
func followsArticle(rest string, within bool) bool {
	return len(rest) > 3 || len(rest) > 2 && within || len(rest) > 1 && (unvocalised[rest] != "" || common[rest])
}

// splitLatin parts Abdurrahman, Salahuddin and Jundallah, and takes the -ul off Fazlul
// Haq and the -ur off Zakiur Rahman.
func splitLatin(out []latinWord, w latinWord, next string) []latinWord {
	for _, split := range []func(string, string) []string{splitAbd, splitUddin, splitUllah, splitArticle} {
		if parts := split(w.text, next); parts != nil {
			for i, text := range parts {
				out = append(out, latinWord{text, latin, w.attached || i > 0})
			}
			return out
		}
	}
	return append(out, w)
}

// splitAbd parts names that begin with Abd; Abdullah is too common to be parted.
func splitAbd(text, _ string) []string {
	if len(text) < 5 || !strings.HasPrefix(text, "abd") || !isVowel(text[3]) || isVowel(text[4]) {
		return nil
	}
	if strings.HasPrefix(text, "abdulla") || strings.HasPrefix(text, "abdalla") {
		return nil
	}
	rest := text[4:]
	if rest[0] == 'l' || len(rest) > 1 && rest[0] == rest[1] {
		rest = rest[1:]
	}
	if len(rest) < 2 {
		return []string{"abd", "ul"}
	}
	return []string{"abd", "ul", rest}
}

// splitUddin parts names that end with -uddin.
func splitUddin(text, _ string) []string {
	if i := strings.Index(text, "ddin"); i > 3 && i == len(text)-4 && isVowel(text[i-1]) {
		return []string{text[:i-1], "ud", "din"}
	}
	return nil
}

// splitUllah parts names that end with Allah: Jundallah, Hizbullah, Ehsanullah; but for
// Abdullah, which is too common.
func splitUllah(text, _ string) []string {
	for _, end := range []string{"ullah", "allah", "ollah"} {
		if first, is := strings.CutSuffix(text, end); is && len(first) > 2 && first != "abd" {
			return []string{first, "allah"}
		}
	}
	return nil
}

// splitArticle takes off an article that is written to the word before it, or to the
// father's son.
func splitArticle(text, next string) []string {
	if rest, is := strings.CutPrefix(text, "binal"); is && len(rest) > 3 {
		return []string{"bin", "al", rest}
	}
	if len(text) < 5 || next == "" || text[len(text)-2] != 'u' {
		return nil
	}
	first, last := text[:len(text)-2], text[len(text)-1]
	assimilated := last == next[0] && strings.IndexByte("rsndtz", last) >= 0
	if last == 'l' && takesArticle[first] || assimilated {
		return []string{first, "ul"}
	}
	return nil
}
