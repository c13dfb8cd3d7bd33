// Package storetest is what every store must pass. Run holds what the contract
// of graph.Store says; Durable holds what it says of stores that outlive their
// process. No case asks which store it is running on, and none is skipped.
package storetest

import (
	"testing"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/tests/raced"
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
// its own that holds nothing. Under the race detector only those cases are run in which
// goroutines meet: callers, or a reader of the feed and who ends it.
func Run(t *testing.T, open func(t *testing.T) Opener) {
	for _, group := range []struct {
		name  string
		cases []testCase
		meet  bool
	}{
		{"apply", applyCases, false},
		{"batch id", batchIDCases, false},
		{"feed", feedCases, true},
		{"records", recordCases, false},
		{"retraction", retractionCases, false},
		{"refusal", refusalCases, false},
		{"markings", markingCases, false},
		{"redaction", redactionCases, false},
		{"lines", lineCases, false},
		{"context", contextCases, true},
		{"concurrency", concurrencyCases, true},
		{"size", sizeCases, false},
		{"restore", restoreCases, false},
		{"close", closeCases, true},
	} {
		t.Run(group.name, func(t *testing.T) {
			if !group.meet {
				raced.Alone(t)
			}
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) { c.run(t, open(t)) })
			}
		})
	}
}
