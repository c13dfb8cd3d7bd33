package hinge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// carriesMost is the claim that is contested or unread and in most of the sets, of several the first
// in the order of the sets.
func carriesMost(sets []*HingeSet) (most *HingeClaim) {
	in := map[graph.ID]int{}
	var claims []*live.Claim
	for _, set := range sets {
		for _, c := range set.Claims {
			if in[c.ID()]++; in[c.ID()] == 1 {
				claims = append(claims, c)
			}
		}
	}
	for _, c := range claims {
		at := &HingeClaim{Claim: c, Sets: in[c.ID()], Contested: contests(c), Unread: unread(c)}
		if (at.Contested || at.Unread) && (most == nil || at.Sets > most.Sets) {
			most = at
		}
	}
	return most
}

// contests reports whether claims stand against a claim, or for and against its link.
func contests(c *live.Claim) bool {
	if len(c.Contradicts()) > 0 {
		return true
	}
	l := c.Link()
	return l != nil && (l.Disputed() || l.Contested() || l.AffirmedCount() > 0 && l.DeniedCount() > 0)
}

func unread(c *live.Claim) bool {
	return c.Text() == nil && c.Excerpt() == nil || c.Credibility() == graph.CannotBeJudged
}

// prose says what was found, and what was not.
func (h *hanging) prose(out *Hinge, q HingeRequest) string {
	noun := "claim"
	if q.By == HingeSources {
		noun = "source"
	}
	if out.Size == nil {
		switch {
		case out.Exact:
			return "No " + noun + "s would change this answer by their fall."
		case out.RuledOut == 0:
			return "The search ended before it was known whether a " + noun + " would change this answer."
		}
		return fmt.Sprintf("No set of up to %s changes this answer; greater sets were not all tried.",
			counted(out.RuledOut, noun))
	}
	first := out.Sets[0]
	text := fmt.Sprintf("Without %s (%s), %s.", counted(*out.Size, noun), first.from(), h.words(first.Becomes))
	switch {
	case !out.Exact && out.RuledOut == 0:
		return text + " Whether fewer would change the answer is not known."
	case !out.Exact:
		return text +
			fmt.Sprintf(" Whether fewer would change the answer is known only up to %d: none does.", out.RuledOut)
	case len(out.Sets) > 1 && out.Complete:
		text += fmt.Sprintf(" %d sets of that size change the answer.", len(out.Sets))
	case !out.Complete:
		text += " Other sets of that size may."
	}
	if *out.Size > 1 {
		text += " No fewer do."
	}
	return text
}

// from names the sources of the members.
func (s *HingeSet) from() string {
	var ids []string
	for _, source := range s.Sources {
		ids = append(ids, string(source.ID()))
	}
	for _, c := range s.Claims {
		if id := string(c.Source().ID()); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if n := len(ids) - mostNamed; n > 1 {
		return fmt.Sprintf("%s and %d other sources", strings.Join(ids[:mostNamed], ", "), n)
	}
	return strings.Join(ids, ", ")
}

// mostNamed is how many sources a sentence names.
const mostNamed = 4

// counted is a number of things.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
