package reply

import "strings"

// ETagMatches reports whether one of the values of If-None-Match names the ETag.
func ETagMatches(etag string, values []string) bool {
	for value := range strings.SplitSeq(strings.Join(values, ","), ",") {
		value = strings.TrimSpace(value)
		if value == "*" || strings.TrimPrefix(value, "W/") == strings.TrimPrefix(etag, "W/") {
			return true
		}
	}
	return false
}
