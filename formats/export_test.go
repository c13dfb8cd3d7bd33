package formats

// Texts is a table of a text and a list, to test how they are written.
func Texts[T any](text func(T) string, texts func(T) []string) Table[T] {
	return Table[T]{
		{"text", "", func(r *Row, x T) { r.words(text(x)) }},
		{"list", "", func(r *Row, x T) { list(r, texts(x)) }},
	}
}
