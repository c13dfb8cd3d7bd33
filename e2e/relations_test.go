package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/rabta/rabta/schema"
)

// far says what stands at the far end of the links that a field lists.
var far = map[string]string{
	"Group.allies": "GROUP ORGANISATION", "Group.rivals": "GROUP ORGANISATION", "Group.members": "INDIVIDUAL",
	"Group.leaders": "INDIVIDUAL", "Group.founders": "GROUP INDIVIDUAL ORGANISATION", "Group.spokesmen": "INDIVIDUAL",
	"Group.condemnedIncidents": "INCIDENT", "Group.madressahs": "MADRESSAH", "Group.parents": "GROUP ORGANISATION",
	"Group.factions": "GROUP ORGANISATION", "Group.claimedIncidents": "INCIDENT", "Group.deniedIncidents": "INCIDENT",
	"Group.attributedIncidents": "INCIDENT", "Group.places": "PLACE", "Group.designations": "DESIGNATION",
	"Individual.kin": "INDIVIDUAL ORGANISATION", "Individual.associates": "INDIVIDUAL", "Individual.groups": "GROUP ORGANISATION",
	"Individual.roles": "GROUP INCIDENT MADRESSAH ORGANISATION", "Individual.madressahs": "MADRESSAH", "Individual.incidents": "INCIDENT",
	"Individual.custody": "GROUP INCIDENT ORGANISATION PLACE", "Individual.designations": "DESIGNATION",
	"Madressah.founders": "GROUP INDIVIDUAL ORGANISATION", "Madressah.leaders": "INDIVIDUAL", "Madressah.administrators": "INDIVIDUAL",
	"Madressah.teachers": "INDIVIDUAL", "Madressah.patrons": "INDIVIDUAL", "Madressah.students": "INDIVIDUAL", "Madressah.places": "PLACE",
	"Madressah.groups": "GROUP", "Madressah.incidents": "INCIDENT",
	"Organisation.members": "INDIVIDUAL", "Organisation.leaders": "INDIVIDUAL",
	"Organisation.founders": "GROUP INDIVIDUAL ORGANISATION", "Organisation.spokesmen": "INDIVIDUAL", "Organisation.incidents": "INCIDENT",
	"Organisation.places": "PLACE", "Organisation.designations": "DESIGNATION",
	"Incident.place": "PLACE", "Incident.claimedBy": "GROUP INDIVIDUAL", "Incident.deniedBy": "GROUP INDIVIDUAL ORGANISATION",
	"Incident.condemnedBy":  "GROUP INDIVIDUAL ORGANISATION",
	"Incident.attributions": "GROUP INDIVIDUAL ORGANISATION", "Incident.participants": "INDIVIDUAL", "Incident.tracedTo": "MADRESSAH PLACE",
	"Incident.targets": "DESIGNATION GROUP INCIDENT INDIVIDUAL MADRESSAH ORGANISATION PLACE",
	"Place.within":     "PLACE", "Place.contains": "INDIVIDUAL MADRESSAH ORGANISATION PLACE", "Place.borders": "PLACE",
	"Place.incidents": "INCIDENT", "Place.groups": "GROUP", "Designation.subjects": "GROUP INDIVIDUAL MADRESSAH ORGANISATION",
	"Group.partyTo":           "INCIDENT",
	"Group.owns":              "MADRESSAH ORGANISATION PLACE",
	"Group.trainedAt":         "MADRESSAH ORGANISATION PLACE",
	"Group.mayInclude":        "GROUP",
	"Group.mayBeAmong":        "GROUP",
	"Individual.partyTo":      "INCIDENT",
	"Individual.commands":     "INDIVIDUAL",
	"Individual.commandedBy":  "INDIVIDUAL",
	"Individual.arrests":      "GROUP ORGANISATION PLACE",
	"Individual.owns":         "MADRESSAH ORGANISATION PLACE",
	"Individual.trainedAt":    "MADRESSAH ORGANISATION PLACE",
	"Individual.mayInclude":   "INDIVIDUAL",
	"Individual.mayBeAmong":   "INDIVIDUAL",
	"Organisation.partyTo":    "INCIDENT",
	"Organisation.madressahs": "MADRESSAH",
	"Organisation.owns":       "MADRESSAH ORGANISATION PLACE",
	"Organisation.owners":     "GROUP INDIVIDUAL ORGANISATION",
	"Organisation.trainees":   "GROUP INDIVIDUAL",
	"Organisation.mayInclude": "ORGANISATION",
	"Organisation.mayBeAmong": "ORGANISATION",
	"Madressah.organisations": "ORGANISATION",
	"Madressah.owners":        "GROUP INDIVIDUAL ORGANISATION",
	"Madressah.trainees":      "GROUP INDIVIDUAL",
	"Madressah.funders":       "GROUP INDIVIDUAL ORGANISATION",
	"Madressah.designations":  "DESIGNATION",
	"Madressah.mayInclude":    "MADRESSAH",
	"Madressah.mayBeAmong":    "MADRESSAH",
	"Incident.parties":        "GROUP INDIVIDUAL ORGANISATION",
	"Incident.partOf":         "INCIDENT",
	"Incident.parts":          "INCIDENT",
	"Incident.retaliationFor": "INCIDENT",
	"Incident.retaliations":   "INCIDENT",
	"Incident.mayInclude":     "INCIDENT",
	"Incident.mayBeAmong":     "INCIDENT",
	"Place.arrests":           "INDIVIDUAL",
	"Place.trainees":          "GROUP INDIVIDUAL",
	"Place.owners":            "GROUP INDIVIDUAL ORGANISATION",
	"Place.mayInclude":        "PLACE",
	"Place.mayBeAmong":        "PLACE",
}

// A list of links has at its far end what its name promises, and all that the
// vocabulary has of it.
func TestFarEnds(t *testing.T) {
	s, err := gqlparser.LoadSchema(&ast.Source{Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	w := ofEverything(t)
	for _, name := range typeNames(s) {
		for _, f := range s.Types[name].Fields {
			if f.Type.Name() != "LinkConnection" || f.Name == "links" {
				continue
			}
			t.Run(name+"."+f.Name, func(t *testing.T) {
				var kinds []string
				for _, end := range []string{"a", "b"} {
					root := strings.ToLower(name)
					var got map[string]map[string]struct {
						Nodes []struct{ Other struct{ Kind string } }
					}
					w.data(t, fmt.Sprintf(`{ %s(id: "%s-%s") { %s { nodes { other { kind } } } } }`, root, root, end, f.Name), &got)
					for _, n := range got[root][f.Name].Nodes {
						kinds = append(kinds, n.Other.Kind)
					}
				}
				slices.Sort(kinds)
				if got := strings.Join(slices.Compact(kinds), " "); got != far[name+"."+f.Name] {
					t.Errorf("there are %s, want %s", got, far[name+"."+f.Name])
				}
			})
		}
	}
}
