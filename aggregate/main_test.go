package aggregate_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain asks for fewer random graphs than usual, for of each several questions are asked;
// -rapid.checks asks for more. With -short they are as many: rapid draws a fifth then.
func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "rapid.checks" })
	if !asked {
		checks := "40"
		if testing.Short() {
			checks = "200"
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
