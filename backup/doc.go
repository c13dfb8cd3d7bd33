// Package backup keeps the whole log of a store in one file and gives it back to
// another store, of whatever kind. It needs nothing of a store but its feed, so that a
// backup is made while others write, and holds the log as it was at one commit.
//
// A file is text in lines, packed with gzip; it is read unpacked as well. Every line is
// a JSON object that ends in a digest:
//
//	{"format":"rabta-backup","version":1,"program":..,"store":..,"created":..,"last":2,"digest":..}
//	{"sequence":1,"recorded":..,"batch":..,"content":..,"actor":..,"reason":..,
//	  "sources":[..],"entities":[..],"claims":[..],"digest":..}
//	{"sequence":2, ...}
//	{"commits":2,"digest":..}
//
// Records are in their canonical form. The digest of a commit is over the digest of the
// commit before it and its own line, and that of the end over the last commit's, so that
// nothing can be altered, exchanged, left out or cut off without its showing. The header
// is outside the chain: two stores with one log give the same lines but for the header,
// and the same digest at the end, by which they can be compared.
package backup
