package formats

import (
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// LinkLine is a link with its ends and its times, looked up once for all columns.
type LinkLine struct {
	*live.Link
	in             live.CombinedIn
	source, target *live.EntityBase
	course         live.Course
	times          []times // of course.Held
	amounts        []*live.LinkAmount
	words          live.LinkWords
}

// times are the ends of an interval, as written.
type times struct{ from, to *graph.PartialDate }

// newLinkLine looks up the ends and the times of a link.
func newLinkLine(x combined[*live.Link]) *LinkLine {
	l := x.item
	line := &LinkLine{
		Link: l, in: x.in, source: l.Source().Base(), target: l.Target().Base(), course: l.Course(), amounts: l.Amounts(), words: l.Words(),
	}
	for _, i := range line.course.Held {
		line.times = append(line.times, times{i.From(), i.To()})
	}
	return line
}

// validFrom is ValidFrom.
func (l *LinkLine) validFrom() *graph.PartialDate {
	if len(l.times) == 0 {
		return nil
	}
	return l.times[0].from
}

// validTo is ValidTo.
func (l *LinkLine) validTo() *graph.PartialDate {
	if len(l.times) == 0 {
		return nil
	}
	return l.times[l.course.Last].to
}

// LinkTable is a link in a line.
var LinkTable = Table[*LinkLine]{
	{"id", "its id, l_ and a hash", func(r *Row, l *LinkLine) { r.plain(string(l.ID())) }},
	{"kind", "what joins the two", func(r *Row, l *LinkLine) { r.plain(string(l.Kind())) }},
	{
		"source", "the id of the entity that it starts from",
		func(r *Row, l *LinkLine) { r.plain(string(l.SourceID())) },
	},
	{"target", "the id of the entity that it leads to", func(r *Row, l *LinkLine) { r.plain(string(l.TargetID())) }},
	{"source_name", "its name", func(r *Row, l *LinkLine) { r.text(l.source.Name()) }},
	{"target_name", "its name", func(r *Row, l *LinkLine) { r.text(l.target.Name()) }},
	{"source_kind", "its kind", func(r *Row, l *LinkLine) { r.plain(string(l.source.Kind())) }},
	{"target_kind", "its kind", func(r *Row, l *LinkLine) { r.plain(string(l.target.Kind())) }},
	{
		"status", "how it stands: `ASSERTED`, `REPORTED`, `DISPUTED`, `DENIED` or `INFERRED`",
		func(r *Row, l *LinkLine) { r.plain(string(l.Status())) },
	},
	{
		"polarity", "`AFFIRMED`, or `DENIED` where claims only deny it",
		func(r *Row, l *LinkLine) { r.plain(string(polarity(l))) },
	},
	{"hedge", "how the best claim is worded", func(r *Row, l *LinkLine) { r.plain(string(l.Hedge())) }},
	{"credibility", "that of the best claim, 1 to 6", func(r *Row, l *LinkLine) { r.number(l.Credibility()) }},
	{
		"reliability", "the letter of the best claim's source, A to F",
		func(r *Row, l *LinkLine) { r.plain(string(l.Reliability())) },
	},
	{
		"independent_sources", "how many sources affirm it, those once that derive from one another or have it of one speaker",
		func(r *Row, l *LinkLine) { r.number(l.IndependentSources()) },
	},
	{"claims", "how many claims about it count, whichever way they speak", func(r *Row, l *LinkLine) {
		r.number(l.AffirmedCount() + l.DeniedCount() + l.NoEvidenceCount())
	}},
	{"affirmed", "how many of them affirm it", func(r *Row, l *LinkLine) { r.number(l.AffirmedCount()) }},
	{"denied", "how many deny it", func(r *Row, l *LinkLine) { r.number(l.DeniedCount()) }},
	{"no_evidence", "how many found no evidence of it", func(r *Row, l *LinkLine) { r.number(l.NoEvidenceCount()) }},
	{
		"disputed", "whether every claim that affirms it is outweighed by one against it",
		func(r *Row, l *LinkLine) { r.boolean(l.Disputed()) },
	},
	{"bearing", "what sort of tie it is, by its kind and its role", func(r *Row, l *LinkLine) { r.text(string(l.Bearing())) }},
	{
		"valid_from", "the earliest start that its claims give, as written (EDTF)",
		func(r *Row, l *LinkLine) { r.date(l.validFrom()) },
	},
	{"from_earliest", "the first day that may be", nil},
	{"from_latest", "the last day that may be", nil},
	{
		"valid_to", "the latest end that its claims give, as written (EDTF); empty where it may be going on",
		func(r *Row, l *LinkLine) { r.date(l.validTo()) },
	},
	{"to_earliest", "the first day that may be", nil},
	{"to_latest", "the last day that may be", nil},
	{
		"dates_disagree", "whether its claims' times have no day in common",
		func(r *Row, l *LinkLine) { r.boolean(l.DatesDisagree()) },
	},
	{"role", "the role of a membership or participation", func(r *Row, l *LinkLine) { r.text(l.words.Role) }},
	{"basis", "what an attribution rests on", func(r *Row, l *LinkLine) { r.text(string(l.words.Basis)) }},
	{"attributor", "the id of who makes an attribution", func(r *Row, l *LinkLine) { attributor(r, l) }},
	{
		"speakers", "who says so: `POLARITY:claims:who`, who being an id, or words where it is no entity (list)",
		func(r *Row, l *LinkLine) { speakers(r, l.Speakers()) },
	},
	{"modes", "what an alliance or support consists of (list)", func(r *Row, l *LinkLine) { list(r, l.Modes()) }},
	{"grade", "how close an alliance or how sharp a rivalry is", func(r *Row, l *LinkLine) { r.text(string(l.words.Grade)) }},
	{
		"source_is", "what the one that it starts from is to the other, of relatives, as claims say, best first (list)",
		func(r *Row, l *LinkLine) { list(r, l.SourceIs()) },
	},
	{"stage", "how far a charge went", func(r *Row, l *LinkLine) { r.text(l.words.Stage) }},
	{"nature", "in a word or two what it consists of", func(r *Row, l *LinkLine) { r.text(l.words.Nature) }},
	{"channel", "where responsibility was claimed", func(r *Row, l *LinkLine) { r.text(l.words.Channel) }},
	{
		"sources", "the ids of the sources in which the claims about it that count were read (list)",
		func(r *Row, l *LinkLine) { list(r, l.SourceIDs()) },
	},
	{
		"marking", "the strictest marking among the claims used and what they refer to",
		func(r *Row, l *LinkLine) { r.plain(string(l.Marking())) },
	},
	{
		"contested", "whether it is not disputed, though claims stand against some of those that affirm it",
		func(r *Row, l *LinkLine) { r.boolean(l.Contested()) },
	},
	{
		"contradicted_by", "the ids of the claims that stand against those that affirm it (list)",
		func(r *Row, l *LinkLine) { list(r, l.ContradictedByIDs()) },
	},
	{
		"direction", "`OUT` where it leads from source to target, `BOTH` where it has no direction",
		func(r *Row, l *LinkLine) { r.plain(string(l.Direction())) },
	},
	{
		"held", "the intervals in which it held, within the lives of its ends: `from:to`, each as written (EDTF), empty where nothing says (list)",
		held,
	},
	{
		"interrupted", "whether it is known to have ended before it held again",
		func(r *Row, l *LinkLine) { r.boolean(l.course.Interrupted) },
	},
	{
		"outside_life", "whether claims have it hold at times at which one of the two did not live or exist",
		func(r *Row, l *LinkLine) { r.boolean(l.OutsideLife()) },
	},
	{
		"amounts", "how much it was about, as claims say, best first: `low:best:high:unit`, what no claim bounds left empty (list)",
		func(r *Row, l *LinkLine) { list(r, amounts(l)) },
	},
	{
		"amounts_grade", "the grade of what `amounts` says (list)",
		func(r *Row, l *LinkLine) { grades(r, l.amounts) },
	},
	{
		"combined", "with `combine`, the views that have it: `FIRST`, `SECOND` or `BOTH`; what is said of it is by the first that has it",
		func(r *Row, l *LinkLine) { r.plain(string(l.in)) },
	},
}

// amounts are how much the link was about, each in a text.
func amounts(l *LinkLine) (out []string) {
	for _, a := range l.amounts {
		out = append(out, counted(a.Low, a.Best, a.High, a.Unit))
	}
	return out
}

func polarity(l *LinkLine) graph.Polarity {
	if l.AffirmedCount() > 0 {
		return graph.Affirmed
	}
	return graph.Denied
}

// held are the intervals in which the link held, each by its ends.
func held(r *Row, l *LinkLine) {
	r.beginList()
	for _, t := range l.times {
		r.beginItem()
		r.add(written(t.from))
		r.add(":")
		r.add(written(t.to))
	}
	r.endList()
}

func attributor(r *Row, l *LinkLine) {
	if l.words.Attributed {
		if a := l.Attributor(); a != nil {
			r.plain(string(a.Base().ID()))
			return
		}
	}
	r.plain("")
}
