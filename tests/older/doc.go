// Package older holds the program to what earlier versions of it answered. A folder of
// testdata keeps what one version wrote: stores, files, and the answers to some hundred
// questions at each clearance. The program of the day opens them, is asked the same, and
// every difference is told as a reader would meet it. Differences that are meant stand in
// changed.go, with the reason; a text more at a clearance is never one of them.
package older
