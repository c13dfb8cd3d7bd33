// Package raced is for tests that are run twice: in full, and with the race detector, which
// makes them ten times dearer and looks at nothing but memory that goroutines share.
package raced

import "testing"

// Alone leaves a test out under the detector: one goroutine does it by itself, and what
// goroutines do for it is done in other tests too.
func Alone(t testing.TB) {
	t.Helper()
	if Detector {
		t.Skip("one goroutine does it: it is run without the race detector")
	}
}

// Few is n, or as many as under the detector: a tenth.
func Few(n int) int {
	if Detector {
		return (n + 9) / 10
	}
	return n
}
