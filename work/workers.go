package work

import (
	"runtime"
	"sync/atomic"
)

// processors is how many there are to compute on: as the process found them when it began.
// A server may raise GOMAXPROCS later, so that what is light finds a thread.
var processors = runtime.GOMAXPROCS(0)

// lent are the workers that compute beside those who asked for them.
var lent atomic.Int64

// Processors is how many processors there are to compute on.
func Processors() int { return processors }

// Workers is how many goroutines may share a computation, its caller counted, and at most
// as many as are asked for. One that is alone has a goroutine for each processor; beside
// others it may have its caller alone, so that many at once do not crowd out what is light.
// Call done when it is over.
func Workers(most int) (n int, done func()) {
	beside := int64(0)
	for beside < int64(most)-1 {
		if lent.Add(1) >= int64(processors) {
			lent.Add(-1)
			break
		}
		beside++
	}
	return int(beside) + 1, func() { lent.Add(-beside) }
}
