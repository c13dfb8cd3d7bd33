package graph

import "cmp"

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
		cmp.Compare(n.Commit, other.Commit), cmp.Compare(n.Record, other.Record), cmp.Compare(n.At, other.At))
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
