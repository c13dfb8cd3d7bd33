// Package filter makes tests of what a request asks for: what is compared with is folded
// and looked up in sets once, not once a record. It bounds how large a filter may be; what
// using it costs is counted by whoever reads the records.
package filter
