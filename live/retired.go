package live

import (
	"fmt"
	"maps"
	"slices"

	"github.com/rabta/rabta/graph"
)

// retiring is a claim that retires an entity, and what it puts in the place of that.
type retiring struct {
	claim             ClaimRow
	entity, successor EntityRow // none for no successor
}

// retirements are the entities that a view holds for retired, whatever its lens. What is
// said of one is read at its successor where it fits, and at the entity alone where it
// does not: there it is, and counts for nothing.
//
//	claims:  a --> x      a --> y      RETIRES a, successor b: y and b do not fit
//	read:    b --> x      a --> y, which is in no list but those of a
//
// A remark reaches what its writer saw, and what is no stricter than itself. What names the
// entity and is stricter stays: then one row of links may be read as several links, each of
// the claims of some markings. These have rows of the view, beyond those of the graph.
type retirements struct {
	of map[EntityRow]*retirement
	// silent are the retired entities of which something is read at an entity.
	silent map[EntityRow][]EntityRow
	split  map[LinkRow][]LinkRow // the rows of the view for a row of the graph
	parts  []linkPart            // of the rows of the view, in the order of recording
}

// levels is how many markings there are.
const levels = len(graph.Numbers{})

// retirement is what remarks say of an entity, for what is of each level.
type retirement struct {
	remarks [levels]remark
	last    ClaimRow // the last remark
	// whole is set where nothing stays. Of what stays, least is the least strict, and stays
	// what was recorded of the entity.
	whole bool
	least level
	stays *entityVersion
}

// remark is the last that reaches what is of a level: by is none where none does.
type remark struct {
	by   ClaimRow
	next EntityRow
}

// linkPart is the claims of some levels of a row of the graph.
type linkPart struct {
	row    LinkRow
	levels levelSet
	order  ClaimRow // the first of them
}

// levelSet is a set of levels, a bit each.
type levelSet uint8

const allLevels levelSet = 1<<levels - 1

func (s levelSet) has(m level) bool { return s&(1<<m) != 0 }

// findRetired finds out what is retired. What a lens asks of claims it does not ask of
// these.
func (v *View) findRetired() *retirements {
	var s *retirements
	bare := &View{viewState: &viewState{r: v.r, g: v.g, sizes: v.sizes, sequence: v.sequence}}
	for _, x := range v.g.retired.all() {
		if x.claim >= v.sizes.claims {
			break
		}
		if current, retracted := bare.currentRecord(x.claim, v.g.claims.at(x.claim)); !current || retracted {
			continue
		}
		if s == nil {
			s = &retirements{
				of: map[EntityRow]*retirement{}, silent: map[EntityRow][]EntityRow{}, split: map[LinkRow][]LinkRow{},
			}
		}
		s.add(x, v.reach(x.claim))
	}
	if s != nil {
		v.findStaying(s)
		s.findSilent()
	}
	return s
}

func (s *retirements) add(x retiring, reach level) {
	r := s.of[x.entity]
	if r == nil {
		r = &retirement{whole: true, least: topLevel}
		for m := range r.remarks {
			r.remarks[m].by = none
		}
		s.of[x.entity] = r
	}
	r.last = x.claim
	for m := range reach + 1 {
		r.remarks[m] = remark{x.claim, x.successor}
	}
}

// findStaying finds which entities something that is stricter names than what retires them.
func (v *View) findStaying(s *retirements) {
	clearance := levelOf(v.g.clearance)
	reached := func(r *retirement) bool { return r.remarks[clearance].by != none }
	for e, r := range s.of {
		chain := reached(r)
		for at, n := r, 0; chain && at != nil && n <= graph.MaxSuccessors; n++ {
			chain = reached(at)
			at = s.of[at.remarks[clearance].next]
		}
		if chain {
			continue // a remark reaches all that there is
		}
		naming := v.levelsNaming(e)
		for m := range level(levels) {
			if !naming.has(m) {
				continue
			}
			if at, ok := s.at(e, m); ok && s.of[at] != nil {
				stays := s.of[at]
				stays.whole, stays.least = false, min(stays.least, m)
			}
		}
	}
	for e, r := range s.of {
		if !r.whole {
			r.stays = v.stayingVersion(s, e, r.least)
		}
	}
}

// levelsNaming are the levels of the records that have or name an entity.
func (v *View) levelsNaming(e EntityRow) (set levelSet) {
	for _, line := range v.lines(e) {
		set |= 1 << line.is.own
		for _, source := range line.is.sources {
			if source != none {
				set |= 1 << max(line.is.own, v.sourceVersion(source).marking)
			}
		}
	}
	record := v.g.entities.at(e)
	for _, p := range v.ownPostings(e) {
		set |= v.levelsOf(p.link)
	}
	for _, row := range record.discriminated.all() {
		set |= v.levelsOf(row)
	}
	if mentions, ok := v.g.mentions.Load(e); ok {
		for _, r := range before(mentions.(*list[ClaimRow]).all(), v.sizes.claims) {
			set |= 1 << v.g.claims.at(r).marking
		}
	}
	return set
}

// levelsOf are the levels of the claims of a row of the graph.
func (v *View) levelsOf(row LinkRow) (set levelSet) {
	for r := v.g.links.at(row).newest.Load(); r != none; {
		c := v.g.claims.at(r)
		if r < v.sizes.claims {
			set |= 1 << c.marking
		}
		r = c.older
	}
	return set
}

// stayingVersion is what was recorded of an entity and stays.
func (v *View) stayingVersion(s *retirements, e EntityRow, least level) *entityVersion {
	record := v.g.entities.at(e)
	staying := entityRecord{id: record.id, kind: record.kind}
	for _, line := range v.lines(e) {
		if at, ok := s.at(e, line.is.own); ok && at == e {
			staying.add(line.commit, line.is)
		}
	}
	if all := staying.versions.all(); len(all) > 0 {
		return &all[len(all)-1].is
	}
	bare := &graph.Entity{ID: record.id, Kind: record.kind}
	return &entityVersion{recorded: bare, merged: bare, own: least, marking: least}
}

// findSilent finds where what is said of retired entities is read.
func (s *retirements) findSilent() {
	for _, e := range slices.Sorted(maps.Keys(s.of)) {
		for m := range level(levels) {
			if at, ok := s.at(e, m); ok && at != e && !slices.Contains(s.silent[at], e) {
				s.silent[at] = append(s.silent[at], e)
			}
		}
	}
}

// at is where what is of a level and said of an entity is read: the entity itself if it is
// not retired, or what stands in its place in the end. It is false where nothing does, or
// after too many steps.
func (s *retirements) at(e EntityRow, m level) (EntityRow, bool) {
	at := e
	for step := 0; ; step++ {
		r := s.of[at]
		if r == nil || r.remarks[m].by == none {
			return at, true
		}
		if at = r.remarks[m].next; at == none || step == graph.MaxSuccessors {
			return e, false
		}
	}
}

// gone reports whether an entity is retired, and nothing of it stays.
func (v *View) gone(e EntityRow) bool { return v.retired.gone(e) }

func (s *retirements) gone(e EntityRow) bool {
	if s == nil {
		return false
	}
	r := s.of[e]
	return r != nil && r.whole
}

// touches reports whether a link has a retired end, or is told apart by a retired entity.
func (s *retirements) touches(v *View, l *linkRecord) bool {
	if s.of[l.source] != nil || l.target != none && s.of[l.target] != nil {
		return true
	}
	return l.discriminator != "" && s.of[v.attributorOf(l)] != nil
}

// part is which claims a row stands for.
func (v *View) part(row LinkRow) linkPart {
	if row < v.sizes.links || v.retired == nil {
		return linkPart{row: row, levels: allLevels}
	}
	return v.retired.parts[row-v.sizes.links]
}

// linkRecord is what all claims of a row have in common.
func (v *View) linkRecord(row LinkRow) *linkRecord { return v.g.links.at(v.part(row).row) }

// partOf is the row that stands for what is of a level and said by a row of the graph.
func (v *View) partOf(row LinkRow, m level) LinkRow {
	if v.retired != nil {
		for _, part := range v.retired.split[row] {
			if v.part(part).levels.has(m) {
				return part
			}
		}
	}
	return row
}

// lost reports whether a claim is read at a retired entity alone: it counts for nothing.
func (v *View) lost(c *claimRecord) bool {
	if v.retired == nil || v.resolution == nil || c.link == none {
		return false
	}
	cluster := v.resolution.links[v.partOf(c.link, c.marking)]
	return cluster != nil && cluster.lost
}

// isLost reports whether a row stands for a link of a retired entity alone.
func (v *View) isLost(row LinkRow) bool {
	if v.retired == nil {
		return false
	}
	c := v.resolution.links[row]
	return c != nil && c.lost
}

// silentAt are the retired entities of which something is read at an entity.
func (v *View) silentAt(e EntityRow) []EntityRow {
	if v.retired == nil {
		return nil
	}
	return v.retired.silent[e]
}

// readers are the entities at which something that is said of one is read.
func (v *View) readers(e EntityRow) []EntityRow {
	out := []EntityRow{e}
	if v.retired == nil || v.retired.of[e] == nil {
		return out
	}
	for m := range level(levels) {
		if at, ok := v.retired.at(e, m); ok && !slices.Contains(out, at) {
			out = append(out, at)
		}
	}
	return out
}

// reads reports whether what names or describes an entity is read at another, or at itself,
// and notes which.
func (v *View) reads(e EntityRow, s *said) bool {
	s.is.Moved = s.entity != e
	if v.retired == nil || v.retired.of[s.entity] == nil {
		return s.entity == e
	}
	at, ok := v.retired.at(s.entity, level(s.is.Stamp))
	if ok && at != s.entity {
		ok = s.kind != graph.SubtypeOf || v.g.kindOf(at) == v.g.kindOf(s.entity)
	}
	if !ok {
		return s.entity == e && v.gone(e)
	}
	return at == e
}

// readTogether reports whether what two lines say is read at one entity.
func (v *View) readTogether(s *said, a, b *entityVersion) bool {
	if v.retired == nil || v.retired.of[s.entity] == nil || a.own == b.own {
		return true
	}
	least := level(0)
	if v.sourceExists(s.source) {
		least = v.sourceVersion(s.source).marking
	}
	at, _ := v.retired.at(s.entity, max(a.own, least))
	other, _ := v.retired.at(s.entity, max(b.own, least))
	return at == other
}

// readAt is the representative at which what is of a level and said of an entity is read;
// the entity itself where nothing stands in its place.
func (v *View) readAt(e EntityRow, m level) EntityRow {
	if v.retired != nil {
		e, _ = v.retired.at(e, m)
	}
	return v.resolution.of(e)
}

// namedBy is the entity that a claim names by an id, as it is read; none for no id.
func (v *View) namedBy(r ClaimRow, id graph.ID) EntityRow {
	row := v.g.entityRow(id)
	if row == none {
		return none
	}
	return v.resolution.of(v.placed(r, row))
}

// placed is where a claim that names an entity is read: not its representative.
func (v *View) placed(r ClaimRow, e EntityRow) EntityRow {
	c := v.g.claims.at(r)
	if e == none || v.retired == nil || c.link == none || v.lost(c) {
		return e
	}
	e, _ = v.retired.at(e, c.marking)
	return e
}

// entitiesNamed are the entities that a claim names, as they are read; with none for what it
// does not name.
func (v *View) entitiesNamed(r ClaimRow) []EntityRow {
	c, d := v.g.claims.at(r), v.g.details.at(r)
	out := []EntityRow{d.subject, d.speaker, d.attributor}
	if c.link != none {
		out = append(out, v.g.links.at(c.link).source, v.g.links.at(c.link).target)
	}
	for i, e := range out {
		out[i] = v.placed(r, e)
	}
	return out
}

// namesRetired reports whether a claim names a retired entity.
func (v *View) namesRetired(r ClaimRow) bool {
	if v.retired == nil {
		return false
	}
	c, d := v.g.claims.at(r), v.g.details.at(r)
	named := v.retired.of[d.subject] != nil || v.retired.of[d.speaker] != nil || v.retired.of[d.attributor] != nil
	if c.link == none {
		return named
	}
	l := v.g.links.at(c.link)
	return named || v.retired.of[l.source] != nil || v.retired.of[l.target] != nil
}

// Retired is why an entity is not in lists, counts and links.
type Retired struct {
	v    *View
	last ClaimRow
	to   EntityRow
}

// Retired says that the entity was recorded by mistake, or as of another kind; nil for one
// that was not, or of which something stays.
func (e *EntityBase) Retired() *Retired {
	if !e.v.gone(e.row) {
		return nil
	}
	last := e.v.retired.of[e.row].last
	return &Retired{e.v, last, e.v.retired.end(e.row)}
}

// end is what stands in the place of an entity in the end, by the last remarks; none where
// nothing does.
func (s *retirements) end(e EntityRow) EntityRow {
	at, ok := s.at(e, 0) // the last that reaches anything reaches the least strict
	for range graph.MaxSuccessors {
		if ok {
			return at
		}
		next := s.of[at].remarks[0].next
		ok = next == none && at != e // what succeeds it is retired, and nothing succeeds that
		if next != none {
			at = next
		}
	}
	return none
}

// RetiredBelow reports whether the entity is retired for those who see less: here it has
// what is stricter than the remark.
func (e *EntityBase) RetiredBelow() bool {
	return e.v.retired != nil && e.v.retired.of[e.row] != nil && !e.v.gone(e.row)
}

// Reason is why.
func (r *Retired) Reason() string { return r.v.record(r.last).Value.Text }

// Successor is what stands in its place, in the end; nil where nothing does.
func (r *Retired) Successor() Entity {
	if r.to == none {
		return nil
	}
	return r.v.entity(r.v.resolution.of(r.to))
}

// By is the claim that says so.
func (r *Retired) By() *Claim { return r.v.found(r.last) }

// Living is an entity by its id, or as RefOf reads what stands for one, for a question about what
// is around it: one that is retired has nothing around it, and is a graph.ErrInvalid; what is not
// there, and a name of several, are the errors of Find.
func (v *View) Living(path string, id graph.ID) (Entity, error) {
	e, err := v.Find(path, RefOf(id))
	if err != nil {
		return nil, err
	}
	r := e.Base().Retired()
	if r == nil {
		return e, nil
	}
	remedy := "look it up by its id to see what was said of it"
	if to := r.Successor(); to != nil {
		remedy = fmt.Sprintf("ask for %s, which stands in its place", to.Base().ID())
	}
	return nil, graph.Invalid(RetiredNotice, path, fmt.Sprintf("%s is retired: %s", id, r.Reason()), remedy)
}

// notices are what the writer of a batch should know of those of its records that name an
// entity which is retired, in their order.
func (g *Graph) notices(b graph.Batch) []graph.Problem {
	if !b.Notices || g.retired.n.Load() == 0 {
		return nil
	}
	v, err := g.Reader().View(nil)
	if err != nil || v.retired == nil {
		return nil
	}
	b = b.Normalised()
	n := retiredNotices{v: v, record: len(b.Sources)}
	for i := range b.Entities {
		n.note(b.Path("entities", i), "id", b.Entities[i].ID)
		n.record++
	}
	for i := range b.Claims {
		c, path := &b.Claims[i], b.Path("claims", i)
		if c.Predicate != graph.Retires {
			n.note(path, "subject", c.Subject)
		}
		n.note(path, "object", c.Object)
		n.note(path, "speaker", c.Speaker)
		n.note(path, "attributor", c.Attributor)
		n.record++
	}
	return n.list
}

// retiredNotices gathers them.
type retiredNotices struct {
	v      *View
	record int
	list   []graph.Problem
}

func (n *retiredNotices) note(path, field string, id graph.ID) {
	row := n.v.g.entityRow(id)
	if row == none || !n.v.gone(row) {
		return
	}
	r := (&EntityBase{n.v, row}).Retired()
	p := graph.Problem{
		Code: RetiredNotice, Record: n.record, Path: path + "." + field,
		Message: fmt.Sprintf("%s is retired: %s", id, r.Reason()),
		Remedy:  fmt.Sprintf("retract %s if the entity is sound; else this counts for nothing", r.By().ID()),
	}
	if to := r.Successor(); to != nil {
		p.Remedy = fmt.Sprintf("name %s, where it is read if it fits", to.Base().ID())
	}
	n.list = append(n.list, p)
}

// RetiredNotice is the code of a notice that a record names a retired entity, and of the
// error about a question about one.
const RetiredNotice = "RETIRED"
