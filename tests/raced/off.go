//go:build !race

package raced

// Detector is whether the race detector watches.
const Detector = false
