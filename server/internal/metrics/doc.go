// Package metrics counts what a server does, in the form that Prometheus reads. Nothing in
// it says what was asked, by whom or about whom: every label has few values, all of which
// the program itself gives.
package metrics
