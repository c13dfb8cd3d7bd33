package formats

import "strings"

// Texts is a table of a text and a list, to test how they are written.
func Texts[T any](text func(T) string, texts func(T) []string) Table[T] {
	return Table[T]{
		{"text", "", func(r *Row, x T) { r.text(text(x)) }},
		{"list", "", func(r *Row, x T) { list(r, texts(x)) }},
	}
}

// Unguard is a text as it was before a Row that is not Exact wrote it.
func Unguard(s string) string {
	if strings.HasPrefix(s, "'") && formula(s) {
		return s[1:]
	}
	return s
}
