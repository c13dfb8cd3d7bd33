// Package names compares names of people, groups, schools and places as they are
// spelt in many ways and several scripts, and says why two are taken to be alike.
// It works by rules, offline, and knows nothing of what a graph holds: what one
// reader may not see cannot change how names compare for him.
package names
