// Package interval says when something held: the intervals that claims give, what lives
// cut of them, and which days they have in common. It knows claims by their evidence alone.
//
//	claims      |--2007 to 2014--|         |--2012 to 2016--|    |--2020 to ?
//	held        |------------2007 to 2016-----------|            |--2020 to ?
//	life                  |--founded in 2009 ----------------------------------
//	held, cut             |--2009 to 2016-----------|            |--2020 to ?
//
// Each end of an interval lies somewhere within a span. An end that nobody gives is unknown:
// it is neither for ever nor from the beginning.
package interval
