package server

import (
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// mediaType is one of the two media types a GraphQL answer can have.
type mediaType string

const (
	mediaJSON    mediaType = "application/json"
	mediaGraphQL mediaType = "application/graphql-response+json"
)

func (m mediaType) contentType() string { return string(m) + "; charset=utf-8" }

// requestErrorStatus is the status of an answer without data: legacy clients
// that ask for application/json read the errors only from a 200.
func (m mediaType) requestErrorStatus() int {
	if m == mediaGraphQL {
		return http.StatusBadRequest
	}
	return http.StatusOK
}

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

func (r mediaRange) matches(m mediaType) bool {
	prefix, wild := strings.CutSuffix(r.pattern, "*")
	return r.pattern == string(m) || r.pattern == "*/*" || wild && strings.HasPrefix(string(m), prefix)
}

// negotiate picks the media type of the answer. Without an Accept header, and
// wherever the client has no preference, it is application/json; it reports
// false when the client accepts neither type.
func negotiate(h http.Header) (mediaType, bool) {
	values := h.Values("Accept")
	if len(values) == 0 {
		return mediaJSON, true
	}
	ranges := parseAccept(values)
	json, jsonAt := preference(ranges, mediaJSON)
	graphql, graphqlAt := preference(ranges, mediaGraphQL)
	switch {
	case json.quality == 0 && graphql.quality == 0:
		return mediaJSON, false
	case json.quality != graphql.quality:
		return pick(graphql.quality > json.quality), true
	case json.specificity() != graphql.specificity():
		return pick(graphql.specificity() > json.specificity()), true
	default:
		return pick(graphqlAt < jsonAt), true
	}
}

func pick(graphql bool) mediaType {
	if graphql {
		return mediaGraphQL
	}
	return mediaJSON
}

// preference is the most specific range that matches m, and its place.
func preference(ranges []mediaRange, m mediaType) (best mediaRange, at int) {
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
		if err != nil || !strings.Contains(pattern, "/") || !isUTF8(params["charset"]) {
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

// isUTF8 reports whether a charset parameter, absent or given, names UTF-8.
func isUTF8(charset string) bool {
	return charset == "" || strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "utf8")
}
