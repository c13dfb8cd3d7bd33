// Package damage does harm to the files of stores, and holds what the program says of them
// then against what it said before.
package damage_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/rabta/rabta/tests/faults/program"
)

var (
	flips   = flag.Int("flips", 24, "how many bits are flipped, each in a copy of the store")
	tails   = flag.Int("tails", 8, "how many tails are cut off the files of a store")
	pages   = flag.Int("pages", 8, "how many pages are overwritten")
	tables  = flag.Int("tables", 20, "how many tables are edited")
	swaps   = flag.Int("swaps", 1, "how often the files of a running server are replaced, in each way")
	fills   = flag.Int("fills", 1, "how often the disk is filled: as root, on a file system of its own")
	commits = flag.Int("commits", 200, "how many commits the store has")
	seed    = flag.Uint64("seed", 0, "what the draws begin with; 0 has that drawn, too")
)

// binary is the program, and folder what the tests of this package share.
var binary, folder string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	var err error
	if folder, err = os.MkdirTemp("", "damage"); err == nil {
		defer func() { _ = os.RemoveAll(folder) }()
		binary, err = program.BuildIn(folder, "../../..")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// draws are the draws of a test, from a seed that is printed.
func draws(t *testing.T) *rand.Rand {
	t.Helper()
	from := *seed
	if from == 0 {
		from = rand.Uint64()
	}
	t.Logf("drawn with -seed %d", from)
	return rand.New(rand.NewPCG(from, 0))
}

// one is one of a list.
func one[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }
