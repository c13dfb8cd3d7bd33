// Package redact works out what goes when something is redacted, and where else what it was
// called stands.
package redact

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/rabta/rabta/graph"
)

// Plan is what a redaction would come to.
type Plan struct {
	graph.Redaction `json:"-"`
	// Gone are the records that go, in the order of the log.
	Gone []Line `json:"gone"`
	// Said are the commits of which goes what they say of themselves.
	Said []Line `json:"said,omitempty"`
	// Again are claims, sources and entities that were taken back by what goes: unless
	// something else does so, they stand again.
	Again []graph.ID `json:"again,omitempty"`
	// Unsourced are entities and sources that stay and name a source that goes: what is said
	// so is not shown any more.
	Unsourced []Line `json:"unsourced,omitempty"`
	// Named are records and commits that stay and hold something that it was called. They
	// are not changed.
	Named []Line `json:"named,omitempty"`

	needles needles
}

// Holds is what of the redacted a text holds; empty for nothing.
func (p *Plan) Holds(text string) string { return p.needles.in(text) }

// Same reports whether another plan takes out the same.
func (p *Plan) Same(o *Plan) bool {
	return slices.Equal(p.Gone, o.Gone) && slices.Equal(p.Said, o.Said)
}

// Line is one record, or what a commit says of itself.
type Line struct {
	Commit  graph.Sequence   `json:"commit"`
	Type    graph.RecordType `json:"type,omitempty"`
	ID      string           `json:"id"`
	Marking graph.Marking    `json:"marking,omitempty"`
	// Text says in short what it is.
	Text string `json:"text,omitempty"`
	// Holds is what of the redacted it holds.
	Holds string `json:"holds,omitempty"`
}

// commitPrefix is what the name of a commit begins with.
const commitPrefix = "commit:"

// New plans the redaction of an entity, a source or a claim by its id, or of what a commit
// says of itself by commit:N. It reads all of the log, twice. The error is an ErrNotFound for
// what is not there, an ErrInvalid for what cannot be redacted by itself, or one of those of
// a Store.
func New(ctx context.Context, s graph.Store, target string) (*Plan, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	p := &planner{ids: map[graph.ID]bool{}, plan: Plan{Redaction: graph.Redaction{Head: head}, Gone: []Line{}}}
	p.feed = func() iter.Seq2[graph.Change, error] { return upTo(s.Changes(ctx, 0), head) }
	if number, ok := strings.CutPrefix(target, commitPrefix); ok {
		err = p.commit(number)
	} else {
		err = p.record(graph.ID(target))
	}
	if err == nil {
		err = p.list()
	}
	if err != nil {
		return nil, err
	}
	p.plan.needles = p.needles
	return &p.plan, nil
}

// upTo is a feed up to a commit.
func upTo(feed iter.Seq2[graph.Change, error], head graph.Sequence) iter.Seq2[graph.Change, error] {
	return func(yield func(graph.Change, error) bool) {
		for c, err := range feed {
			if err == nil && c.Sequence > head || !yield(c, err) {
				return
			}
		}
	}
}

type planner struct {
	feed    func() iter.Seq2[graph.Change, error]
	ids     map[graph.ID]bool // that go
	needles needles           // what it was called
	plan    Plan
}

// commit plans to redact what a commit says of itself.
func (p *planner) commit(number string) error {
	n, err := strconv.ParseUint(number, 10, 63)
	if err != nil || n == 0 {
		return graph.Invalid("BAD_ID", "id", fmt.Sprintf("%q is not the number of a commit", number),
			"write commit: and its number, as in commit:12")
	}
	if graph.Sequence(n) > p.plan.Head {
		return graph.NotFound("id", graph.ID(commitPrefix+number))
	}
	p.plan.Redaction.Said = []graph.Sequence{graph.Sequence(n)}
	for c, err := range p.feed() {
		if err != nil {
			return err
		}
		if c.Sequence == graph.Sequence(n) {
			p.needles.addText(c.Reason)
			p.needles.add(c.GivenID())
		}
	}
	return nil
}

// record plans to redact all records of an id, and the claims that name it, and so on.
func (p *planner) record(id graph.ID) error {
	if id.IsLink() {
		return graph.Invalid("BAD_ID", "id", "a link is what claims say, and nothing that was recorded",
			"redact its claims")
	}
	p.ids[id] = true
	found, said, err := p.collect(id)
	switch {
	case err != nil:
		return err
	case !found && said != "":
		return graph.Invalid("BAD_ID", "id", fmt.Sprintf("it is what the line of %s says, and no record of its own", said),
			"retract it, or redact "+string(said))
	case !found:
		return graph.NotFound("id", id)
	}
	for i := range p.ids {
		p.plan.IDs = append(p.plan.IDs, i)
	}
	slices.Sort(p.plan.IDs)
	return nil
}

// collect finds what goes with an id. said is the entity whose line says what has the id,
// where that is a claim without a record.
func (p *planner) collect(id graph.ID) (found bool, said graph.ID, err error) {
	names := naming{}
	for c, err := range p.feed() {
		if err != nil {
			return false, "", err
		}
		for _, r := range c.Records() {
			if r.ID() == id {
				found = true
				p.needles.addRecord(&r)
			}
			if r.Entity != nil {
				said = max(said, p.line(id, r.Entity))
			}
			if r.Claim != nil {
				names.add(&r)
			}
			if r.Claim != nil && r.Claim.Subject == id {
				p.needles.addNaming(r.Claim)
			}
		}
	}
	p.follow(names)
	return found, said, nil
}

// naming are claims by what they name.
type naming map[graph.ID][]graph.ID

func (n naming) add(r *graph.Placed) {
	for _, of := range r.Mentions() {
		n[of] = append(n[of], r.ID())
	}
}

// follow adds the claims that name what goes, and those that name these, and so on.
func (p *planner) follow(names naming) {
	queue := make([]graph.ID, 0, len(p.ids))
	for of := range p.ids {
		queue = append(queue, of)
	}
	for len(queue) > 0 {
		for _, claim := range names[queue[0]] {
			if !p.ids[claim] {
				p.ids[claim] = true
				queue = append(queue, claim)
			}
		}
		queue = queue[1:]
	}
}

// line notes what the line of an entity says that goes with an id: all of it, or what a
// source says. It returns the entity if its line says what has the id.
func (p *planner) line(id graph.ID, e *graph.Entity) (said graph.ID) {
	if e.ID != id && !id.IsClaim() && !slices.ContainsFunc(e.Names, func(n graph.Name) bool { return n.Source == id }) {
		return ""
	}
	for _, c := range graph.Expand(e) {
		switch {
		case c.ID == id:
			said = e.ID
		case e.ID == id, c.Source == id:
			p.ids[c.ID] = true
		}
	}
	return said
}

// list fills in the lines of the plan.
func (p *planner) list() error {
	again := map[graph.ID]bool{}
	for c, err := range p.feed() {
		if err != nil {
			return err
		}
		for _, r := range c.Records() {
			if p.ids[r.ID()] {
				p.plan.Gone = append(p.plan.Gone, lineOf(&c, &r))
				if r.Claim != nil && takesBack(r.Claim) && !p.ids[r.Claim.Subject] {
					again[r.Claim.Subject] = true
				}
				continue
			}
			p.stays(&c, &r)
		}
		p.said(&c)
	}
	for id := range again {
		p.plan.Again = append(p.plan.Again, id)
	}
	slices.Sort(p.plan.Again)
	return nil
}

// takesBack reports whether something stands less because of a claim about it.
func takesBack(c *graph.Claim) bool {
	return c.Predicate == graph.Retracts || c.Predicate == graph.Withdraws || c.Predicate == graph.Retires
}

// stays lists a record that stays, where that is to be known.
func (p *planner) stays(c *graph.Change, r *graph.Placed) {
	line := lineOf(c, r)
	if r.Claim == nil && slices.ContainsFunc(r.Mentions(), func(id graph.ID) bool { return p.ids[id] }) {
		p.plan.Unsourced = append(p.plan.Unsourced, line)
		return
	}
	if line.Holds = p.needles.in(string(r.Encode())); line.Holds != "" {
		p.plan.Named = append(p.plan.Named, line)
	}
}

// said lists what a commit says of itself, where that goes or holds what goes.
func (p *planner) said(c *graph.Change) {
	line := Line{Commit: c.Sequence, ID: commitPrefix + strconv.FormatUint(uint64(c.Sequence), 10), Text: saidText(c)}
	if slices.Contains(p.plan.Redaction.Said, c.Sequence) {
		p.plan.Said = append(p.plan.Said, line)
		return
	}
	for _, text := range []string{c.Actor, c.Reason, c.GivenID()} {
		if line.Holds == "" {
			line.Holds = p.needles.in(text)
		}
	}
	if line.Holds != "" {
		p.plan.Named = append(p.plan.Named, line)
	}
}

func saidText(c *graph.Change) string {
	var parts []string
	for _, part := range [...]struct{ name, text string }{
		{"actor", c.Actor}, {"reason", c.Reason}, {"id", c.GivenID()},
	} {
		if part.text != "" {
			parts = append(parts, part.name+" "+strconv.Quote(part.text))
		}
	}
	return strings.Join(parts, ", ")
}

func lineOf(c *graph.Change, r *graph.Placed) Line {
	l := Line{Commit: c.Sequence, Type: r.Type(), ID: string(r.ID()), Marking: r.Seal().InForce}
	switch {
	case r.Source != nil:
		l.Text = strconv.Quote(r.Source.Title)
	case r.Entity != nil:
		l.Text = fmt.Sprintf("%s %q", r.Entity.Kind, r.Entity.Primary())
	default:
		l.Text = claimText(r.Claim)
	}
	return l
}

// claimText is what a claim says, in short.
func claimText(c *graph.Claim) string {
	words := []string{string(c.Subject), string(c.Predicate)}
	if c.Object != "" {
		words = append(words, string(c.Object))
	}
	if c.Value != nil && c.Value.Text != "" {
		words = append(words, strconv.Quote(c.Value.Text))
	}
	return strings.Join(append(words, "by", string(c.Source)), " ")
}
