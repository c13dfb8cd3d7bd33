package reply

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Media is a media type that a problem, or an answer of GraphQL, goes out as.
type Media string

// The media types there are. Both hold the same JSON.
const (
	JSON    Media = "application/json"
	GraphQL Media = "application/graphql-response+json"
)

// ContentType is the header Content-Type of an answer in m.
func (m Media) ContentType() string { return string(m) + "; charset=utf-8" }

// mediaRange is one media range of an Accept header.
type mediaRange struct {
	pattern string
	quality float64
}

// specificity orders ranges: a full name beats type/*, which beats */*.
func (r mediaRange) specificity() int {
	switch {
	case r.pattern == "*/*":
		return 0
	case strings.HasSuffix(r.pattern, "/*"):
		return 1
	default:
		return 2
	}
}

func (r mediaRange) matches(m Media) bool {
	prefix, wild := strings.CutSuffix(r.pattern, "*")
	return r.pattern == string(m) || r.pattern == "*/*" || wild && strings.HasPrefix(string(m), prefix)
}

// Negotiate picks the media type of the answer. Without an Accept header, and
// wherever the client has no preference, it is application/json; it reports
// false when the client accepts neither type.
func Negotiate(h http.Header) (Media, bool) {
	values := h.Values("Accept")
	if len(values) == 0 {
		return JSON, true
	}
	ranges := parseAccept(values)
	json, jsonAt := preference(ranges, JSON)
	graphql, graphqlAt := preference(ranges, GraphQL)
	switch {
	case json.quality == 0 && graphql.quality == 0:
		return JSON, false
	case json.quality != graphql.quality:
		return pick(graphql.quality > json.quality), true
	case json.specificity() != graphql.specificity():
		return pick(graphql.specificity() > json.specificity()), true
	default:
		return pick(graphqlAt < jsonAt), true
	}
}

func pick(graphql bool) Media {
	if graphql {
		return GraphQL
	}
	return JSON
}

// preference is the most specific range that matches m, and its place.
func preference(ranges []mediaRange, m Media) (best mediaRange, at int) {
	best.pattern = "*/*"
	found := false
	for i, r := range ranges {
		if r.matches(m) && (!found || r.specificity() > best.specificity()) {
			best, at, found = r, i, true
		}
	}
	return best, at
}

// parseAccept reads the ranges of all Accept headers in order and leaves out
// those that are malformed or ask for another charset than UTF-8.
func parseAccept(values []string) []mediaRange {
	var ranges []mediaRange
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		pattern, params, err := mime.ParseMediaType(part)
		if err != nil || !strings.Contains(pattern, "/") || !IsUTF8(params["charset"]) {
			continue
		}
		quality := 1.0
		if q, given := params["q"]; given {
			quality, err = strconv.ParseFloat(q, 64)
			if err != nil || quality < 0 || quality > 1 {
				continue
			}
		}
		ranges = append(ranges, mediaRange{pattern, quality})
	}
	return ranges
}

// IsUTF8 reports whether a charset parameter, absent or given, names UTF-8.
func IsUTF8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}
