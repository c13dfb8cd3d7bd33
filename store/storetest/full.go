package storetest

import (
	"fmt"
	"reflect"

	"github.com/rabta/rabta/graph"
)

// full is a batch whose records use every field there is.
func full() graph.Batch {
	return graph.Batch{
		ID: "full", Actor: "tester", Reason: "to use every field",
		Sources: fullSources(), Entities: fullEntities(), Claims: fullClaims(),
	}
}

func fullSources() []graph.Source {
	return []graph.Source{source("origin"), {
		Authors: []string{"First Author", "Second Author"}, DerivedFrom: []graph.ID{"s_origin"}, ID: "s_a", Kind: "ARTICLE",
		Language: "ur", Licence: "CC BY 4.0", Marking: graph.Green, Note: "of interest", Published: date("2014-12-16"),
		Publisher: "A Paper", Reliability: "B", Title: "A title", URL: "https://example.org/a?b=c&d=<e>",
		Seal: sealed(graph.Green),
	}}
}

func fullEntities() []graph.Entity {
	return []graph.Entity{
		{
			Description: "A person.", External: []string{"x:1", "y:2"}, ID: "i", Kind: graph.Individual, Marking: graph.Amber,
			Names:          []graph.Name{{Lang: "ur", Value: "نام"}, {Primary: true, Source: "s_a", Value: "Name"}},
			Representation: graph.Unnamed, Seal: sealed(graph.Amber),
		},
		{ID: "g", Kind: graph.Group, Names: []graph.Name{{Value: "Group"}}, Subtype: "FACTION", Representation: graph.Class},
		entity(graph.Individual, "speaker"),
		entity(graph.Incident, "n"),
	}
}

func fullClaims() []graph.Claim {
	link := graph.Claim{
		Amount:     &graph.Amount{Low: number(0.5), Best: number(1), High: number(2e9), Unit: "PKR"},
		Attributor: "speaker", Basis: "FORENSIC", Channel: "a telephone call", Credibility: 4, Degree: "SIBLING", Excerpt: "was seen there",
		Grade: "ASSOCIATE", Hedge: graph.Suspected, Label: "C47", Locator: "p. 12", Marking: graph.Red, Modes: []graph.Mode{"TRAINING", "FINANCIAL"},
		Nature: "shared a house", Object: "g", Origin: "s_origin", Polarity: graph.Denied, Predicate: "MEMBER_OF", Role: "member", Rule: "a-rule",
		Source: "s_a", Speaker: "speaker", Stage: "TRIAL", Subject: "i", Text: "The speaker is said to have denied it.",
		ValidFrom: date("2004-03~"), ValidTo: date("2016/.."),
		Seal: sealed(graph.Red),
	}
	quoted := link
	quoted.Speaker, quoted.SpeakerText = "", "a retired officer of the police"
	about := func(subject graph.ID, p graph.Predicate, v graph.Value) graph.Claim {
		return graph.Claim{Subject: subject, Predicate: p, Source: "s_a", Hedge: graph.Stated, Value: &v, Seal: sealed(graph.Green)}
	}
	return []graph.Claim{
		link,
		quoted,
		about("n", graph.DateOf, graph.Value{Date: date("2014-12-16?")}),
		about("n", graph.Casualties, graph.Value{Low: number(0), Best: number(9), High: number(12), Circa: true, Role: "CIVILIAN", Effect: "WOUNDED"}),
		about("n", graph.Coordinates, graph.Value{Lat: number(34.0151369), Lon: number(-71.5249154), Precision: "NEAR"}),
		about("g", "STRENGTH", graph.Value{Low: number(0.1), Best: number(1.0 / 3), High: number(1e12), Unit: "fighters", Text: "at its peak"}),
	}
}

// sealed is the seal of a record whose stamp is in force.
func sealed(m graph.Marking) graph.Seal { return graph.Seal{Stamp: m, InForce: m} }

func number(f float64) *float64 { return &f }

func date(s string) graph.PartialDate {
	d, err := graph.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// unused lists the fields, by path, that no value of a list sets.
func unused[T any](list []T, but ...string) []string {
	set := map[string]bool{}
	for i := range list {
		fields(reflect.ValueOf(list[i]), "", set)
	}
	for _, path := range but {
		delete(set, path)
	}
	var out []string
	for path, used := range set {
		if !used {
			out = append(out, path)
		}
	}
	return out
}

// fields notes every exported field below v and whether it is set.
// All of a date comes from its text.
func fields(v reflect.Value, path string, set map[string]bool) {
	if v.Type() == reflect.TypeFor[graph.PartialDate]() {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() == reflect.Struct {
			fields(v.Elem(), path, set)
		}
	case reflect.Slice:
		for i := range v.Len() {
			fields(v.Index(i), path+"[]", set)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type.Size() > 0 {
				name := path + "." + f.Name
				set[name] = set[name] || !v.Field(i).IsZero()
				fields(v.Field(i), name, set)
			}
		}
	}
}

// scramble overwrites everything that can be reached through a batch.
func scramble(b *graph.Batch) {
	overwrite(reflect.ValueOf(&b.Sources).Elem())
	overwrite(reflect.ValueOf(&b.Entities).Elem())
	overwrite(reflect.ValueOf(&b.Claims).Elem())
}

func overwrite(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			overwrite(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			overwrite(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				overwrite(v.Field(i))
			}
		}
	case reflect.String:
		v.SetString("scrambled")
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint64:
		v.SetUint(v.Uint() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	default:
		panic(fmt.Sprintf("storetest: a field of kind %v is not overwritten", v.Kind()))
	}
}
