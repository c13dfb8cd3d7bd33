package analysis

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/page"
)

// hedgeWords put a hedge into words, where they do not name who speaks. What is stated flatly
// or confirmed has none.
var hedgeWords = map[graph.Hedge]string{
	graph.Official: "by official account ", graph.ClaimedByActor: "by an actor's account ", graph.Reported: "reportedly ",
	graph.Believed: "as is believed, ", graph.Possible: "possibly ", graph.Suspected: "as is suspected, ",
	graph.Alleged: "allegedly ", graph.Pattern: "to judge by the pattern, ", graph.Rumoured: "as rumour has it, ",
	graph.Conditional: "if reports are correct, ", graph.Assessment: "in a writer's opinion, ",
}

// accusing says what the word of an accuser is, by its hedge; nothing of what is told as
// sure, or as the accuser's own.
var accusing = map[graph.Hedge]string{
	graph.Reported: "as is reported", graph.Believed: "as a belief", graph.Possible: "as a possibility",
	graph.Suspected: "as a suspicion", graph.Alleged: "as an allegation", graph.Pattern: "to judge by the pattern",
	graph.Rumoured: "as rumour has it", graph.Conditional: "if reports are correct", graph.Assessment: "as an opinion",
}

// wording is how what claims say is told: the words before the verb, with a space after
// them, and who speaks, with a comma before it. Both may be empty.
type wording struct{ hedge, speakers string }

// spoken is what Link and Attribute tell of who speaks.
type spoken interface {
	Hedge() graph.Hedge
	SpokenLikeBest() (speakers []*live.Speaker, plain bool)
}

// worded is how something is told of a subject: by its own account, where it says so
// itself; according to whoever else does.
func worded(s spoken, subject live.Entity) wording {
	hedge := s.Hedge()
	words := hedgeWords[hedge]
	speakers, plain := s.SpokenLikeBest()
	if plain {
		return wording{hedge: words}
	}
	own, others, named := "", []*live.Speaker{}, len(speakers) > 0
	for _, who := range speakers {
		switch e := who.Entity(); {
		case who.Role() == graph.IsUnnamed:
			named = false
		case e != nil && subject != nil && e.Base().ID() == subject.Base().ID():
			own = ownAccount(subject)
		default:
			others = append(others, who)
		}
	}
	if named && (hedge == graph.Official || hedge == graph.ClaimedByActor) {
		words = ""
	}
	w := wording{hedge: words + own}
	if len(others) > 0 {
		w.speakers = ", according to " + listed(others)
		if own != "" {
			w.speakers = ", and according to " + listed(others)
		}
	}
	return w
}

func ownAccount(e live.Entity) string {
	if e.Base().Kind() == graph.Individual {
		return "by their own account "
	}
	return "by its own account "
}

// listedSpeakers is how many speakers a sentence names.
const listedSpeakers = 3

// listed names speakers, as enumerated does.
func listed(speakers []*live.Speaker) string {
	names := []string{}
	for _, who := range speakers {
		names = append(names, speakerName(who))
	}
	return enumerated(names)
}

// enumerated gives names, at most three, and says how many more there are.
func enumerated(names []string) string {
	if more := len(names) - listedSpeakers; more > 0 {
		names = append(names[:listedSpeakers:listedSpeakers], fmt.Sprintf("%d more", more))
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

func speakerName(who *live.Speaker) string {
	switch e := who.Entity(); {
	case e != nil:
		return e.Base().Name()
	case who.Role() == graph.IsUnnamed:
		return "an unnamed official"
	case who.Role() == graph.IsPublisher:
		return fmt.Sprintf("the %s published by %s", inWords(who.Document()), *who.Text())
	}
	return *who.Text()
}

// inWords is a word of the schema as a sentence has it.
func inWords[T ~string](word T) string {
	return strings.ToLower(strings.ReplaceAll(string(word), "_", " "))
}

// HedgedValue is a value of an entity's attribute, given in words, with those that hedge it
// and who says so.
func HedgedValue(a *live.Attribute, of live.Entity, value string) string {
	w := worded(a, of)
	return w.hedge + value + w.speakers + noted(doubts(a.Hedge(), a.Credibility()))
}

// noted puts what a reader must know into brackets, with a space before them.
func noted(notes []string) string {
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, "; ") + ")"
}

// doubts tell a grade that is worse than the words of the hedge let one think.
func doubts(h graph.Hedge, credibility int) []string {
	switch {
	case credibility == h.DefaultCredibility():
	case credibility == graph.Improbable:
		return []string{"judged improbable"}
	case credibility == graph.CannotBeJudged:
		return []string{"it cannot be judged whether it is true"}
	}
	return nil
}

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
		fmt.Fprintf(&text, "%s%s.%s ", sentence(h), status(h.Link), strings.Join(marks, ""))
	}
	return strings.TrimSpace(text.String()) + "\n" + notes.String()
}

// sentence is a hop in words, without its full stop.
func sentence(h *live.Hop) string {
	l := h.Link
	switch by := l.Attributor(); {
	case l.Status() == graph.StatusDenied:
		return denial(h) + phrase(h, "") + as(h) + when(l)
	case by != nil && l.Kind() == graph.AttributedTo && by.Base().ID() != l.TargetID():
		return accusation(h, by) + when(l)
	}
	w := worded(h.Link, h.From)
	return phrase(h, w.hedge) + as(h) + w.speakers + amounts(l) + when(l)
}

// phrase says what joins the two ends, with the words that hedge it.
func phrase(h *live.Hop, hedge string) string {
	kind := h.Link.Kind().Spec()
	words := kind.Forward
	if !h.Forward {
		words = kind.Backward
	}
	return h.From.Base().Name() + hedged(words, hedge) + " " + h.To.Base().Name()
}

// hedged puts a hedge into words that have a place for it: between commas if it ends in one.
func hedged(words, hedge string) string {
	if words = " " + words; strings.Contains(hedge, ", ") {
		words = strings.Replace(words, " %s", ", %s", 1)
	}
	return fmt.Sprintf(words, hedge)
}

// denial begins the sentence of a link that is only denied.
func denial(h *live.Hop) string {
	words, by := "it is denied ", hedgeWords[h.Link.Hedge()]
	if speakers, plain := h.Link.SpokenLikeBest(); !plain && !isUnnamed(speakers) {
		words += "by " + listed(speakers) + " "
		if hedge := h.Link.Hedge(); hedge == graph.Official || hedge == graph.ClaimedByActor {
			by = ""
		}
	}
	words = by + words + "that "
	return strings.ToUpper(words[:1]) + words[1:]
}

// isUnnamed reports whether one unnamed official alone speaks.
func isUnnamed(speakers []*live.Speaker) bool {
	return len(speakers) == 1 && speakers[0].Role() == graph.IsUnnamed
}

// accusation is an attribution by somebody: who accuses whom of what.
func accusation(h *live.Hop, by live.Entity) string {
	verb := " is attributed to "
	if !h.Forward {
		verb = " is accused of "
	}
	text := h.From.Base().Name() + verb + h.To.Base().Name() + " by " + by.Base().Name()
	if word := accusing[h.Link.Hedge()]; word != "" {
		text += ", " + word
	}
	return text + worded(h.Link, by).speakers
}

// as is the role of whoever figures in an incident or was a party to it, the layer of a tie
// between associates, or what relative one is of the other. Without it a victim could not be
// told from a perpetrator, nor an uncle from a nephew.
func as(h *live.Hop) string {
	role := h.Link.Role()
	switch kind := h.Link.Kind(); {
	case kind == graph.KinOf:
		return asRelative(h)
	case kind == graph.ParticipatedIn && role == nil:
		return ", in a role that is not said"
	case kind == graph.ParticipatedIn:
		return ", in the role of " + inWords(*role)
	case kind == graph.PartyTo && role != nil:
		return asParty[*role]
	case kind == graph.AssociateOf && role != nil:
		return fmt.Sprintf(", in the layer %q", *role)
	}
	return ""
}

var asParty = map[string]string{
	graph.RoleAttacker: ", as an attacker", graph.RoleDefender: ", as one who was attacked", graph.RoleSideA: ", on side A",
	graph.RoleSideB: ", on side B", graph.RoleMediator: ", as a mediator", graph.RoleSignatory: ", as a signatory",
}

// asRelative says what the one that a hop starts from is to the other, as claims have it.
func asRelative(h *live.Hop) string {
	var told []string
	for _, given := range h.Link.DegreesGiven() {
		d := given.Degree
		if !h.Forward {
			d = d.Inverse()
		}
		if d == graph.DegreeUnspecified {
			continue
		}
		text := terms[letters[d]]
		if given.Hedge != h.Link.Hedge() || given.Credibility != h.Link.Credibility() {
			text = hedgeWords[given.Hedge] + text + noted(doubts(given.Hedge, given.Credibility))
		}
		told = append(told, text)
	}
	switch len(told) {
	case 0:
		return ""
	case 1:
		return ": " + told[0]
	}
	return ": " + strings.Join(told, ", or ") + " (claims differ)"
}

// amounts say how much a link was about, with the hedge of each that has another than the link.
func amounts(l *live.Link) string {
	var told []string
	for _, a := range l.Amounts() {
		text := amount(&a.Amount)
		if a.Hedge() != l.Hedge() || a.Credibility() != l.Credibility() {
			text = hedgeWords[a.Hedge()] + text + noted(doubts(a.Hedge(), a.Credibility()))
		}
		told = append(told, text)
	}
	if len(told) == 0 {
		return ""
	}
	return ", of " + enumerated(told)
}

// amount is an amount in words.
func amount(a *graph.Amount) string {
	number := func(f *float64) string { return strconv.FormatFloat(*f, 'f', -1, 64) }
	var text string
	switch {
	case a.Low != nil && a.High != nil:
		text = number(a.Low) + " to " + number(a.High)
	case a.Low != nil:
		text = "at least " + number(a.Low)
	case a.High != nil:
		text = "at most " + number(a.High)
	default:
		return number(a.Best) + " " + a.Unit
	}
	if a.Best != nil {
		text += ", best " + number(a.Best) + ","
	}
	return text + " " + a.Unit
}

// maxSpells is how many of the intervals in which a link held are told.
const maxSpells = 5

// when tells in which intervals a link held.
func when(l *live.Link) string {
	var told []string
	for _, i := range l.Held() {
		if len(told) == maxSpells {
			told = append(told, "and more")
			break
		}
		told = append(told, spell(i.From(), i.To()))
	}
	if len(told) == 0 {
		return ""
	}
	return " (" + strings.Join(told, "; ") + ")"
}

// spell tells of one interval. One of which both ends lie within the same dates is at some
// time in these.
func spell(from, to *graph.PartialDate) string {
	switch {
	case from != nil && to != nil && from.EDTF == to.EDTF:
		return oneEnd("", from)
	case from != nil && to != nil:
		return oneEnd("from ", from) + ", " + oneEnd("until ", to)
	case from != nil:
		return oneEnd("from ", from)
	}
	return oneEnd("until ", to)
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

// status adds what a reader must know beside the hedge: that the link is disputed or contested,
// who denies it, that a rule inferred it, that it is hardly to be believed.
func status(l *live.Link) string {
	var notes []string
	switch {
	case l.Disputed():
		notes = append(notes, "disputed")
	case l.Contested():
		notes = append(notes, "contested")
	case l.Status() == graph.StatusInferred:
		notes = append(notes, "inferred by a rule")
	}
	if l.AffirmedCount() > 0 {
		notes = append(notes, denied(l)...)
	}
	if l.OutsideLife() {
		notes = append(notes, "at a time at which one of the two did not live or exist")
	}
	return noted(append(notes, doubts(l.Hedge(), l.Credibility())...))
}

// denied says who denies what claims affirm, and so whom the link accuses where he denies what
// happened.
func denied(l *live.Link) []string {
	var by []string
	name := func(who string) {
		if !slices.Contains(by, who) {
			by = append(by, who)
		}
	}
	for _, who := range l.Speakers() {
		if who.Polarity == graph.Denied {
			name(speakerName(who))
		}
	}
	if l.Disputed() || l.Contested() {
		for _, c := range l.ContradictedBy() {
			if e := c.Subject(); e != nil && c.Predicate() == graph.DeniedResponsibility && c.Polarity() == graph.Affirmed {
				name(e.Base().Name())
			}
		}
	}
	switch {
	case len(by) > 0:
		return []string{"denied by " + enumerated(by)}
	case l.DeniedCount() > 0:
		return []string{"denied"}
	}
	return nil
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

// cite names where a claim was read: title, publisher, date, place in the source, what that
// relies on, how it is worded there, who says so, and the grades.
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
	if o := c.Origin(); o != nil {
		parts = append(parts, "relying on "+o.Title())
	}
	word := inWords(c.Hedge()) + spokenBy(c)
	if c.Polarity() != graph.Affirmed {
		word += ", " + inWords(c.Polarity())
	}
	return fmt.Sprintf("%s (%s; %s%d)", strings.Join(parts, ", "), word, s.Reliability(), c.Credibility())
}

// spokenBy is whom a claim quotes, or who makes the attribution, with a comma before it; nothing
// where it is the source's own word.
func spokenBy(c *live.Claim) string {
	switch text, by := c.SpeakerText(), c.Attributor(); {
	case c.Speaker() != nil:
		return ", said by " + c.Speaker().Base().Name()
	case text != nil:
		return ", said by " + *text
	case by != nil:
		return ", attributed by " + by.Base().Name()
	}
	return ""
}
