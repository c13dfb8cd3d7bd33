package live_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain asks for fewer random worlds than usual, for each is large; -rapid.checks
// asks for more.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		if err := flag.Set("rapid.checks", "25"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
