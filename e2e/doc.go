// Package e2e tests the whole service over HTTP, on every store: the cases of
// testdata/cases, the playground's examples, and what holds across servers.
package e2e
