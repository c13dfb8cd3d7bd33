package formats

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/rabta/rabta/graph"
)

// CheckJSON refuses a JSON text that does not say one thing: a key twice in an object, or
// half a character, which a decoder would drop or replace without a word. The error is a
// *graph.InvalidError whose path leads to the place: "names[0].value". What is no JSON is
// left to the decoder, whose error says where; so are duplicates behind the first place.
func CheckJSON(text []byte) error {
	if jsontext.Value(text).IsValid() {
		return nil
	}
	_, err := jsontext.NewDecoder(bytes.NewReader(text)).ReadValue()
	wrong, ok := errors.AsType[*jsontext.SyntacticError](err)
	if !ok {
		return nil
	}
	path := pathOf(wrong.JSONPointer)
	switch {
	case errors.Is(err, jsontext.ErrDuplicateName):
		return graph.Invalid("KEY_TWICE", path, "it is there twice", "leave one of the two out")
	case strings.HasPrefix(wrong.Err.Error(), "invalid surrogate pair"):
		return graph.Invalid("HALF_CHARACTER", path,
			fmt.Sprintf("it holds half a character (%s)", escapeAt(text, wrong.ByteOffset)),
			`write the character itself, or both halves of its escape, for instance \ud83d\ude00`)
	}
	return nil
}

// lostIn is the first field of a line that holds U+FFFD, which older editions put in the
// place of half a character; empty where none does.
func lostIn(line []byte) string {
	if !bytes.Contains(line, []byte("\uFFFD")) {
		return ""
	}
	for d := jsontext.NewDecoder(bytes.NewReader(line)); ; {
		token, err := d.ReadToken()
		if err != nil {
			return ""
		}
		if token.Kind() == '"' && strings.Contains(token.String(), "\uFFFD") {
			return pathOf(d.StackPointer())
		}
	}
}

// escapeAt is the escape of a text that begins at a byte or soon after it.
func escapeAt(text []byte, at int64) string {
	rest := text[min(int(at), len(text)):]
	if i := bytes.IndexByte(rest, '\\'); i >= 0 {
		rest = rest[i:]
	}
	escape := string(rest[:min(6, len(rest))])
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '.'
		}
		return r
	}, escape)
}

// pathOf writes a JSON pointer as findings name fields. An item of a list is told from a
// key that is a number by nothing but its digits: no field of ours is a number.
func pathOf(p jsontext.Pointer) string {
	var b strings.Builder
	for token := range p.Tokens() {
		if _, err := strconv.Atoi(token); err == nil {
			fmt.Fprintf(&b, "[%s]", token)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		if len(token) > 40 {
			token = strings.ToValidUTF8(token[:40], "") + "…"
		}
		b.WriteString(token)
	}
	return b.String()
}
