package gazetteer

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"github.com/rabta/rabta/graph"
)

//go:embed data/*.csv
var dataFiles embed.FS

// read reads the three files.
func read(files fs.FS) (*gazetteer, error) {
	r := &reader{&gazetteer{byID: map[string]*place{}}}
	r.add("PK", Country, "", "Pakistan")
	r.add("AF", Country, "", "Afghanistan")
	r.add("PK.FATA", Territory, "", "")
	for _, part := range []struct {
		file    string
		columns int
		take    func(row []string) error
	}{{"divisions.csv", 2, r.division}, {"places.csv", 7, r.town}, {"changes.csv", 6, r.change}} {
		if err := eachRow(files, part.file, part.columns, part.take); err != nil {
			return nil, err
		}
	}
	for _, p := range r.all {
		p.addBaseName()
	}
	return r.gazetteer, r.check()
}

// addBaseName puts the name that GeoNames gives before the others, unless they tell when
// it was in use.
func (p *place) addBaseName() {
	named := slices.ContainsFunc(p.Names, func(n GazetteerName) bool { return n.Value == p.base })
	if p.base != "" && !named {
		p.Names = slices.Insert(p.Names, 0, GazetteerName{Value: p.base})
	}
}

// eachRow calls take with each row of a file behind the first.
func eachRow(files fs.FS, name string, columns int, take func(row []string) error) error {
	f, err := files.Open("data/" + name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	c := csv.NewReader(f)
	c.FieldsPerRecord = columns
	rows, err := c.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for i, row := range rows[1:] {
		if err := take(row); err != nil {
			return fmt.Errorf("%s, line %d: %w", name, i+2, err)
		}
	}
	return nil
}

// reader fills a gazetteer row by row.
type reader struct{ *gazetteer }

func (r *reader) add(id string, kind GazetteerKind, parent, name string) *place {
	p := &place{ID: id, base: name, kinds: []dated[GazetteerKind]{{value: kind}}}
	if parent != "" {
		p.parents = []dated[string]{{value: parent}}
	}
	r.all, r.byID[id] = append(r.all, p), p
	return p
}

func (r *reader) division(row []string) error {
	parent, kind := row[0][:strings.LastIndexByte(row[0], '.')], District
	if !strings.Contains(parent, ".") {
		kind = Province
	}
	r.add(row[0], kind, parent, row[1])
	return nil
}

// town adds a settlement. One that GeoNames has no number for is known by where it is.
func (r *reader) town(row []string) error {
	id := "geonames:" + row[6]
	if row[6] == "" {
		id = "at:" + row[2] + "," + row[3]
	}
	parent := row[0] + "." + row[4]
	if r.byID[parent+"."+row[5]] != nil {
		parent += "." + row[5]
	}
	latitude, err := strconv.ParseFloat(row[2], 64)
	if err != nil {
		return err
	}
	longitude, err := strconv.ParseFloat(row[3], 64)
	if err != nil {
		return err
	}
	p := r.add(id, Town, parent, row[1])
	p.Latitude, p.Longitude = &latitude, &longitude
	return nil
}

// change tells what was otherwise at another time.
func (r *reader) change(row []string) error {
	p, field, value := r.byID[row[0]], row[1], row[2]
	if p == nil {
		return fmt.Errorf("there is no place %s", row[0])
	}
	when, err := periodOf(row[3], row[4])
	if err != nil {
		return err
	}
	switch field {
	case "name":
		p.Names = append(p.Names, GazetteerName{when, value, known(row[5])})
	case "kind":
		p.kinds = slices.Insert(p.kinds, 0, dated[GazetteerKind]{when, GazetteerKind(value)})
	case "parent":
		p.parents = slices.Insert(p.parents, 0, dated[string]{when, value})
	case "contested":
		p.ContestedBy = known(value)
	default:
		return fmt.Errorf("%q is not a field", field)
	}
	return nil
}

// known is a text; nil for none.
func known(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func periodOf(from, until string) (p period, err error) {
	for _, d := range []struct {
		text string
		into **graph.PartialDate
	}{{from, &p.From}, {until, &p.Until}} {
		if d.text == "" {
			continue
		}
		date, err := graph.ParseDate(d.text)
		if err != nil {
			return p, err
		}
		*d.into = &date
	}
	return p, nil
}

// check refuses a kind that there is not, and a parent that is not known.
func (r *reader) check() error {
	for _, p := range r.all {
		for _, k := range p.kinds {
			if !slices.Contains(Kinds, k.value) {
				return fmt.Errorf("%s is a %q, which is no kind", p.ID, k.value)
			}
		}
		for _, parent := range p.parents {
			if r.byID[parent.value] == nil {
				return fmt.Errorf("%s lies in %s, which is not known", p.ID, parent.value)
			}
		}
		if len(p.Names) == 0 {
			return fmt.Errorf("%s has no name", p.ID)
		}
	}
	return nil
}
