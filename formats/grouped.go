package formats

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// How much of each kind of finding is shown: so many different messages, and of each so
// many further places.
const (
	shownMessages = 5
	shownPlaces   = 3
)

// Grouped says what is wrong with files in few lines: findings that say the same of the
// same field are one line, with the first place, how many there are and where the next
// ones stand; of findings that differ only in the word that is wrong the first few kinds
// are shown and the rest is counted. The order is that of the first findings.
func (e *FindingsError) Grouped() string {
	lines := map[int]string{} // by the place of the first finding that a line tells
	for _, k := range kindsOf(e.Findings) {
		for i, same := range k.same {
			if i == shownMessages {
				lines[k.same[i][0]] = restLine(e.Findings, k.same[i:])
				break
			}
			lines[same[0]] = sameLine(e.Findings, same)
		}
	}
	var out []string
	for _, first := range slices.Sorted(maps.Keys(lines)) {
		out = append(out, lines[first])
	}
	if len(out) < len(e.Findings) {
		out = append(out, fmt.Sprintf("%d findings in all; --all-errors lists each", len(e.Findings)))
	}
	return strings.Join(out, "\n")
}

// findingKind are findings of one code about one field, whose messages differ in words
// and numbers alone, by their places in the list of all. Those that say the same stand
// together, in the order of their first.
type findingKind struct{ same [][]int }

// kindsOf sorts findings by kind, each list in the order of the findings.
func kindsOf(findings []Finding) []*findingKind {
	type key struct{ code, field, message, remedy string }
	var kinds []*findingKind
	byShape := map[key]*findingKind{}
	place := map[key]int{} // of a list within its kind
	for n, f := range findings {
		shape := key{f.Code, shapeOf(f.Field), shapeOf(f.Message), shapeOf(f.Remedy)}
		k := byShape[shape]
		if k == nil {
			k = new(findingKind)
			byShape[shape], kinds = k, append(kinds, k)
		}
		exact := key{f.Code, shape.field, f.Message, f.Remedy}
		at, known := place[exact]
		if !known {
			at, k.same = len(k.same), append(k.same, nil)
			place[exact] = at
		}
		k.same[at] = append(k.same[at], n)
	}
	return kinds
}

// variable is what differs between findings of one kind: what is quoted, and numbers.
var variable = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[0-9]+`)

func shapeOf(text string) string { return variable.ReplaceAllString(text, "_") }

// sameLine is a line for findings that say the same.
func sameLine(all []Finding, same []int) string {
	line := all[same[0]].String()
	if len(same) > 1 {
		line += fmt.Sprintf(" (%d times; also %s)", len(same), places(all, same[1:]))
	}
	return line
}

// restLine is a line for further messages of a kind.
func restLine(all []Finding, same [][]int) string {
	rest := slices.Sorted(slices.Values(slices.Concat(same...)))
	first := all[rest[0]]
	return fmt.Sprintf("%s: %s: the same is wrong with %d more values, %d times; first %s",
		first.File, shapeField(first.Field), len(same), len(rest), places(all, rest))
}

// shapeField is a field without the numbers of list items.
func shapeField(field string) string { return strings.ReplaceAll(shapeOf(field), "[_]", "[]") }

// places are the first of the places where findings stand.
func places(all []Finding, list []int) string {
	shown := list[:min(len(list), shownPlaces)]
	words := make([]string, len(shown))
	for i, n := range shown {
		words[i] = fmt.Sprintf("%s:%d", all[n].File, all[n].Line)
	}
	text := strings.Join(words, ", ")
	if more := len(list) - len(shown); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
