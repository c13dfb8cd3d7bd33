package live

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/rabta/rabta/gazetteer"
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live/internal/fulltext"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/page"
)

// SearchMatch says how a name matches a text that is searched for.
type SearchMatch string

// The matches, best first.
const (
	MatchExact    SearchMatch = "EXACT"
	MatchPrefix   SearchMatch = "PREFIX"
	MatchWord     SearchMatch = "WORD"
	MatchContains SearchMatch = "CONTAINS"
	// MatchAcronym and MatchAlike are found by package names.
	MatchAcronym SearchMatch = "ACRONYM"
	MatchAlike   SearchMatch = "ALIKE"
)

var matches = []SearchMatch{MatchExact, MatchPrefix, MatchWord, MatchContains, MatchAcronym, MatchAlike}

// SearchHit is an entity that a search found, and why.
type SearchHit struct {
	Entity Entity
	Match  SearchMatch
	// Name is the name that matched.
	Name string
	// Score is from 0 to 1; higher ones come first within a match. Reasons say why.
	Score   float64
	Reasons []names.Reason
}

// Claims are those that give the name.
func (h *SearchHit) Claims() []*Claim { return h.Entity.Base().claimsNaming(h.Name) }

// SearchQuery looks for entities by any of their names.
type SearchQuery struct {
	Text  string
	Kinds []graph.EntityKind // empty is all kinds
	Mode  SearchMode         // "" is SearchAll
	Page  page.Args
}

// SearchMode says what a text is that is searched for.
type SearchMode string

// The modes of a search.
const (
	// SearchAll: it is a name or a part of one.
	SearchAll SearchMode = "ALL"
	// SearchComplete: it is the beginning of a name that is being typed.
	SearchComplete SearchMode = "COMPLETE"
)

// How many of the most promising names a search goes through, and how many entities it
// finds at least, if need be by names that are less alike.
const (
	mostByLetters = 1000
	mostAlike     = 500
	fewHits       = 5
	leastHit      = 0.6
)

// Search finds entities of which a name equals, begins with, has words that begin
// with, or contains the text, without regard to case, accents and signs, or that is it
// in another spelling, another script, or by its first letters; best matches first,
// within one those of the higher score, then by name. A text that is to be completed
// is looked for at the beginning of words alone. When fewer than five are found, the
// best of those that are less alike follow, down to a score of 0.6. It lists at most the
// thousand names that are nearest by their letters, and if there are fewer the five
// hundred that are most alike.
func (v *View) Search(q SearchQuery) (*page.Connection[*SearchHit], error) {
	if err := checkLength("text", q.Text, graph.MaxName); err != nil {
		return nil, err
	}
	wanted := names.Folded(q.Text)
	if wanted == "" {
		return nil, graph.Invalid("MISSING", "text", "there is nothing to search for", "give a name or a part of one")
	}
	complete := q.Mode == SearchComplete
	s := &nameSearch{v: v, kinds: q.Kinds, found: map[EntityRow]int{}, rank: map[EntityRow]int{}}
	if left := s.byLetters(q.Text, complete); left > 0 {
		s.alike(names.Query{Name: names.Parse(q.Text), Prefix: complete, Least: leastHit})
		s.otherNames(q.Text)
		s.dropWeak()
	}
	l := page.List[*SearchHit]{
		Name: "search:" + string(q.Mode) + ":" + wanted,
		ID:   func(h *SearchHit) graph.ID { return h.Entity.Base().ID() },
		Desc: []bool{false, true, false},
		Keys: func(h *SearchHit) []page.Key {
			match := float64(slices.Index(matches, h.Match))
			return []page.Key{page.NumberKey(match), page.NumberKey(h.Score), page.TextKey(h.Entity.Base().sortName())}
		},
		Items: slices.Values(s.hits),
	}
	return l.Page(q.Page)
}

// checkLength refuses a text that is longer than anything it could be found in, or
// than anybody would look for.
func checkLength(path, s string, most int) error {
	if len(s) <= most {
		return nil
	}
	return graph.Invalid("TOO_LONG", path, fmt.Sprintf("it has %d bytes, at most %d are taken", len(s), most), "shorten it")
}

// nameSearch gathers the entities that a search finds, each by its best name.
type nameSearch struct {
	v     *View
	kinds []graph.EntityKind
	hits  []*SearchHit
	found map[EntityRow]int // where in hits an entity is
	rank  map[EntityRow]int // of the name of its hit, among its names
}

// byLetters adds the entities of which a name has the letters of a text, and says how
// many more could have been added.
func (s *nameSearch) byLetters(text string, complete bool) (left int) {
	left = mostByLetters
	s.v.meter.Continue(nameSlots)
	for h := range s.v.g.names.BySpelling(text) {
		if complete && h.Match == names.Contains {
			break
		}
		for n := range s.v.named(EntityRow(h.Owner), h.Hash, s.kinds) {
			m := spellingMatches[h.Match]
			s.keep(n, m.match, rounded(m.score+0.05*h.Share), func() []names.Reason {
				return []names.Reason{{Name: m.name, Text: m.text, Weight: m.score}}
			})
			left--
		}
		if left <= 0 {
			break
		}
	}
	return left
}

// alike adds the entities of which a name is like one that is sought. Nothing but the
// two names counts: what a reader may not see changes no score.
func (s *nameSearch) alike(q names.Query) {
	left := mostAlike
	s.v.meter.Continue(nameSlots)
	for c := range s.v.g.names.Candidates(q) {
		for n := range s.v.named(EntityRow(c.Owner), c.Hash, s.kinds) {
			if value := c.Value(names.Any, true); value >= q.Least {
				score := c.Score(names.Any, true)
				s.keep(n, alikeMatch(score), value, func() []names.Reason { return score.Reasons })
			}
			left--
		}
		if left <= 0 {
			break
		}
	}
}

// otherNames adds the places that had the name that is sought at another time, by the
// names that the gazetteer knows.
func (s *nameSearch) otherNames(text string) {
	if len(s.kinds) > 0 && !slices.Contains(s.kinds, graph.Place) {
		return
	}
	for _, other := range gazetteer.OtherNames(text) {
		for c := range s.v.g.names.Candidates(names.Query{Name: names.Parse(other), Least: leastRenamed}) {
			for n := range s.v.named(EntityRow(c.Owner), c.Hash, []graph.EntityKind{graph.Place}) {
				if c.Value(names.Place, false) < leastRenamed {
					continue
				}
				s.keep(n, MatchAlike, renamedScore, func() []names.Reason {
					text := fmt.Sprintf("%q is another name of the place, of now or of another time.", other)
					return []names.Reason{{Name: "name-of-another-time", Text: text, Weight: renamedScore}}
				})
			}
		}
	}
}

// How like a name must be to one that the gazetteer knows, and what it scores then.
const (
	leastRenamed = 0.93
	renamedScore = 0.9
)

// dropWeak drops hits below what is worth a look, but for the best of them when there
// are few others.
func (s *nameSearch) dropWeak() {
	var weak []*SearchHit
	s.hits = slices.DeleteFunc(s.hits, func(h *SearchHit) bool {
		if h.Score < names.Suggested {
			weak = append(weak, h)
		}
		return h.Score < names.Suggested
	})
	if missing := fewHits - len(s.hits); missing > 0 {
		slices.SortFunc(weak, func(a, b *SearchHit) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Entity.Base().ID(), b.Entity.Base().ID()))
		})
		s.hits = append(s.hits, weak[:min(missing, len(weak))]...)
	}
}

// keep takes a name of an entity for its hit, if it is the best so far: by its match,
// its score, and its rank among the names.
func (s *nameSearch) keep(n visibleName, match SearchMatch, score float64, why func() []names.Reason) {
	score, less := n.weigh(score)
	at, known := s.found[n.row]
	if known {
		h := s.hits[at]
		better := cmp.Or(cmp.Compare(slices.Index(matches, h.Match), slices.Index(matches, match)),
			cmp.Compare(score, h.Score), cmp.Compare(s.rank[n.row], n.rank))
		if better <= 0 {
			return
		}
	} else {
		at = len(s.hits)
		s.found[n.row], s.hits = at, append(s.hits, nil)
	}
	s.rank[n.row] = n.rank
	s.hits[at] = &SearchHit{s.v.entity(n.row), match, n.name, score, append(why(), less...)}
}

func alikeMatch(s names.Score) SearchMatch {
	if len(s.Reasons) == 1 && strings.HasPrefix(s.Reasons[0].Name, "acronym") {
		return MatchAcronym
	}
	return MatchAlike
}

// visibleName is a name of an entity.
type visibleName struct {
	row  EntityRow // the representative
	at   EntityRow // what it stands for that is called so
	name string
	rank int // among all names of all that it stands for
	is   said
}

// named yields the entities of the kinds, or of any, that have a name which was recorded of
// one: itself, or what stands in its place. None does not exist, or is not called so.
func (v *View) named(owner EntityRow, hash uint64, kinds []graph.EntityKind) iter.Seq[visibleName] {
	return func(yield func(visibleName) bool) {
		if !v.entityExists(owner) {
			return
		}
		for _, at := range v.readers(owner) {
			if n, ok := v.namedAt(at, owner, hash, kinds); ok && !yield(n) {
				return
			}
		}
	}
}

func (v *View) namedAt(at, owner EntityRow, hash uint64, kinds []graph.EntityKind) (n visibleName, ok bool) {
	row := v.resolution.of(at)
	if v.gone(row) || len(kinds) > 0 && !slices.Contains(kinds, v.g.kindOf(row)) {
		return n, false
	}
	i := 0
	v.eachSaid(at, graph.NameOf, func(s *said) {
		if s.entity == owner && v.g.names.Hash(s.text) == hash && (!ok || s.is.CompareNames(n.is.is) < 0) {
			n, ok = visibleName{row, at, s.text, slices.Index(v.resolution.cluster(row), at)<<16 + i, *s}, true
		}
		i++
	})
	if !ok || !n.is.is.Outside || n.is.untime {
		return n, ok
	}
	shown, _ := v.bestName(v.resolution.cluster(row), "")
	return n, shown.entity == owner && shown.text == n.name
}

// weigh is what a name is found with, out of what its likeness alone gives, and why it is
// less: one that tells little, or that was not borne then, is not as good as another.
func (n *visibleName) weigh(score float64) (float64, []names.Reason) {
	factor, reason := 1.0, names.Reason{}
	switch form := graph.NameForms[n.is.is.Form]; {
	case form == graph.FormWeak:
		factor, reason.Name, reason.Text = 0.85, "weak-name", "The name tells little: many bear it, or hardly anybody uses it."
	case form == graph.FormFormer:
		factor, reason.Name, reason.Text = 0.95, "former-name", "The name is borne no more."
	case n.is.untime:
		factor, reason.Name, reason.Text = 0.95, "name-of-another-time", "The name was not borne on the day that is asked for."
	default:
		return score, nil
	}
	weighed := rounded(score * factor)
	reason.Weight = rounded(weighed - score)
	return weighed, []names.Reason{reason}
}

// spellingMatches are what matches by letters score, by names.SpellingMatch; how much of
// the name the text is adds to it.
var spellingMatches = []struct {
	match      SearchMatch
	score      float64
	name, text string
}{
	{MatchExact, 0.95, "equal", "The name is the text, but for case, accents and signs."},
	{MatchPrefix, 0.9, "begins-with", "The name begins with the text."},
	{MatchWord, 0.85, "words-begin-with", "Words of the name begin with the words of the text."},
	{MatchContains, 0.8, "contains", "The name contains the text."},
}

// NameVariants lists likely spellings of a name, at most limit, likely ones first.
func NameVariants(name string, limit int) ([]*names.Variant, error) {
	if limit < 1 || limit > names.MaxVariants {
		return nil, graph.Invalid("OUT_OF_RANGE", "limit",
			fmt.Sprintf("%d is not 1 to %d", limit, names.MaxVariants), "ask for fewer spellings")
	}
	if err := checkLength("name", name, graph.MaxName); err != nil {
		return nil, err
	}
	if strings.TrimSpace(name) == "" {
		return nil, graph.Invalid("MISSING", "name", "there is no name", "give the name of which you want spellings")
	}
	out := []*names.Variant{}
	for _, v := range names.Variants(name, limit) {
		out = append(out, &v)
	}
	return out, nil
}

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
	parts  fulltext.Document
	id     graph.ID
	begins [][]fulltext.Place // of each term, where it begins
}

// TextPart is a part of what is written in which words are looked for.
type TextPart string

// The parts, in the order in which a claim's are shown.
const (
	InDescription          = TextPart(graph.Description)
	InText        TextPart = "TEXT"
	InExcerpt     TextPart = "EXCERPT"
	InValue       TextPart = "VALUE"
	InNature      TextPart = "NATURE"
)

// TextParts lists the parts.
var TextParts = []TextPart{InDescription, InText, InExcerpt, InValue, InNature}

// written is what a claim says in words. Names and what else is said of an entity itself
// is found by its names and its description.
func (v *View) written(r ClaimRow) (d fulltext.Document) {
	c := v.encoded(r)
	d = d.With(string(InText), c.text("text")).With(string(InExcerpt), c.text("excerpt"))
	if value := encodedClaim(c.field("value")); value != nil && !graph.Predicate(c.text("predicate")).Spec().Naming {
		d = d.With(string(InValue), value.text("text"))
	}
	return d.With(string(InNature), c.text("nature"))
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

// SearchText finds descriptions and claims that hold all terms and none of those left
// out; best first. Opinions are found whether or not the lens lets them count, and say
// what they are. Nothing that is hidden has any say in the order.
func (v *View) SearchText(q TextQuery) (*page.Connection[*TextHit], error) {
	if err := checkLength("text", q.Text, maxTextQuery); err != nil {
		return nil, err
	}
	want, not := fulltext.Parse(q.Text)
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
func (v *View) textHits(want, not []fulltext.Term, kinds []graph.EntityKind) []*TextHit {
	var hits []*TextHit
	texts := 0
	holding := make([]int, len(want)) // texts that hold each term
	for h := range v.textsWith(want, kinds, &texts) {
		all := true
		for i := range want {
			at := want[i].Places(h.parts)
			all = all && len(at) > 0
			if len(at) > 0 {
				holding[i]++
			}
			h.begins = append(h.begins, at)
		}
		if all && !slices.ContainsFunc(not, func(t fulltext.Term) bool { return len(t.Places(h.parts)) > 0 }) {
			hits = append(hits, h)
		}
	}
	mean := 0.0
	for _, h := range hits {
		mean += float64(h.parts.Length()) / float64(len(hits))
	}
	for _, h := range hits {
		h.rate(holding, texts, mean)
		h.cut()
	}
	return hits
}

// rate is BM25, with lengths measured against those of the hits.
func (h *TextHit) rate(holding []int, texts int, mean float64) {
	for i, at := range h.begins {
		h.Score += fulltext.Rate(len(at), h.parts.Length(), holding[i], texts, mean)
	}
	h.Score = math.Round(h.Score*1e6) / 1e6
}

// cut takes the excerpt around the first hit in the first part that has one. A claim's text
// and excerpt, which are short, are shown whole, so that no hedge is cut off.
func (h *TextHit) cut() {
	const around = 80
	at := fulltext.First(h.begins)
	p := &h.parts[at.Part]
	h.Part = TextPart(p.Name)
	first, all := p.Words[at.Word], []rune(p.Text)
	from, to := 0, len(all)
	if h.Part != InText && h.Part != InExcerpt {
		from, to = max(0, first.From-around), min(len(all), first.To+around)
	}
	h.Excerpt, h.Start, h.End = string(all[from:to]), first.From-from, first.To-from
}

// textsWith yields the texts that may hold a term, and counts all that there are.
func (v *View) textsWith(want []fulltext.Term, kinds []graph.EntityKind, count *int) iter.Seq[*TextHit] {
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
					Entity: e, v: v, is: d, parts: fulltext.Document{}.With(string(InDescription), d.text), id: v.g.entities.at(m).id,
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
func (v *View) worded(want []fulltext.Term) (rows, candidates []ClaimRow) {
	x := &v.g.wording
	x.mu.Lock()
	defer x.mu.Unlock()
	x.upTo(v)
	for i := range want {
		candidates = append(candidates, x.Of(&want[i])...)
	}
	slices.Sort(candidates)
	return x.Rows, slices.Compact(candidates)
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

// textIndex knows which claims' words hold a word. What a claim says never changes, so
// that rows are only ever added; which of them count is for the view.
type textIndex struct {
	mu   sync.Mutex
	next ClaimRow
	fulltext.Index[ClaimRow]
}

// upTo reads the claims that were recorded since it was last asked.
func (x *textIndex) upTo(v *View) {
	for ; x.next < v.sizes.claims; x.next++ {
		x.Add(x.next, v.written(x.next))
	}
}
