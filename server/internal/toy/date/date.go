// Package date holds the toy schema's one scalar of its own.
package date

import (
	"fmt"
	"io"
	"strconv"
	"time"
)

// Date is a calendar day written YYYY-MM-DD.
type Date string

// UnmarshalGQL accepts a string that is a day and says what is wrong with
// anything else.
func (d *Date) UnmarshalGQL(v any) error {
	s, ok := v.(string)
	if !ok {
		return fmt.Errorf("a date is a string like 2014-12-16, not %T", v)
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return fmt.Errorf("%q is not a date like 2014-12-16", s)
	}
	*d = Date(s)
	return nil
}

// MarshalGQL writes the day as a JSON string.
func (d Date) MarshalGQL(w io.Writer) {
	_, _ = io.WriteString(w, strconv.Quote(string(d)))
}
