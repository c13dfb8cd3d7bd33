package gazetteer

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rabta/rabta/graph"
)

func day(t *testing.T, s string) graph.Day {
	t.Helper()
	if s == "" {
		return Now
	}
	d, err := graph.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// chain is the name of a place on a day, its kind, and what it lay in.
func chain(p GazetteerPlace) string {
	out := []string{nameOf(p) + " " + string(p.Kind())}
	for _, parent := range p.Parents() {
		out = append(out, nameOf(parent))
	}
	return strings.Join(out, ", ")
}

func nameOf(p GazetteerPlace) string {
	if name := p.Name(); name != nil {
		return *name
	}
	return ""
}

// TestNamesThenAndNow: a place is found under the name of then or of now, and is seen as
// it was on a day.
func TestNamesThenAndNow(t *testing.T) {
	for _, c := range []struct{ text, on, id, want string }{
		{"NWFP", "", "PK.03", "Khyber Pakhtunkhwa PROVINCE, Pakistan"},
		{"North West Frontier Province", "2010-04-19", "PK.03", "Khyber Pakhtunkhwa PROVINCE, Pakistan"},
		{"Khyber Pakhtunkhwa", "2010-04-18", "PK.03", "North-West Frontier Province PROVINCE, Pakistan"},
		{"Khyber Pukhtoonkhwa", "", "PK.03", ""},
		{"خیبر پختونخوا", "", "PK.03", ""},
		{
			"Bajaur", "2018-05-30", "PK.03.1183781",
			"Bājaur Agency AGENCY, Federally Administered Tribal Areas, Pakistan",
		},
		{"Bājaur Agency", "2018-05-31", "PK.03.1183781", "Bajaur DISTRICT, Khyber Pakhtunkhwa, Pakistan"},
		{"Bajour", "", "PK.03.1183781", ""},
		{"باجوڑ", "", "PK.03.1183781", ""},
		{
			"North Waziristan Agency", "", "PK.03.1168875",
			"North Wazīristān District DISTRICT, Khyber Pakhtunkhwa, Pakistan",
		},
		{
			"South Waziristan", "2010-01-01", "PK.03.1164536",
			"South Waziristan Agency AGENCY, Federally Administered Tribal Areas, Pakistan",
		},
		{"FATA", "2000-01-01", "PK.FATA", "Federally Administered Tribal Areas TERRITORY, Pakistan"},
		{"Northern Areas", "", "PK.07", "Gilgit-Baltistan TERRITORY, Pakistan"},
		{"Gilgit Baltistan", "2005-01-01", "PK.07", "Northern Areas TERRITORY, Pakistan"},
		{"Lyallpur", "", "geonames:1179400", "Faisalabad TOWN, Faisalābād District, Punjab, Pakistan"},
		{"Faisalabad", "1950-01-01", "geonames:1179400", "Lyallpur TOWN, Faisalābād District, Punjab, Pakistan"},
		{"Fort Sandeman", "", "geonames:1162105", ""},
		{"Mastung", "", "geonames:1170706", "Mastung TOWN, Mastung District, Balochistan, Pakistan"},
		{"Panjshir", "", "AF.42", "Panjshir PROVINCE, Afghanistan"},
	} {
		hits := search(PlaceQuery{Name: c.text, Day: day(t, c.on), Limit: 20})
		found := false
		for _, h := range hits {
			if h.Place.ID != c.id {
				continue
			}
			found = true
			got := strings.ReplaceAll(chain(h.Place), "Islamic Republic of Pakistan", "Pakistan")
			if c.want != "" && got != c.want {
				t.Errorf("%s on %q is %s, want %s", c.text, c.on, got, c.want)
			}
		}
		if !found {
			t.Errorf("%s does not find %s: %d places", c.text, c.id, len(hits))
		}
	}
}

// TestSearch: several places of one name are all listed, greater ones first; what is
// like no name is not guessed.
func TestSearch(t *testing.T) {
	sahiwal := search(PlaceQuery{Name: "Sahiwal", Day: Now, Kinds: []GazetteerKind{Town}, Limit: 20})
	if len(sahiwal) < 2 || sahiwal[0].Score != 1 || sahiwal[1].Score != 1 ||
		sahiwal[0].Place.ID == sahiwal[1].Place.ID {
		t.Errorf("Sahiwal is %d places", len(sahiwal))
	}
	got := search(PlaceQuery{Name: "Montgomery", Day: Now, Limit: 20})
	if len(got) != 1 || nameOf(got[0].Place) != "Sahiwal" || got[0].Matched.Until.EDTF != "1966" {
		t.Errorf("Montgomery is %v", got)
	}
	for _, none := range []string{"", "Xyzzy", "…", "Paris", strings.Repeat("a\u0301", 50_000)} {
		if got := search(PlaceQuery{Name: none, Day: Now, Limit: 20}); len(got) != 0 {
			t.Errorf("%.10q is %s", none, got[0].Place.ID)
		}
	}
	if got := search(PlaceQuery{Name: "FATA", Day: Now, Existing: true, Limit: 20}); len(got) != 0 {
		t.Errorf("today FATA is %v", got[0].Place.ID)
	}
	for _, h := range search(PlaceQuery{Name: "Kabul", Day: Now, Country: "PK", Limit: 20}) {
		if h.Place.Country() != "PK" || h.Score == 1 {
			t.Errorf("in Pakistan, Kabul is %s", h.Place.ID)
		}
	}
	if len(search(PlaceQuery{Name: "Sahiwal", Day: Now, Limit: 1})) != 1 {
		t.Error("the limit does not hold")
	}
}

func TestContested(t *testing.T) {
	for id, contested := range map[string]bool{"PK.06": true, "PK.07": true, "PK.03": false, "AF.13": false} {
		p := load().byID[id]
		if p == nil || (GazetteerPlace{p, Now}).Contested() != contested {
			t.Errorf("%s is contested: %v", id, !contested)
		}
	}
}

func TestSamePlace(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"NWFP", "Khyber Pakhtunkhwa", true},
		{"Khyber Pakhtunkhwa", "NWFP", true},
		{"Bajaur Agency", "Bajaur District", true},
		{"Lyallpur", "Faisalabad", true},
		{"Northern Areas", "Gilgit-Baltistan", true},
		{"NWFP", "Balochistan", false},
		{"Lyallpur", "Lahore", false},
		{"Sahiwal", "Montgomery", true},
		{"Montgomery", "Sahiwal", true},
	} {
		if got := SamePlace(c.a, c.b); got != c.same {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}

// Every place lies in a country at all times that it exists, and has one name then.
func TestEveryPlace(t *testing.T) {
	if n := len(load().all); n < 1000 {
		t.Fatalf("there are %d places", n)
	}
	for _, p := range load().all {
		for _, on := range []string{"1950-01-01", "2000-01-01", "2010-04-19", "2018-05-31", ""} {
			seen := GazetteerPlace{p, day(t, on)}
			if country := seen.Country(); country != "PK" && country != "AF" && seen.exists() {
				t.Errorf("%s lies in %q on %s", p.ID, country, on)
			}
		}
	}
}

func TestBadData(t *testing.T) {
	good := map[string]string{
		"divisions.csv": "code,name\nPK.03,X\n", "places.csv": "country,name,lat,lon,a,b,id\n",
		"changes.csv": "place,field,value,from,until,note\nPK.FATA,name,F,,,\n",
	}
	for what, bad := range map[string][2]string{
		"a place that is not there": {"changes.csv", "h,h,h,h,h,h\nPK.99,name,X,,,\n"},
		"no field":                  {"changes.csv", "h,h,h,h,h,h\nPK.03,nme,X,,,\n"},
		"no date":                   {"changes.csv", "h,h,h,h,h,h\nPK.03,name,X,now,,\n"},
		"no kind":                   {"changes.csv", "h,h,h,h,h,h\nPK.03,kind,PLANET,,,\nPK.FATA,name,F,,,\n"},
		"no parent":                 {"changes.csv", "h,h,h,h,h,h\nPK.03,parent,MARS,,,\nPK.FATA,name,F,,,\n"},
		"no number":                 {"places.csv", "c,n,la,lo,a,b,i\nPK,X,north,1,03,,\n"},
		"a column less":             {"divisions.csv", "code\nPK.03\n"},
	} {
		files := fstest.MapFS{}
		for name, text := range good {
			files["data/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
		if _, err := read(files); err != nil {
			t.Fatal(err)
		}
		files["data/"+bad[0]] = &fstest.MapFile{Data: []byte(bad[1])}
		if _, err := read(files); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
