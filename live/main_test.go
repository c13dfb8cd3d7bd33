package live_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain asks for fewer random worlds than usual, for each is large; -rapid.checks
// asks for more. With -short they are as many: rapid draws a fifth then, and in five
// worlds what a test is about may not occur.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		checks := "25"
		if testing.Short() {
			checks = "125"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
