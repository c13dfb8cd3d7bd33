package reconcile

import (
	"github.com/rabta/rabta/graph"
	"github.com/rabta/rabta/live"
)

// Manifest is what the service says of itself.
type Manifest struct {
	Versions        []string            `json:"versions"`
	Name            string              `json:"name"`
	IdentifierSpace string              `json:"identifierSpace"`
	SchemaSpace     string              `json:"schemaSpace"`
	View            map[string]string   `json:"view"`
	DefaultTypes    []Named             `json:"defaultTypes"`
	Suggest         map[string]Location `json:"suggest"`
	Preview         PreviewFrame        `json:"preview"`
	Extend          ExtendFeature       `json:"extend"`
	BatchSize       int                 `json:"batchSize"`
}

// Location is the address of a part of the service.
type Location struct {
	URL  string `json:"service_url"`
	Path string `json:"service_path"`
}

// PreviewFrame is the address of previews, and how large they are shown.
type PreviewFrame struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// ExtendFeature says where columns are proposed, and what can be set for each.
type ExtendFeature struct {
	Propose  Location  `json:"propose_properties"`
	Settings []Setting `json:"property_settings"`
}

// Setting is something that can be set for a column.
type Setting struct {
	Name    string `json:"name"`
	Label   string `json:"label"`
	Type    string `json:"type"`
	Default int    `json:"default"`
	Help    string `json:"help_text"`
}

// NewManifest describes the service to a client that reaches the server at base, such
// as http://127.0.0.1:8420. The conditions of a lens, URL-encoded, go into every
// address, so that all of the service is seen through that lens.
func NewManifest(base, lens string) *Manifest {
	at := func(path string) Location { return Location{base, withQuery(path, lens)} }
	page := base + withQuery("/reconcile/preview", "id={{id}}", lens)
	m := &Manifest{
		Versions: []string{"0.2"}, Name: "rabta",
		IdentifierSpace: "urn:rabta:entity", SchemaSpace: "urn:rabta:schema",
		View: map[string]string{"url": page}, Preview: PreviewFrame{page, 430, 300},
		BatchSize: live.MaxDescriptions,
		Suggest: map[string]Location{
			"entity":   at("/reconcile/suggest/entity"),
			"type":     at("/reconcile/suggest/type"),
			"property": at("/reconcile/suggest/property"),
		},
		Extend: ExtendFeature{at("/reconcile/properties"), []Setting{
			{"limit", "At most", "number", 0, "How many values are taken, best first; 0 is all."},
		}},
	}
	for _, k := range graph.EntityKinds {
		m.DefaultTypes = append(m.DefaultTypes, typeOf(k))
	}
	return m
}

// withQuery is a path with those parts of a query string that are not empty.
func withQuery(path string, parts ...string) string {
	separator := "?"
	for _, part := range parts {
		if part != "" {
			path += separator + part
			separator = "&"
		}
	}
	return path
}
