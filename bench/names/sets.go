package main

import (
	_ "embed"
	"encoding/csv"
	"encoding/xml"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/names"
	"github.com/rabta/rabta/seeds"
)

var classes = map[graph.EntityKind]names.Class{
	graph.Individual: names.Person, graph.Group: names.Group, graph.Organisation: names.Group,
	graph.Madressah: names.School, graph.Place: names.Place,
}

// readSeeds are the seed graph's groups, people, schools, bodies and places; what its
// claims say is the same, or may be, is one.
func readSeeds(string) ([]entity, error) {
	b, err := seeds.Batch()
	if err != nil {
		return nil, err
	}
	same := map[graph.ID]graph.ID{}
	for i := range b.Claims {
		c := &b.Claims[i]
		if (c.Predicate == graph.SameAs || c.Predicate == graph.PossiblySameAs) && c.Polarity != graph.Denied {
			same[c.Object] = c.Subject
		}
	}
	var out []entity
	at := map[graph.ID]int{}
	for i := range b.Entities {
		e := &b.Entities[i]
		if e.Kind == graph.Incident || e.Kind == graph.Designation {
			continue
		}
		id := e.ID
		for same[id] != "" {
			id = same[id]
		}
		place, known := at[id]
		if !known {
			place, at[id] = len(out), len(out)
			out = append(out, entity{id: string(id), class: classes[e.Kind], names: []string{}})
		}
		out[place].names = append(out[place].names, e.Primary())
		for _, n := range e.Names {
			out[place].names = append(out[place].names, n.Value)
		}
	}
	for i := range out {
		out[i].names = unique(out[i].names)
	}
	return out, nil
}

func unique(list []string) (out []string) {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

func readPairs(path string) ([]entity, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []entity
	for line := range strings.Lines(string(text)) {
		row, err := csv.NewReader(strings.NewReader(line)).Read()
		if err != nil || len(row) < 3 || strings.HasPrefix(line, "#") {
			continue
		}
		if i := slices.IndexFunc(out, func(t entity) bool { return t.id == row[1] }); i >= 0 {
			out[i].names = unique(append(out[i].names, row[0]))
			continue
		}
		out = append(out, entity{id: row[1], class: names.Person, names: row[:2]})
	}
	return out, nil
}

// readGroups reads a CSV with a header: the first column names the one, the column
// "alias" one of its names.
func readGroups(path string) ([]entity, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	alias := slices.IndexFunc(rows[0], func(column string) bool { return strings.HasPrefix(column, "alias") })
	if alias < 1 {
		return nil, fmt.Errorf("%s: no column behind the first one begins with alias", path)
	}
	var out []entity
	for _, row := range rows[1:] {
		i := slices.IndexFunc(out, func(t entity) bool { return t.id == row[0] })
		if i < 0 {
			i = len(out)
			out = append(out, entity{row[0], names.Group, []string{row[0]}})
		}
		out[i].names = unique(append(out[i].names, row[alias]))
	}
	return out, nil
}

// listEntry is a person or a body of the list of the United Nations.
type listEntry struct {
	First  string  `xml:"FIRST_NAME"`
	Second string  `xml:"SECOND_NAME"`
	Third  string  `xml:"THIRD_NAME"`
	Fourth string  `xml:"FOURTH_NAME"`
	Script string  `xml:"NAME_ORIGINAL_SCRIPT"`
	Person []alias `xml:"INDIVIDUAL_ALIAS"`
	Body   []alias `xml:"ENTITY_ALIAS"`
}

type alias struct {
	Quality string `xml:"QUALITY"`
	Name    string `xml:"ALIAS_NAME"`
}

// readUN reads the names and the aliases that are not marked as of low quality.
func readUN(path string) ([]entity, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var list struct {
		Persons []listEntry `xml:"INDIVIDUALS>INDIVIDUAL"`
		Bodies  []listEntry `xml:"ENTITIES>ENTITY"`
	}
	if err := xml.Unmarshal(text, &list); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []entity
	take := func(l listEntry, class names.Class) {
		main := strings.Join(strings.Fields(l.First+" "+l.Second+" "+l.Third+" "+l.Fourth), " ")
		t := entity{main, class, []string{main, l.Script}}
		for _, a := range append(l.Person, l.Body...) {
			if a.Quality != "Low" {
				t.names = append(t.names, strings.Split(a.Name, ";")...)
			}
		}
		t.names = unique(t.names)
		out = append(out, t)
	}
	for _, l := range list.Persons {
		take(l, names.Person)
	}
	for _, l := range list.Bodies {
		take(l, names.Group)
	}
	return out, nil
}

// labelledPair is two names, and whether they are of one.
type labelledPair struct {
	class names.Class
	a, b  string
	one   bool
	set   string // "made": rules were made by these; "fresh": only measured
}

//go:embed labelled.csv
var labelledFile string

var classNames = map[string]names.Class{
	"PERSON": names.Person, "GROUP": names.Group, "SCHOOL": names.School, "PLACE": names.Place,
}

func labelled() (out []labelledPair, err error) {
	rows, err := csv.NewReader(strings.NewReader(labelledFile)).ReadAll()
	if err != nil {
		return nil, err
	}
	for i, row := range rows[1:] {
		class, ok := classNames[row[0]]
		if !ok || row[3] != "0" && row[3] != "1" || row[4] != "made" && row[4] != "fresh" {
			return nil, fmt.Errorf(
				"labelled.csv, line %d: %q is no class, %q neither 0 nor 1, or %q neither made nor fresh",
				i+2, row[0], row[3], row[4])
		}
		out = append(out, labelledPair{class, row[1], row[2], row[3] == "1", row[4]})
	}
	return out, nil
}
