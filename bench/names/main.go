// Command names measures how well names of one are told from names of two, and how
// long it takes to find one.
//
//	go run ./bench/names [-show N] [-pairs FILE] [-groups FILE] [-un FILE] [-count N]
//
// FILE of pairs is a CSV of name, name; of groups a CSV with a column alias behind the
// name; of un the consolidated list of the United Nations as XML. Without files it
// measures the pairs in labelled.csv and the names of the seed graph.
package main

import (
	"flag"
	"fmt"
	"os"

	"github.com/rabta/rabta/names"
)

func main() {
	pairs := flag.String("pairs", "", "a CSV of pairs of names of one")
	groups := flag.String("groups", "", "a CSV of groups with a column alias")
	un := flag.String("un", "", "the consolidated list of the United Nations, XML")
	count := flag.Int("count", 0, "how many names to build an index of, to measure how long it takes")
	show := flag.Int("show", 0, "how many of the worst pairs to show of each set")
	flag.Parse()
	if *count > 0 {
		speed(*count)
	}
	if err := run(*show, *pairs, *groups, *un); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// entity is somebody or something with its names.
type entity struct {
	id    string
	class names.Class
	names []string
}

func run(show int, pairs, groups, un string) error {
	marked, err := labelled()
	if err != nil {
		return err
	}
	reportLabelled(marked, show)
	sets := []struct {
		name, file string
		read       func(string) ([]entity, error)
	}{
		{"seed graph", "-", readSeeds},
		{"pairs of " + pairs, pairs, readPairs},
		{"groups of " + groups, groups, readGroups},
		{"list of " + un, un, readUN},
	}
	for _, s := range sets {
		if s.file == "" {
			continue
		}
		list, err := s.read(s.file)
		if err != nil {
			return err
		}
		report(s.name, list, show)
	}
	return nil
}
