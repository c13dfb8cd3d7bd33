// Package incidents gathers incidents under who is said to have done them and under the
// places in which they happened, and adds up those harmed: each incident once, none in
// anybody's name that only denied or condemned it.
package incidents
