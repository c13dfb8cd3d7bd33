package live_test

import (
	"cmp"
	"slices"

	"github.com/rabta/rabta/graph"
)

// saying is one claim that names or describes an entity, out of a line or by itself.
type saying struct {
	graph.Claim
	outside bool
	stamp   int
	order   []int // in the feed
	member  int   // of those that are the same
}

// asked reports whether a value is told that has no name's need of being shown.
func (s saying) asked() bool { return !s.outside || s.Source == graph.AsRecorded }

// sayings are what is said of an entity under a predicate, in the order of lines and then of
// claims, without what is retracted, withdrawn or not affirmed.
func (o *oracle) sayings(id graph.ID, p graph.Predicate) []saying {
	var out []saying
	for i, ch := range o.feed {
		for j, e := range ch.Entities {
			if e.ID != id {
				continue
			}
			for at, c := range expanded(e, p) {
				again := slices.ContainsFunc(out, func(s saying) bool { return s.ID == c.ID && s.order[0]*1000+s.order[2] < i*1000+j })
				if !again && !o.withdrawn[c.Source] && (c.Source == graph.AsRecorded || !o.leftOut(c)) {
					out = append(out, saying{c, o.leaves(c) != "", max(o.level[id], o.level[c.Source]), []int{i, 0, j, at}, 0})
				}
			}
		}
	}
	for row, c := range o.rows {
		if c.Subject != id || c.Predicate != p || c.Polarity != graph.Affirmed ||
			!o.isCurrent(row) || o.gone(row) || o.leftOut(c) {
			continue
		}
		out = append(out, saying{
			c, o.leaves(c) != "", levelOf(o.marking([]int{row})), []int{o.commits[row], 1, row, 0}, 0,
		})
	}
	return out
}

// expanded are the claims of one predicate that a line stands for; what it says twice is
// there twice.
func expanded(e graph.Entity, p graph.Predicate) []graph.Claim {
	said := func(source graph.ID, v graph.Value) graph.Claim {
		c := graph.Claim{Subject: e.ID, Predicate: p, Source: cmp.Or(source, graph.AsRecorded), Hedge: graph.Stated, Value: &v}
		return c.Normalised()
	}
	var out []graph.Claim
	texts := map[graph.Predicate][]string{
		graph.Description: {e.Description}, graph.SubtypeOf: {e.Subtype}, graph.ExternalID: e.External,
	}[p]
	for _, text := range texts {
		if text != "" {
			out = append(out, said("", graph.Value{Text: text}))
		}
	}
	if p == graph.NameOf {
		for _, n := range e.Names {
			out = append(out, said(n.Source, graph.Value{Text: n.Value, Lang: n.Lang, Primary: n.Primary}))
		}
	}
	return out
}

// grade is how well a saying is supported.
func (o *oracle) grade(s saying) []int {
	letter, recorded := 5, 0
	if s.Source == graph.AsRecorded {
		recorded = 1
	} else {
		is := o.sources[s.Source]
		letter = slices.Index(graph.Reliabilities, is.Letter())
	}
	return []int{s.Credibility, recorded, letter}
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// later puts the stricter stamp first, then the later record, in which what is before.
func later(s saying) []int {
	return []int{-s.stamp, -s.order[0], s.member, -s.order[1], -s.order[2], s.order[3]}
}

// nameRank orders names by which is to be shown.
func (o *oracle) nameRank(s saying) []int {
	form := s.Value.Form
	if form == graph.FormFormer && o.lens.AsOf != nil && !s.outside && !(s.ValidFrom.IsZero() && s.ValidTo.IsZero()) {
		form = graph.FormFull
	}
	rank := []int{bit(s.outside), bit(form == graph.FormWeak), bit(!s.Value.Primary)}
	if s.Value.Primary {
		rank = append(rank, later(s)...)
	}
	forms := []graph.NameForm{"FULL", "TRANSCRIPTION", "TRANSLATION", "SHORT", "ACRONYM", "FORMER", "WEAK"}
	rank = append(append(rank, o.grade(s)...), slices.Index(forms, form))
	return append(rank, s.order...)
}

func (o *oracle) bestSaying(list []saying, rank func(saying) []int) saying {
	return slices.MinFunc(list, func(a, b saying) int { return slices.Compare(rank(a), rank(b)) })
}

// told are the values that are said under a predicate that describes, best first.
func (o *oracle) told(id graph.ID, p graph.Predicate) (out []dumpAttribute) {
	rank := func(s saying) []int { return slices.Concat([]int{s.member, bit(s.outside)}, o.grade(s), later(s)) }
	byValue := map[string][]saying{}
	for i, m := range o.cluster(o.of(id)) {
		list := slices.DeleteFunc(o.sayings(m, p), func(s saying) bool { return !s.asked() })
		for j := range list {
			list[j].member = i
		}
		lines := slices.DeleteFunc(slices.Clone(list), func(s saying) bool { return s.order[1] != 0 })
		for _, s := range list {
			last := s.order[1] != 0 || p == graph.ExternalID || s.ID == o.bestSaying(lines, rank).ID
			if value := valueText(s.Value); last {
				byValue[value] = append(byValue[value], s)
			}
		}
	}
	var values [][]saying
	for _, list := range byValue {
		slices.SortFunc(list, func(a, b saying) int { return slices.Compare(rank(a), rank(b)) })
		values = append(values, list)
	}
	slices.SortFunc(values, func(a, b []saying) int { return slices.Compare(rank(a[0]), rank(b[0])) })
	for _, list := range values {
		a := o.telling(list)
		a.Rival = len(values) > 1
		asked := dumpLink{Independent: a.Independent}
		if a.Disputed {
			asked.Status = graph.StatusDisputed
		}
		recorded := slices.ContainsFunc(list, func(s saying) bool { return s.Source == graph.AsRecorded })
		if recorded || o.hides(asked) == "" {
			out = append(out, a)
		}
	}
	return out
}

// telling is one value, or name, of those that say it.
func (o *oracle) telling(list []saying) dumpAttribute {
	rows := len(o.rows)
	defer func() { o.rows = o.rows[:rows] }()
	first, affirmed, sourced, lines := list[0], []int{}, []int{}, []graph.ID{}
	level := 0
	byLog := slices.Clone(list)
	slices.SortFunc(byLog, func(a, b saying) int {
		return slices.Compare(append([]int{a.member}, a.order...), append([]int{b.member}, b.order...))
	})
	for _, s := range byLog {
		level = max(level, s.stamp)
		row := s.order[2]
		if s.order[1] == 0 { // a line, which comes after what claims say
			row, lines = len(o.rows), append(lines, s.ID)
			o.rows = append(o.rows, s.Claim)
		}
		affirmed = append(affirmed, row)
		if s.Source != graph.AsRecorded {
			sourced = append(sourced, row)
		}
	}
	said := slices.DeleteFunc(slices.Clone(affirmed), func(r int) bool { return r >= rows })
	for r := range rows {
		c := o.rows[r]
		same := c.Value != nil && c.Value.Text == first.Value.Text && c.Value.Lang == first.Value.Lang
		of := o.of(c.Subject) == o.of(first.Subject)
		if c.Predicate == first.Predicate && same && of && c.Polarity != graph.Affirmed && o.counts(r) {
			said, level = append(said, r), max(level, o.claimLevel(c))
		}
	}
	slices.Sort(said)
	denied := o.by(said, graph.Denied)
	w := o.weigh(affirmed, func(r int) []int { return append(o.denying(r, denied), o.against(r)...) }, "")
	best := o.rows[o.best(affirmed)]
	return dumpAttribute{
		Predicate: first.Predicate, Value: valueText(first.Value), Polarity: graph.Affirmed, Credibility: best.Credibility,
		Hedge: best.Hedge, Marking: graph.Markings[level], Independent: o.independent(sourced), Disputed: w.disputed,
		Contested: w.contested, Speakers: o.speakers(said), Claims: append(lines, o.ids(said)...),
	}
}

// sameBy are the claims that join what an entity stands for.
func (o *oracle) sameBy(id graph.ID) (out []int) {
	for _, r := range o.counting() {
		c := o.rows[r]
		if c.Predicate == graph.SameAs && c.Polarity == graph.Affirmed && o.joined[[2]graph.ID{min(c.Subject, c.Object), max(c.Subject, c.Object)}] &&
			o.of(c.Subject) == id {
			out = append(out, r)
		}
	}
	return out
}

// names is the name to show for entities that are the same, all of their names, and whether
// none of them counts.
func (o *oracle) names(members []graph.ID) (shown string, names []dumpName, outside bool) {
	var all, counting []saying
	of := map[[2]string][]saying{}
	for i, m := range members {
		for _, s := range o.sayings(m, graph.NameOf) {
			s.member = i
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return string(members[0]), nil, true
	}
	first := o.bestSaying(all, o.nameRank)
	for _, s := range all {
		if !s.outside || first.outside && slices.Equal(s.order, first.order) && s.Subject == first.Subject {
			counting = append(counting, s)
		}
	}
	for _, s := range counting {
		key := [2]string{s.Value.Text, s.Value.Lang}
		if of[key] == nil {
			names = append(names, dumpName{Value: s.Value.Text, Lang: s.Value.Lang})
		}
		of[key] = append(of[key], s)
	}
	for i := range names {
		n := &names[i]
		list := of[[2]string{n.Value, n.Lang}]
		best := o.bestSaying(list, o.nameRank)
		n.Form = graph.NameForms[o.nameRank(best)[len(o.nameRank(best))-5]]
		n.Primary = best.Value.Primary && n.Value == first.Value.Text && n.Lang == first.Value.Lang
		a := o.telling(list)
		n.Grade = dumpGrade{a.Credibility, a.Hedge, a.Disputed, a.Contested, a.Speakers}
		for _, s := range list {
			if !slices.Contains(n.Claims, s.ID) {
				n.Claims = append(n.Claims, s.ID)
			}
		}
		sourced := slices.DeleteFunc(list, func(s saying) bool { return s.Source == graph.AsRecorded })
		if len(sourced) > 0 {
			n.Source = o.bestSaying(sourced, o.nameRank).Source
		}
	}
	return first.Value.Text, names, first.outside
}
