package graph

import (
	"cmp"
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

// Naming is what the choice of what to show of an entity asks of one claim that names or
// describes it, as small numbers: places in NameForms, Markings and Reliabilities.
type Naming struct {
	// Outside is set for a claim that does not count under the lens.
	Outside bool
	// Moved is set for what was said of a retired entity, and is read at its successor.
	Moved bool
	// Form and Primary are of a name. A name that was borne at the time that is asked for
	// has the form FULL then.
	Form    uint8
	Primary bool
	// AsRecorded is set for what has that source.
	AsRecorded                      bool
	Credibility, Reliability, Stamp uint8
	// Commit is the place of the commit in the feed, Record that of the record in the
	// commit, and At that in the record. Member is the place of the entity among those that
	// are the same, the one recorded first before the others.
	Commit, Member, Record, At uint32
}

// CompareNames orders names by which is to be shown, the first one first: what counts; what
// was said of the entity itself; what is not weak; what is primary, of two such the one of the stricter stamp, then of the later
// record, where one commit names two entities that are the same that of the first; then by credibility and reliability, what is as recorded after every other source;
// by form; the earlier record.
func (n Naming) CompareNames(other Naming) int {
	if c := cmp.Or(falseFirst(n.Outside, other.Outside), falseFirst(n.Moved, other.Moved), falseFirst(n.weak(), other.weak()),
		falseFirst(!n.Primary, !other.Primary)); c != 0 {
		return c
	}
	if n.Primary {
		if c := n.later(other); c != 0 {
			return c
		}
	}
	return cmp.Or(n.grade(other), cmp.Compare(n.Form, other.Form),
		n.Compare(other))
}

// Compare orders claims by their places in the log.
func (n Naming) Compare(other Naming) int {
	return cmp.Or(cmp.Compare(n.Commit, other.Commit), cmp.Compare(n.Record, other.Record), cmp.Compare(n.At, other.At))
}

// CompareValues orders descriptions, subtypes and external ids, the first to be shown first:
// what counts, what was said of the entity itself, then by grade, as names; of equal ones that of the stricter stamp, then of the
// later record.
func (n Naming) CompareValues(other Naming) int {
	return cmp.Or(falseFirst(n.Outside, other.Outside), falseFirst(n.Moved, other.Moved), n.grade(other), n.later(other))
}

var weakCode = Code(NameForms, FormWeak)

func (n Naming) weak() bool { return n.Form == weakCode }

// later puts the stricter stamp first, then the later record, and in one record what stands
// before.
func (n Naming) later(other Naming) int {
	return cmp.Or(cmp.Compare(other.Stamp, n.Stamp), cmp.Compare(other.Commit, n.Commit),
		cmp.Compare(n.Member, other.Member), cmp.Compare(other.Record, n.Record), cmp.Compare(n.At, other.At))
}

func (n Naming) grade(other Naming) int {
	return cmp.Or(cmp.Compare(n.Credibility, other.Credibility), falseFirst(n.AsRecorded, other.AsRecorded),
		cmp.Compare(n.Reliability, other.Reliability))
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
