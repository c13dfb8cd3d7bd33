// Package storetest is what every store must pass. Run holds what the contract
// of graph.Store says; Durable holds what it says of stores that outlive their
// process. No case asks which store it is running on, and none is skipped.
package storetest

import (
	"testing"

	"github.com/rabta/rabta/graph"
)

// Opener is one fresh store and the way to it.
type Opener interface {
	// Open opens one more handle on the store, as another server would, and
	// closes it when the test ends. A handle that was closed may be followed
	// by a new one.
	Open(t *testing.T) graph.Store
}

type testCase struct {
	name string
	run  func(t *testing.T, o Opener)
}

// Run runs the conformance suite. Every case calls open once, for a store of
// its own that holds nothing.
func Run(t *testing.T, open func(t *testing.T) Opener) {
	for _, group := range []struct {
		name  string
		cases []testCase
	}{
		{"apply", applyCases},
		{"batch id", batchIDCases},
		{"feed", feedCases},
		{"records", recordCases},
		{"retraction", retractionCases},
		{"refusal", refusalCases},
		{"context", contextCases},
		{"concurrency", concurrencyCases},
		{"size", sizeCases},
		{"restore", restoreCases},
		{"close", closeCases},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
			}
		})
	}
}
