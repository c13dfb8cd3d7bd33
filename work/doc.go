// Package work bounds what one request may cost.
//
//	Gate       one for a server: so many heavy requests at once
//	  Request  one for a request: passes the gate once it has proved heavy
//	    Meter  one for each thing that has a budget of its own
//
// Work is counted in slots: reading one link of a projected network costs one, some
// nanoseconds. What costs more counts as more, so that a budget means much the same time
// whatever it is spent on. Budgets are counted and not timed: the same question is
// cut at the same place on every machine.
package work
