package hostile

import (
	"fmt"
	"strings"
)

// views are parts of the graph that cost differently to read and to compute over: few
// links among many entities, weights that are folded of claims, ties that are made.
var views = []string{
	``,
	`view: {bearings: [ALL], through: [PLACE, DESIGNATION, INCIDENT]}`,
	`view: {lens: {minIndependentSources: 2}}`,
	`view: {direction: OUT, weight: EVIDENCE}`,
	`view: {bearings: [ALL], through: [PLACE, DESIGNATION, INCIDENT], weight: INDEPENDENT_SOURCES}`,
	`view: {project: {join: [INDIVIDUAL], by: [GROUP], alpha: 0.5}}`,
}

var measures = strings.Fields(`DEGREE IN_DEGREE OUT_DEGREE SIGNED_DEGREE BETWEENNESS CLOSENESS HARMONIC EIGENVECTOR
	PAGERANK KATZ BONACICH BONACICH_NEGATIVE CORE TRIANGLES CLUSTERING CONSTRAINT EFFECTIVE_SIZE FRAGMENTATION`)

// analysis asks every field of link analysis about every view, with the arguments that
// cost most.
func (c *corpus) analysis() {
	for _, view := range views {
		for _, field := range []string{"balance", "communities", "structure", "layers", "tieBetweenness"} {
			c.field(field, view, "", "{ nodeCount }")
		}
		for _, method := range []string{"LABEL_PROPAGATION", "COMPONENTS", "STRONG_COMPONENTS"} {
			c.field("communities", view, "method: "+method, "{ rows { members { id } } }")
		}
		for _, m := range measures {
			c.field("measure", view, "measure: "+m, "{ rows { value } }")
			c.field("measure", view, "measure: "+m+", samples: 50, bySource: 10", "{ rows { value } }")
		}
		for _, goal := range []string{"FRAGMENTATION", "DISTANCE_FRAGMENTATION", "REACH", "DISTANCE_REACH"} {
			c.field("keyPlayers", view, "size: 10, goal: "+goal, "{ value }")
		}
		for _, by := range []string{"MEMBERSHIP", "COMMUNITY", "ENTITY_KIND"} {
			c.field("brokers", view, "groupedBy: "+by, "{ groups }")
		}
		c.field("paths", view, `from: "e0", to: "e9", rank: CREDIBILITY, first: 100, maxLength: 12`, "{ paths { length } }")
		c.field("paths", view, `from: "e0", to: "e9", rank: LENGTH, first: 100, maxLength: 4`, "{ paths { length } }")
		c.field("pathsTo", view, `to: "e0", fromKinds: [GROUP, INDIVIDUAL], first: 100`, "{ paths { length } }")
		c.field("pathsTo", view, `to: "e0", fromKinds: [INDIVIDUAL], rank: CREDIBILITY, maxLength: 12`, "{ paths { length } }")
		c.field("twoMode", view, "join: [INDIVIDUAL], by: [GROUP]", "{ nodeCount }")
		c.field("twoMode", view, "join: [GROUP, INCIDENT, PLACE], by: [INDIVIDUAL], alpha: 0.1", "{ nodeCount }")
		c.field("similar", view, `of: "e0", first: 500`, "{ score }")
		c.field("predictLinks", view, `method: RESOURCE_ALLOCATION, of: [`+strings.Join(texts(500, `"e%d"`), " ")+`]`, "{ score }")
	}
	c.compared()
}

// field asks a field about a view.
func (c *corpus) field(name, view, arguments, selection string) {
	given := strings.Trim(arguments+", "+view, ", ")
	if given != "" {
		given = "(" + given + ")"
	}
	c.add(fmt.Sprintf("%.60s", name+given), "{"+name+given+selection+"}", nil)
}

// compared asks what compares views, and what follows single entities.
func (c *corpus) compared() {
	c.add("duplicates", `{possibleDuplicates(limit: 500) { pairs { score } } }`, nil)
	c.add("kin", `{kin(of: "e1", degree: 4) { legs { link { id } } } }`, nil)
	c.add("kin at once", "{"+strings.Join(texts(20, `k%[1]d: kin(of: "e%[1]d", degree: 4) { legs { link { id } } }`), " ")+"}", nil)
	c.add("diff", `{diff(before: {asOf: "2010-01-01"}, after: {minCredibility: 2}) { changedCount } }`, nil)
	c.add("diff of sources", `{diff(before: {minIndependentSources: 2}, after: {}, first: 500) { changedCount } }`, nil)
	c.add("impact", `{sourceImpact(source: "s_0", first: 500) { lostCount moved { before } } }`, nil)
	c.add("subgraph", `{subgraph(view: {bearings: [ALL], through: [PLACE, DESIGNATION, INCIDENT]}, maxNodes: 5000) { nodes { id } } }`, nil)
	c.add("links of a subgraph", `{subgraph(view: {bearings: [ALL], through: [PLACE, DESIGNATION, INCIDENT]}, maxNodes: 5000) { links { id credibility } } }`, nil)
	c.add("neighbourhood", `{neighbourhood(of: ["e0"], depth: 5, maxNodes: 5000) { links { id } } }`, nil)
	c.add("neighbourhood of many", `{neighbourhood(of: [`+strings.Join(texts(500, `"e%d"`), " ")+`], depth: 2, maxNodes: 5000) { nodes { id } } }`, nil)
	c.add("shortest path", `{shortestPath(from: "e0", to: "e19999") { length } }`, nil)
	c.add("dyad", `{dyad(a: "e0", b: "e9") { years { year } } }`, nil)
	c.add("timeline", `{timeline(of: [`+strings.Join(texts(500, `"e%d"`), " ")+`], by: MONTH) { rows { label } } }`, nil)
}
