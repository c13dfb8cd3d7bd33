// Package merge says what logs come to that stores have exchanged: in which order all that
// is in them stands, what each of their remarks on markings reaches, and what is held of an
// id. It knows a log as its feed gives it, and no store and no file.
//
// Commits are in the order of the times that they bear, and at one time of the stores that
// recorded them. The time of a store's own commit is when it was recorded, but always after
// all that the store held by then: whoever takes something back has seen it. So what a store
// records itself is always the last there is, and only what it takes over may come before
// something that it holds.
//
// What is remembered of markings only grows: a raise of an id, with all that it has reached,
// and a lowering of one record. Where a log comes from, and in which order, makes no
// difference to what they add up to.
package merge
