// Package exchange carries the log of one store to others: as a file, up to a clearance. A
// store that takes it over keeps the stamps of its records and where they come from, so that
// stores which exchange with one another, in whatever order and how often, come to hold the
// same, and to answer the same.
//
// A file is text in lines. Every line is a JSON object:
//
//	{"format":"rabta-log","version":1,"clearance":"AMBER","store":..,"program":..,"created":..,"leavesOut":[..]}
//	{"store":..,"time":..,"writer":"RED","batch":..,"actor":..,"reason":..,"places":[..],"stamps":[..],
//	  "sources":[..],"entities":[..],"claims":[..],"marks":[..],"tombstones":[..]}
//	{"store":.., ...}
//	{"commits":2,"digest":..}
//
// Commits are in the order of the times that they bear, see package merge. Of each there is
// what is at or below the clearance, and what it says of itself only where that is all of
// it. What is above leaves no trace: commits have no numbers, and records no places among
// those that are not there. The digest at the end is that of rabta digest.
package exchange
