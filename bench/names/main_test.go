package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestMeasures: names of one score above names of two on a small set, and files are
// read as they are meant.
func TestMeasures(t *testing.T) {
	file := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pairs, err := readPairs(file("pairs.csv", "# comment\nمحمد علي,Mohamed Ali,0.9,x\nنواز شریف,Nawaz Sharif,0.9,x\n"))
	if err != nil || len(pairs) != 2 {
		t.Fatal(pairs, err)
	}
	groups, err := readGroups(file("groups.csv", "name,alias\nAl Qaida,القاعدة\nAl Qaida,al-Qaeda\nIslamic Front,IF\n"))
	if err != nil || len(groups) != 2 || len(groups[0]) != 3 {
		t.Fatal(groups, err)
	}
	ones, twos := scores(parsed(append(pairs, groups...)))
	if len(ones) != 6 || len(twos) != 6 || area(ones, twos) < 0.99 || recall(parsed(pairs)) != 1 {
		t.Errorf("%v, %v: area %v", ones, twos, area(ones, twos))
	}
	if _, err := readGroups(file("bad.csv", "name,other\na,b\n")); err == nil {
		t.Error("a file without aliases is read")
	}
}
