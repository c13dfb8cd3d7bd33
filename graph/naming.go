package graph

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// AsRecorded is the source of what the line of an entity says of it without naming a
// source: that it was recorded so. Every store knows it without its being recorded, and
// nobody can record or withdraw it, or name it as the source of something. No floor and no
// choice of sources of a lens leaves out what it says.
const AsRecorded ID = "s_as-recorded"

// RecordKind is the kind of AsRecorded, and of no source that is recorded.
const RecordKind SourceKind = "RECORD"

// AsRecordedSource is what AsRecorded says of itself.
func AsRecordedSource() Source {
	return Source{
		ID: AsRecorded, Kind: RecordKind, Title: "As recorded",
		Note: "What was recorded with an entity without a source of its own.",
	}
}

// NameForm says what sort of name a name is.
type NameForm string

// The forms of a name.
const (
	// FormFull is a name in full, in the language and script of those who bear it.
	FormFull NameForm = "FULL"
	// FormTranscription is the sound of a name in another script.
	FormTranscription NameForm = "TRANSCRIPTION"
	// FormTranslation is the sense of a name in another language.
	FormTranslation NameForm = "TRANSLATION"
	// FormShort is a name that leaves words out.
	FormShort NameForm = "SHORT"
	// FormAcronym is the first letters of a name.
	FormAcronym NameForm = "ACRONYM"
	// FormFormer is a name that is borne no more.
	FormFormer NameForm = "FORMER"
	// FormWeak is a name that many bear, or that hardly anybody uses: it tells little.
	FormWeak NameForm = "WEAK"
)

// NameForms lists the forms, the first to be shown first. A form's place in it is its code
// in Naming.
var NameForms = []NameForm{
	FormFull, FormTranscription, FormTranslation, FormShort, FormAcronym, FormFormer, FormWeak,
}

// FormOf is the form of a name of which nothing is said: ACRONYM for one word of two to
// eight capital letters, dots and hyphens apart, else FULL.
func FormOf(name string) NameForm {
	letters := 0
	for _, r := range strings.TrimSpace(name) {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.' && r != '-':
			return FormFull
		}
	}
	if letters < 2 || letters > 8 {
		return FormFull
	}
	return FormAcronym
}

// PlainName is a name without what makes no difference to the eye: invisible characters,
// blanks but for single ones between words, and the ways in which Unicode composes one
// letter. A name that shows nothing stays as it is.
func PlainName(name string) string {
	if !utf8.ValidString(name) {
		return name // the check refuses it as it stands
	}
	p := plainName(name)
	if p == "" {
		return name
	}
	if isASCII(p) {
		return p
	}
	return norm.NFC.String(p)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// Expand gives the claims that the line of an entity stands for: its names, its description,
// its subtype and its external ids, in this order, each claim once. A name has its own
// source; what has none has AsRecorded. They are STATED and of credibility 2, without
// locator and dates. Their ids are made of what they say alone, so that one name has one id
// in every line that gives it; they are as strict, and were recorded, as the line is.
func Expand(e *Entity) []Claim {
	x := expansion{of: e.ID, seen: map[ID]bool{}}
	for _, n := range e.Names {
		x.add(NameOf, either(n.Source, AsRecorded), Value{Text: n.Value, Lang: n.Lang, Primary: n.Primary})
	}
	for _, said := range []struct {
		p    Predicate
		text string
	}{{Description, e.Description}, {SubtypeOf, e.Subtype}} {
		if said.text != "" {
			x.add(said.p, AsRecorded, Value{Text: said.text})
		}
	}
	for _, id := range e.External {
		x.add(ExternalID, AsRecorded, Value{Text: id})
	}
	return x.claims
}

type expansion struct {
	of     ID
	seen   map[ID]bool
	claims []Claim
}

func (x *expansion) add(p Predicate, source ID, v Value) {
	c := Claim{Subject: x.of, Predicate: p, Source: source, Value: &v, Hedge: Stated}.Normalised()
	if !x.seen[c.ID] {
		x.seen[c.ID] = true
		x.claims = append(x.claims, c)
	}
}
