package graph

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Unclear is what is wrong with a batch besides what Check finds: what older editions took
// and what stands in their logs and files, and is not taken from those who write today: a
// name that shows nothing, two primary names, a date of nothing. The paths and their order
// are those of Check.
func (b *Batch) Unclear() []Problem {
	u := &unclear{}
	for i := range b.Sources {
		u.begin("sources", i)
		u.date("published", b.Sources[i].Published)
	}
	for i := range b.Entities {
		u.begin("entities", i)
		u.names(b.Entities[i].Names)
	}
	for i := range b.Claims {
		u.begin("claims", i)
		c := &b.Claims[i]
		u.date("validFrom", c.ValidFrom)
		u.date("validTo", c.ValidTo)
		if c.Value != nil {
			u.date("value.date", c.Value.Date)
		}
	}
	return u.problems
}

// Outdated is what claims hold that is read as it stands where older editions wrote it, and
// not taken from those who write today: Batch.Current refuses it.
func (b *Batch) Outdated() []Problem {
	kinds := map[ID]EntityKind{}
	for i := range b.Entities {
		kinds[b.Entities[i].ID] = b.Entities[i].Kind
	}
	before, out := len(b.Sources)+len(b.Entities), []Problem{}
	for i := range b.Claims {
		c := checker{prefix: fmt.Sprintf("claims[%d]", i), record: before + i}
		c.current(&b.Claims[i], kinds)
		out = append(out, c.problems...)
	}
	return out
}

// ending is the marking that a record of a batch ends with.
type ending struct {
	path    string
	record  int
	id      ID
	marking Marking
}

// ends notes the marking that a record ends with.
func (p *planner) ends(c *checker, id ID, m Marking) {
	if p.batch.Notices {
		p.endings = append(p.endings, ending{c.prefix, c.record, id, m})
	}
}

// notices are what the writer of a planned batch should know of records that are taken: each
// that ends below the writer's clearance. held is what is known after it.
func (b *Batch) notices(endings []ending, held Known) []Problem {
	messages := map[Marking]string{}
	for _, m := range Markings {
		messages[m] = fmt.Sprintf("it ends %s: who may see %s sees it, below your clearance, %s", m, m, b.Clearance)
	}
	var out []Problem
	for _, e := range endings {
		if !slices.ContainsFunc(held[e.id], func(h Held) bool { return h.Marking == e.marking }) {
			now, _ := held.first(e.id, b.Clearance) // the batch marked it
			e.marking = now.Marking
		}
		if e.marking.Level() < b.Clearance.Level() {
			out = append(out, Problem{
				Code: BelowClearance, Record: e.record, Path: e.path, Message: messages[e.marking],
				Remedy: "mark it or the batch; what is recorded is marked otherwise by MARKS",
			})
		}
	}
	return out
}

// BelowClearance is the code of a notice that a record ends below its writer's clearance.
const BelowClearance = "BELOW_CLEARANCE"

type unclear struct {
	checker
	list   string
	number int
	next   int
}

func (u *unclear) begin(list string, i int) {
	u.list, u.number, u.record = list, i, u.next
	u.next++
}

func (u *unclear) add(code, field, message, remedy string) {
	u.prefix = fmt.Sprintf("%s[%d]", u.list, u.number) // made when it is needed
	u.checker.add(code, field, message, remedy)
}

func (u *unclear) names(names []Name) {
	primary := -1
	for i, n := range names {
		if n.Value != "" && !ShowsSomething(n.Value) {
			u.add("MISSING", fmt.Sprintf("names[%d].value", i), "it shows nothing: it has blanks and invisible characters alone", "give it a value")
		}
		if n.Primary && primary >= 0 {
			u.add("TWO_PRIMARY_NAMES", fmt.Sprintf("names[%d].primary", i), fmt.Sprintf("names[%d] is primary too", primary), "mark one name as primary")
		}
		if n.Primary && primary < 0 {
			primary = i
		}
	}
}

func (u *unclear) date(field string, d PartialDate) {
	if strings.Contains(d.EDTF, "/") && d.Earliest == OpenStart && d.Latest == OpenEnd {
		u.add("BAD_DATE", field, fmt.Sprintf("%q is a date of nothing", clip(d.EDTF)), "leave it out, or give one end, for instance 2004/..")
	}
}

// ShowsSomething reports whether a text has anything that can be seen.
func ShowsSomething(s string) bool { return strings.IndexFunc(s, visible) >= 0 }

func visible(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !invisible(r)
}

// invisible reports whether a character is there to be seen nowhere: marks of direction,
// joiners, selectors, fillers.
func invisible(r rune) bool {
	if r < 0x80 {
		return false
	}
	return unicode.Is(unicode.Cf, r) && !unicode.Is(unicode.Prepended_Concatenation_Mark, r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) || r == '\u2800'
}

// plainName is a name without what makes no difference to the eye: invisible characters,
// and blanks but for single ones between words.
func plainName(s string) string {
	if plain(s) {
		return s
	}
	words := strings.FieldsFunc(s, unicode.IsSpace)
	for i, w := range words {
		words[i] = strings.Map(func(r rune) rune {
			if invisible(r) {
				return -1
			}
			return r
		}, w)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	return strings.Join(words, " ")
}

// plain reports of most names quickly that there is nothing to leave out.
func plain(s string) bool {
	last := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c >= 0x80 || c < ' ' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return last != ' '
}
