package analysis

import (
	"slices"
	"strings"
)

// terms are the words that have a name. All others are only relatives.
var terms = map[string]string{
	"P": "parent", "C": "child", "S": "sibling", "M": "spouse", "I": "relative by marriage", "N": "uncle, aunt, nephew or niece", "K": "cousin", "?": "relative",
	"PP": "grandparent", "CC": "grandchild", "PS": "uncle or aunt", "SC": "nephew or niece", "PC": "sibling or half-sibling", "SS": "sibling or half-sibling", "SP": "parent or step-parent",
	"CS": "child or step-child", "CP": "other parent of a child", "MP": "parent-in-law", "CM": "child-in-law", "MS": "brother- or sister-in-law", "SM": "brother- or sister-in-law", "MC": "child or step-child", "PM": "parent or step-parent",
	"PK": "cousin of a parent", "KC": "child of a cousin", "SK": "cousin", "KS": "cousin", "NS": "uncle, aunt, nephew, niece, or their sibling", "SN": "uncle, aunt, nephew, niece, or a child",
	"PPP": "great-grandparent", "CCC": "great-grandchild", "PPS": "great-uncle or great-aunt", "SCC": "grand-nephew or grand-niece", "PSC": "cousin", "PSM": "uncle or aunt by marriage", "MSC": "nephew or niece by marriage", "MPS": "uncle or aunt of a spouse",
	"PPC": "uncle or aunt", "PCC": "nephew or niece", "MSM": "spouse of a brother- or sister-in-law", "SCM": "spouse of a nephew or niece", "CCM": "spouse of a grandchild", "MPP": "grandparent of a spouse",
	"PPSC": "cousin of a parent", "PSCC": "child of a cousin", "PPCC": "cousin", "PSCM": "spouse of a cousin", "MPSC": "cousin of a spouse", "PPPP": "great-great-grandparent", "CCCC": "great-great-grandchild", "SCCC": "great-grand-nephew or -niece", "PPPS": "great-grand-uncle or -aunt",
}

// The terms of those of whom no more is known.
const (
	someRelative   = "relative"
	someByMarriage = "relative by marriage"
	ofFamily       = "family"
)

// readings are what a term of several meanings may mean; any other means itself.
var readings = map[string][]string{
	"sibling or half-sibling":                      {"sibling"},
	"parent or step-parent":                        {"parent", "step-parent"},
	"child or step-child":                          {"child", "step-child"},
	"other parent of a child":                      {"spouse"},
	"uncle, aunt, nephew or niece":                 {"uncle or aunt", "nephew or niece"},
	"uncle, aunt, nephew, niece, or their sibling": {"uncle or aunt", "nephew or niece", "parent"},
	"uncle, aunt, nephew, niece, or a child":       {"uncle or aunt", "nephew or niece", "child"},
}

func readingsOf(term string) []string {
	if r, ok := readings[term]; ok {
		return r
	}
	return []string{term}
}

// conflict reports whether two terms cannot both be right of one individual: both are
// of blood or both of marriage, and no reading of one is a reading of the other. Cousins
// do marry.
func conflict(a, b string) bool {
	if vague(a) || vague(b) {
		return false
	}
	as, bs := readingsOf(a), readingsOf(b)
	return !slices.ContainsFunc(as, func(r string) bool {
		return slices.ContainsFunc(bs, func(q string) bool { return r == q || byMarriage(r) != byMarriage(q) })
	})
}

func vague(term string) bool {
	return term == someRelative || term == someByMarriage || term == ofFamily
}

func byMarriage(reading string) bool {
	return slices.ContainsFunc([]string{"spouse", "step-", "-in-law", "by marriage"}, func(word string) bool { return strings.Contains(reading, word) })
}
