// Package aggregate counts what a list holds and adds it up, row by row: incidents, links, claims,
// entities and sources, by one or two things such as year, province or hedge. An item stands in
// each row to which what is visible and counts puts it, and in one that says so where nothing
// does; nothing is guessed into a year, a place or anybody's name.
package aggregate
