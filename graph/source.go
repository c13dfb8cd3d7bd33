package graph

// SourceKind says what sort of document a source is.
type SourceKind string

// The kinds of source of which it is told whose voice they are.
const (
	ArticleKind     SourceKind = "ARTICLE"
	CourtRecordKind SourceKind = "COURT_RECORD"
	StatementKind   SourceKind = "STATEMENT"
	ListKind        SourceKind = "LIST"
)

// SourceKinds lists every kind of source.
var SourceKinds = append(recordedKinds[:len(recordedKinds):len(recordedKinds)], RecordKind)

// recordedKinds are those that a source may be recorded as.
var recordedKinds = []SourceKind{"ARTICLE", "REPORT", "COURT_RECORD", "DATASET", "STATEMENT", "LIST", "VIDEO", "BOOK"}

// Source is where something was read. The same id may be recorded again; a
// later record replaces the fields it has.
type Source struct {
	// Authors may be empty: not every source is signed.
	Authors []string `json:"authors,omitempty"`
	// DerivedFrom are the sources that this one relies on. Two sources that
	// derive from one another count as one.
	DerivedFrom []ID `json:"derivedFrom,omitempty"`
	ID          ID   `json:"id"`
	// Kind is one of SourceKinds, but not RecordKind.
	Kind     SourceKind `json:"kind"`
	Language string     `json:"language,omitempty"`
	// Licence is what the material may be used under, where that is known.
	Licence string  `json:"licence,omitempty"`
	Marking Marking `json:"marking,omitempty"`
	// Note says what a reader should know of the source.
	Note      string      `json:"note,omitempty"`
	Published PartialDate `json:"published,omitzero"`
	Publisher string      `json:"publisher,omitempty"`
	// Reliability is the Admiralty letter, A to F; F, cannot be judged, when
	// none is given.
	Reliability Reliability `json:"reliability,omitempty"`
	Title       string      `json:"title"`
	Type        sourceType  `json:"type"`
	URL         string      `json:"url,omitempty"`

	// Seal is the store's, and no part of what was recorded.
	Seal `json:"-"`
}

// Merge adds a later record of the same source.
func (s Source) Merge(later Source) Source {
	if len(later.Authors) == 0 {
		later.Authors = s.Authors
	}
	later.DerivedFrom = union(s.DerivedFrom, later.DerivedFrom)
	later.Language = either(later.Language, s.Language)
	later.Licence = either(later.Licence, s.Licence)
	later.Marking = either(later.Marking, s.Marking)
	later.Note = either(later.Note, s.Note)
	if later.Published.IsZero() {
		later.Published = s.Published
	}
	later.Publisher = either(later.Publisher, s.Publisher)
	later.Reliability = either(later.Reliability, s.Reliability)
	later.URL = either(later.URL, s.URL)
	return later
}

func either[T ~string](a, b T) T {
	if a != "" {
		return a
	}
	return b
}

// SpeakerRole says what makes somebody the speaker of a claim.
type SpeakerRole string

// The roles.
const (
	// IsSpeaker is who the claim says speaks, an entity.
	IsSpeaker SpeakerRole = "SPEAKER"
	// IsSpeakerText is who the claim says speaks, in words.
	IsSpeakerText SpeakerRole = "SPEAKER_TEXT"
	// IsAttributor is who makes the attribution, where the claim names no speaker.
	IsAttributor SpeakerRole = "ATTRIBUTOR"
	// IsPublisher is the publisher of an official document that speaks for itself: see Voice.
	IsPublisher SpeakerRole = "PUBLISHER"
	// IsUnnamed is an official of whom the source does not say who it is.
	IsUnnamed SpeakerRole = "UNNAMED"
)

// SpeakerRoles lists the roles, in the order in which they are asked for.
var SpeakerRoles = []SpeakerRole{IsSpeaker, IsSpeakerText, IsAttributor, IsPublisher, IsUnnamed}

// Voice is the source whose publisher speaks where a claim of the hedge OFFICIAL names
// nobody: the one that the claim was read in if it is a list, a court's record or a
// statement; else the one that it relies on, if there is one and that is no article in turn.
// It is nil, and who speaks unnamed, where there is none or its publisher is not known.
func Voice(read, origin *Source) *Source {
	by := read
	if !by.speaksForItself() {
		by = origin
	}
	if by == nil || by.Publisher == "" || by.Kind == ArticleKind {
		return nil
	}
	return by
}

// speaksForItself reports whether what a source says is said by its publisher.
func (s *Source) speaksForItself() bool {
	return s.Kind == ListKind || s.Kind == CourtRecordKind || s.Kind == StatementKind
}

// Letter is the reliability, F where none was given.
func (s *Source) Letter() Reliability { return either(s.Reliability, Unjudged) }
