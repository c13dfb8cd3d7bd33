package analysis

import (
	"fmt"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// hedgeWords put a hedge into words. What is stated flatly or confirmed has none.
var hedgeWords = map[graph.Hedge]string{
	graph.Official: "by official account ", graph.ClaimedByActor: "by its own account ", graph.Reported: "reportedly ",
	graph.Believed: "as is believed, ", graph.Possible: "possibly ", graph.Suspected: "as is suspected, ",
	graph.Alleged: "allegedly ", graph.Pattern: "to judge by the pattern, ", graph.Rumoured: "as rumour has it, ",
	graph.Conditional: "if reports are correct, ", graph.Assessment: "in a writer's opinion ",
}

// HedgeWords are the words that hedge what is said, with a space after them; "" for
// what is stated flatly or confirmed.
func HedgeWords(h graph.Hedge) string { return hedgeWords[h] }

// Prose is a path in hedged, neutral sentences, one a hop, with numbered notes
// that name the sources of each.
func Prose(p *live.Path) string {
	if len(p.Hops) == 0 {
		return ""
	}
	var text, notes strings.Builder
	note := 0
	for _, h := range p.Hops {
		var marks []string
		cited, more := claims(h.Link)
		for _, c := range cited {
			note++
			marks = append(marks, fmt.Sprintf("[%d]", note))
			fmt.Fprintf(&notes, "\n[%d] %s", note, cite(c))
		}
		if more > 0 {
			fmt.Fprintf(&notes, "\n    and %d more of the same link", more)
		}
		fmt.Fprintf(&text, "%s %s.%s ", sentence(h), status(h.Link), strings.Join(marks, ""))
	}
	return strings.TrimSpace(strings.ReplaceAll(text.String(), " .", ".")) + "\n" + notes.String()
}

// sentence is a hop in words, without its full stop.
func sentence(h *live.Hop) string {
	kind := h.Link.Kind().Spec()
	phrase := kind.Forward
	if !h.Forward {
		phrase = kind.Backward
	}
	hedge, denial := hedgeWords[h.Link.Hedge()], ""
	if h.Link.Status() == graph.StatusDenied {
		denial, hedge = hedge+"it is denied that ", ""
		denial = strings.ToUpper(denial[:1]) + denial[1:]
	}
	from, to := h.From.Base().Name(), h.To.Base().Name()
	return denial + from + " " + fmt.Sprintf(phrase, hedge) + " " + to + as(h.Link) + when(h.Link)
}

// as is the role of whoever figures in an incident. Without it a victim could not
// be told from a perpetrator.
func as(l *live.Link) string {
	if l.Kind() != graph.ParticipatedIn {
		return ""
	}
	if role := l.Role(); role != nil {
		return ", in the role of " + strings.ToLower(strings.ReplaceAll(*role, "_", " "))
	}
	return ", in a role that is not said"
}

func when(l *live.Link) string {
	from, to := l.ValidFrom(), l.ValidTo()
	switch {
	case from != nil && to != nil && from.EDTF == to.EDTF:
		return " (" + from.EDTF + ")"
	case from != nil && to != nil:
		return " (" + oneEnd("from ", from) + ", " + oneEnd("until ", to) + ")"
	case from != nil:
		return " (" + oneEnd("from ", from) + ")"
	case to != nil:
		return " (" + oneEnd("until ", to) + ")"
	}
	return ""
}

// oneEnd is one end of the time of a link. A range says when the end lay, not how
// long the link held.
func oneEnd(word string, d *graph.PartialDate) string {
	first, last, ranged := strings.Cut(d.EDTF, "/")
	open := func(s string) bool { return s == "" || s == ".." }
	switch {
	case !ranged:
		return word + d.EDTF
	case open(first) && open(last):
		return word + "an unknown date"
	case open(first):
		return word + last + " or before"
	case open(last):
		return word + first + " or later"
	}
	return word + "some time between " + first + " and " + last
}

// status adds what a reader must know beside the hedge.
func status(l *live.Link) string {
	switch {
	case l.Disputed():
		return "(disputed)"
	case l.Contested():
		return "(contested)"
	case l.Status() == graph.StatusInferred:
		return "(inferred by a rule)"
	}
	return ""
}

// claims are the claims behind a link that count, at most five, and how many more
// there are.
func claims(l *live.Link) (cited []*live.Claim, more int) {
	first := 5
	page, err := l.ClaimPage(live.ClaimQuery{Page: page.Args{First: &first}})
	if err != nil {
		return nil, 0 // a first of five is never refused
	}
	cited = page.Nodes()
	return cited, page.TotalCount() - len(cited)
}

// cite names where a claim was read: title, publisher, date, place in the source,
// how it is worded there and the grades.
func cite(c *live.Claim) string {
	s := c.Source()
	parts := []string{s.Title()}
	if p := s.Publisher(); p != nil {
		parts = append(parts, *p)
	}
	if d := s.Published(); d != nil {
		parts = append(parts, d.EDTF)
	}
	if l := c.Locator(); l != nil {
		parts = append(parts, *l)
	}
	word := strings.ToLower(strings.ReplaceAll(string(c.Hedge()), "_", " "))
	if c.Polarity() != graph.Affirmed {
		word += ", " + strings.ToLower(strings.ReplaceAll(string(c.Polarity()), "_", " "))
	}
	return fmt.Sprintf("%s (%s; %s%d)", strings.Join(parts, ", "), word, s.Reliability(), c.Credibility())
}
