package live

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
)

// TextHit is where all that is searched for was found: in the description of Entity, or
// in what a claim says where that is nil.
type TextHit struct {
	Entity Entity
	// Part is what of the two Excerpt was taken from.
	Part TextPart
	// Excerpt is the part of the text around the first hit, and all of a claim's own text
	// and excerpt; Start and End say where the hit is in it, in Unicode code points.
	Excerpt    string
	Start, End int
	// Score is higher for rarer words, more of them and shorter texts.
	Score  float64
	v      *View
	is     said // that says what Entity is described as
	row    ClaimRow
	parts  []textPart
	id     graph.ID
	begins [][]place // of each term, where it begins
}

// TextPart is a part of what is written in which words are looked for.
type TextPart string

// The parts, in the order in which a claim's are shown.
const (
	InDescription TextPart = "DESCRIPTION"
	InText        TextPart = "TEXT"
	InExcerpt     TextPart = "EXCERPT"
	InValue       TextPart = "VALUE"
	InNature      TextPart = "NATURE"
)

// TextParts lists the parts.
var TextParts = []TextPart{InDescription, InText, InExcerpt, InValue, InNature}

// textPart is one part of what is written, and its words.
type textPart struct {
	part  TextPart
	text  string
	words []token
}

// place is a word of a part.
type place struct{ part, word int }

// parted takes a part apart; nil for one without a word.
func parted(part TextPart, text string) []textPart {
	if text == "" {
		return nil
	}
	return []textPart{{part, text, tokens(text)}}
}

// written are the parts of what a claim says in words. Names and what else is said of an
// entity itself is found by its names and its description.
func (v *View) written(r ClaimRow) []textPart {
	c := v.encoded(r)
	parts := append(parted(InText, c.text("text")), parted(InExcerpt, c.text("excerpt"))...)
	if value := encodedClaim(c.field("value")); value != nil && !graph.Predicate(c.text("predicate")).Spec().Naming {
		parts = append(parts, parted(InValue, value.text("text"))...)
	}
	return append(parts, parted(InNature, c.text("nature"))...)
}

// Assessment reports whether it is a writer's opinion or forecast.
func (h *TextHit) Assessment() bool { return h.Claim().Hedge() == graph.Assessment }

// Claim is the claim that says it, or that describes the entity.
func (h *TextHit) Claim() *Claim {
	if h.Entity == nil {
		return h.v.claim(h.row)
	}
	return h.v.claimOf(&h.is)
}

// TextQuery looks for words in descriptions and in what claims say.
type TextQuery struct {
	Text  string
	Kinds []graph.EntityKind // of entities that are described, or that a claim is about; empty is all
	Page  page.Args
}

// term is a word or a phrase.
type term struct {
	words  []string
	prefix bool // the last word may go on
	not    bool
}

// parseText splits a text into terms: words, phrases in quotation marks, and those
// left out with a minus before them. The last word may be the beginning of one.
func parseText(s string) (want, not []term) {
	quoted := false
	for i, part := range strings.Split(s, `"`) {
		quoted = i%2 == 1
		if quoted {
			if t := (term{words: wordsOf(part)}); len(t.words) > 0 {
				before := strings.Split(s, `"`)[i-1]
				t.not = strings.HasSuffix(before, "-") && (len(before) == 1 || before[len(before)-2] == ' ')
				want, not = sorted(t, want, not)
			}
			continue
		}
		for _, field := range strings.Fields(part) {
			if t := (term{words: wordsOf(field), not: strings.HasPrefix(field, "-")}); len(t.words) > 0 {
				want, not = sorted(t, want, not)
			}
		}
	}
	if n := len(want); n > 0 && !strings.HasSuffix(s, `"`) && !strings.HasSuffix(s, " ") && !quoted {
		want[n-1].prefix = true
	}
	return want, not
}

func sorted(t term, want, not []term) ([]term, []term) {
	if t.not {
		return want, append(not, t)
	}
	return append(want, t), not
}

func wordsOf(s string) (out []string) {
	for _, t := range tokens(s) {
		out = append(out, t.word)
	}
	return out
}

// in lists where in the parts the term begins.
func (t *term) in(parts []textPart) (out []place) {
	for p := range parts {
		for _, word := range t.within(parts[p].words) {
			out = append(out, place{p, word})
		}
	}
	return out
}

// within lists the words at which the term begins.
func (t *term) within(text []token) (out []int) {
	for i := range text {
		if i+len(t.words) > len(text) {
			break
		}
		ok := true
		for j, w := range t.words {
			has := text[i+j].word
			ok = ok && (has == w || t.prefix && j == len(t.words)-1 && strings.HasPrefix(has, w))
		}
		if ok {
			out = append(out, i)
		}
	}
	return out
}

// SearchText finds descriptions and claims that hold all terms and none of those left
// out; best first. Opinions are found whether or not the lens lets them count, and say
// what they are. Nothing that is hidden has any say in the order.
func (v *View) SearchText(q TextQuery) (*page.Connection[*TextHit], error) {
	if err := checkLength("text", q.Text, maxTextQuery); err != nil {
		return nil, err
	}
	want, not := parseText(q.Text)
	if n := len(want) + len(not); n > maxTerms {
		return nil, graph.Invalid("TOO_MANY", "text", fmt.Sprintf("there are %d words, at most %d are taken", n, maxTerms),
			"give those that tell most")
	}
	if len(want) == 0 {
		return nil, graph.Invalid("MISSING", "text",
			"there is no word to search for", "give one or more, without a minus")
	}
	hits := v.textHits(want, not, q.Kinds)
	l := page.List[*TextHit]{
		Name: "text:" + names.Folded(q.Text), ID: func(h *TextHit) graph.ID { return h.id },
		Desc:  []bool{true, false},
		Keys:  func(h *TextHit) []page.Key { return []page.Key{page.NumberKey(h.Score), page.TextKey(string(h.id))} },
		Items: slices.Values(hits),
	}
	return l.Page(q.Page)
}

// How long a text may be that is searched for, in bytes, and in words and phrases.
const (
	maxTextQuery = 1000
	maxTerms     = 20
)

// textHits are the texts that hold all terms and none of those left out.
func (v *View) textHits(want, not []term, kinds []graph.EntityKind) []*TextHit {
	var hits []*TextHit
	texts := 0
	holding := make([]int, len(want)) // texts that hold each term
	for h := range v.textsWith(want, kinds, &texts) {
		all := true
		for i := range want {
			at := want[i].in(h.parts)
			all = all && len(at) > 0
			if len(at) > 0 {
				holding[i]++
			}
			h.begins = append(h.begins, at)
		}
		if all && !slices.ContainsFunc(not, func(t term) bool { return len(t.in(h.parts)) > 0 }) {
			hits = append(hits, h)
		}
	}
	mean := 0.0
	for _, h := range hits {
		mean += float64(h.length()) / float64(len(hits))
	}
	for _, h := range hits {
		h.rate(holding, texts, mean)
		h.cut()
	}
	return hits
}

// length is how many words it has.
func (h *TextHit) length() (n int) {
	for i := range h.parts {
		n += len(h.parts[i].words)
	}
	return n
}

// rate is BM25, with lengths measured against those of the hits.
func (h *TextHit) rate(holding []int, texts int, mean float64) {
	const k, b = 1.2, 0.75
	for i, at := range h.begins {
		n, of := float64(len(at)), float64(holding[i])
		rarity := math.Log(1 + (float64(texts)-of+0.5)/(of+0.5))
		h.Score += rarity * n * (k + 1) / (n + k*(1-b+b*float64(h.length())/mean))
	}
	h.Score = math.Round(h.Score*1e6) / 1e6
}

// cut takes the excerpt around the first word of the first term that the first part has
// which has any. What is ours or short is shown whole, so that no hedge is cut off.
func (h *TextHit) cut() {
	const around = 80
	at := slices.MinFunc(slices.Concat(h.firsts()...), func(a, b place) int { return cmp.Compare(a.part, b.part) })
	p := &h.parts[at.part]
	first, all := p.words[at.word], []rune(p.text)
	from, to := 0, len(all)
	if p.part != InText && p.part != InExcerpt {
		from, to = max(0, first.from-around), min(len(all), first.to+around)
	}
	h.Part, h.Excerpt, h.Start, h.End = p.part, string(all[from:to]), first.from-from, first.to-from
}

// firsts are the first places of each term in each part.
func (h *TextHit) firsts() [][]place {
	out := make([][]place, len(h.begins))
	for i, at := range h.begins {
		out[i] = slices.CompactFunc(slices.Clone(at), func(a, b place) bool { return a.part == b.part })
	}
	return out
}

// textsWith yields the texts that may hold a term, and counts all that there are.
func (v *View) textsWith(want []term, kinds []graph.EntityKind, count *int) iter.Seq[*TextHit] {
	return func(yield func(*TextHit) bool) {
		for e := range v.Entities(kinds...) {
			for _, m := range v.resolution.cluster(e.Base().row) { // each of those that are the same has one
				d, ok := v.bestAlone(m, graph.Description)
				if !ok {
					continue
				}
				v.meter.Continue(textSlots)
				*count++
				if !yield(&TextHit{
					Entity: e, v: v, is: d, parts: parted(InDescription, d.text), id: v.g.entities.at(m).id,
				}) {
					return
				}
			}
		}
		rows, candidates := v.worded(want)
		for _, r := range rows {
			if !v.meter.Continue(claimSlots) {
				return
			}
			if r >= v.sizes.claims || !v.tells(r) || !v.about(r, kinds) {
				continue
			}
			*count++
			if _, may := slices.BinarySearch(candidates, r); may {
				v.meter.Continue(textSlots)
				if !yield(&TextHit{v: v, row: r, parts: v.written(r), id: (&Claim{v: v, row: r}).ID()}) {
					return
				}
			}
		}
	}
}

// tells reports whether the claim counts, or would if the lens let opinions count.
func (v *View) tells(r ClaimRow) bool {
	e, reason, known := v.assess(r)
	if reason == graph.IsAssessment {
		reason = v.filter.Excuses(&e)
	}
	return known && reason == "" && !v.lost(v.g.claims.at(r))
}

// worded are the claims that say something in words, and those whose words may hold a term.
func (v *View) worded(want []term) (rows, candidates []ClaimRow) {
	x := &v.g.wording
	x.mu.Lock()
	defer x.mu.Unlock()
	x.upTo(v)
	for i := range want {
		candidates = append(candidates, x.of(&want[i])...)
	}
	slices.Sort(candidates)
	return x.rows, slices.Compact(candidates)
}

// about reports whether a claim is about an entity of the kinds.
func (v *View) about(r ClaimRow, kinds []graph.EntityKind) bool {
	if len(kinds) == 0 {
		return true
	}
	c := &Claim{v: v, row: r}
	for _, e := range []Entity{c.Subject(), c.Object()} {
		if e != nil && slices.Contains(kinds, e.Base().Kind()) {
			return true
		}
	}
	return false
}

// token is one word of a text: folded, and where it stands in code points.
type token struct {
	word     string
	from, to int
}

// tokens are the words of a text, in order: runs of letters, signs and digits.
func tokens(s string) []token {
	var out []token
	at, from, start := 0, -1, 0
	end := func(byteAt int) {
		if from < 0 {
			return
		}
		if w := names.Folded(s[start:byteAt]); w != "" {
			out = append(out, token{w, from, at})
		}
		from = -1
	}
	for i, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\u200C' || r == '\u200D'
		switch {
		case inside && from < 0:
			from, start = at, i
		case !inside:
			end(i)
		}
		at++
	}
	end(len(s))
	return out
}

// textIndex knows which claims' words hold a word. What a claim says never changes, so
// that rows are only ever added; which of them count is for the view.
type textIndex struct {
	mu    sync.Mutex
	next  ClaimRow
	rows  []ClaimRow // claims that say something in words
	words map[string][]ClaimRow
}

// upTo reads the claims that were recorded since it was last asked.
func (x *textIndex) upTo(v *View) {
	if x.words == nil {
		x.words = map[string][]ClaimRow{}
	}
	for ; x.next < v.sizes.claims; x.next++ {
		parts := v.written(x.next)
		if len(parts) == 0 {
			continue
		}
		x.rows = append(x.rows, x.next)
		for i := range parts {
			for _, t := range parts[i].words {
				if rows := x.words[t.word]; len(rows) == 0 || rows[len(rows)-1] != x.next {
					x.words[t.word] = append(rows, x.next)
				}
			}
		}
	}
}

// of lists the claims whose words may hold the term, in order.
func (x *textIndex) of(t *term) []ClaimRow {
	if !t.prefix {
		return slices.Clone(x.words[t.words[0]])
	}
	last := t.words[len(t.words)-1]
	if len(t.words) > 1 {
		return slices.Clone(x.words[t.words[0]])
	}
	var out []ClaimRow
	for w, rows := range x.words {
		if strings.HasPrefix(w, last) {
			out = append(out, rows...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
