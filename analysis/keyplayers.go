package analysis

import (
	"errors"

	"github.com/rabta/rabta/algo"
	"github.com/rabta/rabta/live"
	"github.com/rabta/rabta/work"
)

// KeyPlayers is the best set of entities for a goal.
type KeyPlayers struct {
	Answer
	*algo.KeyPlayers
	Goal    algo.KeyPlayerGoal
	Members []live.Entity
}

// KeyPlayersOf finds the best set of entities of a network for a goal.
func KeyPlayersOf(n *Network, o algo.KeyPlayerOptions, m *work.Meter) (*KeyPlayers, error) {
	found := &algo.KeyPlayers{Nodes: []algo.Node{}}
	g, err := n.Graph(m)
	if err == nil {
		found, err = algo.FindKeyPlayers(g, o, m)
	}
	if err != nil && !errors.Is(err, work.ErrBudget) {
		return nil, err
	}
	out := &KeyPlayers{KeyPlayers: found, Goal: o.Goal, Members: n.entities(found.Nodes)}
	out.Answer, err = n.answer(m, err)
	return out, err
}
