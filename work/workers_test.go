package work

import "testing"

// TestWorkers: alone one has all processors, beside others its own goroutine alone, and
// what was lent comes back.
func TestWorkers(t *testing.T) {
	defer func(n int) { processors = n }(processors)
	processors = 4
	if n, done := Workers(3); n != 3 {
		t.Errorf("%d of 3 that were asked for", n)
	} else {
		done()
	}
	first, firstDone := Workers(100)
	second, secondDone := Workers(100)
	if first != 4 || second != 1 {
		t.Errorf("%d and %d workers on 4 processors", first, second)
	}
	firstDone()
	third, thirdDone := Workers(100)
	if third != 4 {
		t.Errorf("%d workers when the first are back", third)
	}
	secondDone()
	thirdDone()
	if none, done := Workers(0); none != 1 {
		t.Errorf("%d workers for nothing", none)
	} else {
		done()
	}
	if lent.Load() != 0 {
		t.Errorf("%d are not back", lent.Load())
	}
}
