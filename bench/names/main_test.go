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
	if err != nil || len(groups) != 2 || len(groups[0].names) != 3 {
		t.Fatal(groups, err)
	}
	un, err := readUN(file("un.xml", unList))
	if err != nil || len(un) != 1 || len(un[0].names) != 3 {
		t.Fatal(un, err)
	}
	matches, nonMatches := scores(append(pairs, groups...))
	if len(matches) != 9 || len(nonMatches) != 27 || areaUnderCurve(values(matches), values(nonMatches)) < 0.99 {
		t.Errorf("%v, %v: area %v", matches, nonMatches, areaUnderCurve(values(matches), values(nonMatches)))
	}
	if part, lost := recall(pairs, true); part != 1 {
		t.Errorf("found %v, lost %v", part, lost)
	}
	if _, err := readGroups(file("bad.csv", "name,other\na,b\n")); err == nil {
		t.Error("a file without aliases is read")
	}
}

const unList = `<L><INDIVIDUALS><INDIVIDUAL>
<FIRST_NAME>HASSAN</FIRST_NAME><SECOND_NAME>AWEYS</SECOND_NAME>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Hassan Uwais; Hasan Awes</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Ali</ALIAS_NAME></INDIVIDUAL_ALIAS>
</INDIVIDUAL></INDIVIDUALS></L>`

// The labelled pairs are told apart: no pair of two is suggested, and nearly all of
// one are.
func TestLabelled(t *testing.T) {
	all, err := labelled()
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []string{"made", "fresh"} {
		matches, nonMatches := marked(all, set)
		a, b := values(matches), values(nonMatches)
		if area := areaUnderCurve(a, b); len(a) < 50 || len(b) < 30 || area < 0.97 {
			t.Errorf("%s: the area under the curve of %d and %d pairs is %.4f", set, len(a), len(b), area)
		}
	}
}
