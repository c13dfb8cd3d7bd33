package graph

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The kinds of failure. Every error that leaves this package, a store or a view
// is one of them (errors.Is) or a context's own.
var (
	ErrNotFound    = errors.New("not found")
	ErrAmbiguous   = errors.New("ambiguous")
	ErrInvalid     = errors.New("invalid")
	ErrConflict    = errors.New("conflict")
	ErrDenied      = errors.New("denied")
	ErrUnavailable = errors.New("store unavailable")
)

// Problem is one thing wrong with an input: what, where, and what to do.
type Problem struct {
	// Code is stable and made for programs: "UNKNOWN_PREDICATE".
	Code string `json:"code"`
	// Record is the position of the record in its batch, from 0, counting
	// sources, then entities, then claims; -1 when it concerns no one record.
	Record int `json:"-"`
	// Path names the field, with the record in front where there is one:
	// "claims[3].validFrom".
	Path string `json:"path"`
	// Message says what is wrong.
	Message string `json:"message"`
	// Remedy says what to do about it.
	Remedy string `json:"remedy"`
}

// Field is the last part of the path, without the record.
func (p Problem) Field() string {
	if i := strings.Index(p.Path, "]."); i >= 0 {
		return p.Path[i+2:]
	}
	return p.Path
}

// within reports whether a problem is one of what another says already: of the same field,
// or of a part of it.
func (p Problem) within(other Problem) bool {
	rest, same := strings.CutPrefix(p.Path, other.Path)
	return same && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

func (p Problem) String() string {
	return fmt.Sprintf("%s: %s; %s", p.Path, p.Message, p.Remedy)
}

// InvalidError says everything that is wrong with an input. Nothing of the input
// was kept. It is an ErrInvalid, or an ErrConflict where Conflict is set.
type InvalidError struct {
	Problems []Problem
	Conflict bool
}

func (e *InvalidError) Error() string {
	const shown = 5
	lines := make([]string, 0, shown+1)
	for i, p := range e.Problems {
		if i == shown {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Problems)-shown))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// Is makes errors.Is(err, ErrInvalid) or errors.Is(err, ErrConflict) true.
func (e *InvalidError) Is(target error) bool {
	if e.Conflict {
		return target == ErrConflict
	}
	return target == ErrInvalid
}

// Invalid is an error about one argument.
func Invalid(code, path, message, remedy string) error {
	return &InvalidError{Problems: []Problem{{Code: code, Record: -1, Path: path, Message: message, Remedy: remedy}}}
}

// NotFound is an error about an id that names nothing the reader may see. What
// does not exist and what is hidden give the same words.
func NotFound(path string, id ID) error {
	return &NotFoundError{Path: path, ID: id}
}

// NotFoundError names an id that leads nowhere. It is an ErrNotFound.
type NotFoundError struct {
	Path string
	ID   ID
	// By is what ID is when it is no id: the name of an entity, or an id under which others
	// know one.
	By LookupKey
	// Kinds are what was looked for; nil is anything.
	Kinds []EntityKind
	// Near are what may have been meant, likely ones first.
	Near []Candidate
	// publisher is set for what is no id but the publisher of a source.
	publisher bool
}

// NoSuchPublisher is an error about a publisher of whom the reader sees no source.
func NoSuchPublisher(path, name string) error {
	return &NotFoundError{Path: path, ID: ID(name), publisher: true}
}

func (e *NotFoundError) Error() string {
	if e.publisher {
		return fmt.Sprintf("%s: no source is known that %q published; write it as sources have it", e.Path, clip(string(e.ID)))
	}
	near := ""
	if len(e.Near) > 0 {
		near = "; near it " + listed(e.Near)
	}
	return fmt.Sprintf("%s: %s is known by the %s %q%s; look it up with search or in a list",
		e.Path, noneOf(e.Kinds), e.By, clip(string(e.ID)), near)
}

// noneOf says that there is nothing, or none of some kinds.
func noneOf(kinds []EntityKind) string {
	if len(kinds) == 0 {
		return "nothing"
	}
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return "no " + strings.Join(words, " or ")
}

// Is makes errors.Is(err, ErrNotFound) true.
func (e *NotFoundError) Is(target error) bool { return target == ErrNotFound }

// LookupKey is what an entity is looked up by.
type LookupKey string

// What an entity may be looked up by.
const (
	ByID       LookupKey = ""
	ByName     LookupKey = "name"
	ByExternal LookupKey = "external id"
)

func (k LookupKey) String() string {
	if k == ByID {
		return "id"
	}
	return string(k)
}

// Candidate is an entity that may have been meant, with the name that is shown of it.
type Candidate struct {
	ID   ID         `json:"id"`
	Kind EntityKind `json:"kind"`
	Name string     `json:"name"`
}

// listed is some candidates as text, and how many more there are.
func listed(of []Candidate) string {
	const shown = 5
	lines := make([]string, 0, shown+1)
	for i, c := range of {
		if i == shown {
			lines = append(lines, fmt.Sprintf("and %d more", len(of)-shown))
			break
		}
		lines = append(lines, fmt.Sprintf("%s (%s, %q)", c.ID, c.Kind, clip(c.Name)))
	}
	return strings.Join(lines, ", ")
}

// AmbiguousError is about a text by which several entities are known. It is an ErrAmbiguous.
type AmbiguousError struct {
	Path, Text string
	By         LookupKey
	// Candidates are those that are known by it, by their ids; there are More beside them.
	Candidates []Candidate
	More       int
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%s: %d are known by the %s %q: %s; give the id of one",
		e.Path, len(e.Candidates)+e.More, e.By, clip(e.Text), listed(e.Candidates))
}

// Is makes errors.Is(err, ErrAmbiguous) true.
func (e *AmbiguousError) Is(target error) bool { return target == ErrAmbiguous }

// Renamed is an error about arguments under other names; another error and nil as
// they are.
func Renamed(err error, name func(path string) string) error {
	var invalid *InvalidError
	var missing *NotFoundError
	var several *AmbiguousError
	switch {
	case errors.As(err, &invalid):
		problems := slices.Clone(invalid.Problems)
		for i := range problems {
			problems[i].Path = name(problems[i].Path)
		}
		return &InvalidError{Problems: problems, Conflict: invalid.Conflict}
	case errors.As(err, &missing):
		renamed := *missing
		renamed.Path = name(missing.Path)
		return &renamed
	case errors.As(err, &several):
		renamed := *several
		renamed.Path = name(several.Path)
		return &renamed
	}
	return err
}

// clip shortens text from outside for use in a message.
func clip(s string) string {
	const most = 60
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// UnavailableError says why a store cannot be used, or takes no writes, and what to do,
// in words that any client may read: no paths, and none of a driver. It is an
// ErrUnavailable.
type UnavailableError struct{ What, Remedy string }

func (e *UnavailableError) Error() string {
	return fmt.Sprintf("%v: %s", ErrUnavailable, e.Reason())
}

// Reason is what is wrong and what to do.
func (e *UnavailableError) Reason() string { return e.What + "; " + e.Remedy }

// Is makes errors.Is(err, ErrUnavailable) true.
func (e *UnavailableError) Is(target error) bool { return target == ErrUnavailable }
