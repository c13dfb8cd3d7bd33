package graph

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const dateForms = "write it in EDTF, for instance 2023-09-29, 2004-03~, 2016/2018, 2020/.. or 201X"

// dateRemedy says what to write instead of a date that cannot be read: the date that is
// meant, where that is plain.
func dateRemedy(s string) string {
	meant := meantDates(strings.TrimSpace(s))
	for i, m := range meant {
		meant[i] = strconv.Quote(m)
	}
	if len(meant) == 0 {
		return dateForms
	}
	return "write " + strings.Join(meant, " or ")
}

// meantDates are the dates that a text which is none may mean, most likely first.
func meantDates(s string) []string {
	for _, read := range []func(string) []string{unknownAsZero, daysWithSlashes, daysWithMonthNames} {
		if found := readable(read(s)); len(found) > 0 {
			return found
		}
	}
	return nil
}

func readable(list []string) (out []string) {
	for _, s := range list {
		if _, err := parseDate(s); err == nil {
			out = append(out, s)
		}
	}
	return out
}

// unknownAsZero are dates whose unknown day and month are written as 00.
func unknownAsZero(s string) []string {
	return []string{strings.TrimSuffix(strings.TrimSuffix(s, "-00"), "-00")}
}

var threeNumbers = regexp.MustCompile(`^([0-9]{1,4})[/. -]([0-9]{1,2})[/. -]([0-9]{1,4})$`)

// daysWithSlashes are 18/2/2010, 2/18/10, 18.2.2010 and 2010/2/18; where day and month
// can be told apart there is one.
func daysWithSlashes(s string) []string {
	parts := threeNumbers.FindStringSubmatch(s)
	switch {
	case parts == nil:
		return nil
	case len(parts[1]) == 4:
		return []string{writtenDay(parts[1], parts[2], parts[3])}
	}
	day, month := writtenDay(parts[3], parts[2], parts[1]), writtenDay(parts[3], parts[1], parts[2])
	if day == month {
		return []string{day}
	}
	return []string{day, month}
}

// writtenDay is a day in EDTF; a year of two digits is one of the last hundred.
func writtenDay(year, month, day string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	if now := time.Now().Year(); len(year) <= 2 {
		for y += now / 100 * 100; y > now; y -= 100 {
		}
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// daysWithMonthNames are 18 February 2010, Feb 18, 2010 and February 2010.
func daysWithMonthNames(s string) []string {
	s = strings.ReplaceAll(s, ",", "")
	for _, month := range []string{"January", "Jan"} {
		for _, form := range []string{"2 " + month + " 2006", month + " 2 2006"} {
			if t, err := time.Parse(form, s); err == nil {
				return []string{t.Format(time.DateOnly)}
			}
		}
		if t, err := time.Parse(month+" 2006", s); err == nil {
			return []string{t.Format("2006-01")}
		}
	}
	return nil
}
