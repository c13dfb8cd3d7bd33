package graph

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// Day is a day of the proleptic Gregorian calendar, counted from 1 January 1970.
type Day int32

// The days before and after all others: an open or unknown end.
const (
	OpenStart Day = math.MinInt32
	OpenEnd   Day = math.MaxInt32
)

// DayOf is the day of year, month (1 to 12) and day of month.
func DayOf(year, month, day int) Day {
	return dayOf(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

func dayOf(midnight time.Time) Day { return Day(midnight.Unix() / secondsADay) }

const secondsADay = 24 * 60 * 60

// Time is midnight UTC at the start of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*secondsADay, 0).UTC() }

// Open reports whether d is OpenStart or OpenEnd, which are no days.
func (d Day) Open() bool { return d == OpenStart || d == OpenEnd }

// String is the day as YYYY-MM-DD, or ".." when it is open.
func (d Day) String() string {
	if d.Open() {
		return ".."
	}
	t := d.Time()
	if y := t.Year(); y < 0 {
		return fmt.Sprintf("-%04d-%02d-%02d", -y, t.Month(), t.Day())
	}
	return t.Format("2006-01-02")
}

// Append adds the day to b, as String writes it.
func (d Day) Append(b []byte) []byte {
	if year := d.Time().Year(); d.Open() || year < 0 || year > 9999 {
		return append(b, d.String()...)
	}
	return d.Time().AppendFormat(b, "2006-01-02")
}

// ParseDay reads YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, Invalid("BAD_DATE", "date", fmt.Sprintf("%q is not a calendar day", clip(s)), "write it as YYYY-MM-DD, for instance 2023-09-29")
	}
	return Day(t.Unix() / secondsADay), nil
}

// Precision says how fine a date is.
type Precision string

// The precisions of a date.
const (
	PrecisionDay     Precision = "DAY"
	PrecisionWeek    Precision = "WEEK"
	PrecisionMonth   Precision = "MONTH"
	PrecisionYear    Precision = "YEAR"
	PrecisionDecade  Precision = "DECADE"
	PrecisionRange   Precision = "RANGE"
	PrecisionBefore  Precision = "BEFORE"
	PrecisionAfter   Precision = "AFTER"
	PrecisionUnknown Precision = "UNKNOWN"
)

// PartialDate is a date as sources give it: perhaps only a year, perhaps about, perhaps
// a span. The zero Date is "not said".
type PartialDate struct {
	// EDTF is the date as it was written, Extended Date/Time Format level 1.
	EDTF string
	// Earliest and Latest are the first and the last day it may mean; open where
	// nothing bounds it.
	Earliest, Latest Day
	Precision        Precision
	// Circa is set by "~" and "%": approximately. Earliest and Latest then lie further
	// apart, by one unit of the last part that is written, on each side.
	Circa bool
	// Uncertain is set by "?" and "%": the date itself is doubted.
	Uncertain bool
}

// IsZero reports whether no date was said.
func (d PartialDate) IsZero() bool { return d.EDTF == "" }

// DateWithin is a date of which no more is known than that it lies within a span, each end of
// it the year or the month that begins or ends there, and else the day; the zero Date when the
// span bounds nothing.
func DateWithin(s Span) PartialDate {
	if s.Earliest.Open() && s.Latest.Open() {
		return PartialDate{}
	}
	from := s.Earliest.widest(func(d PartialDate) bool { return d.Earliest == s.Earliest && d.Latest <= s.Latest })
	to := s.Latest.widest(func(d PartialDate) bool { return d.Latest == s.Latest && d.Earliest >= s.Earliest })
	if from != to {
		from += "/" + to
	}
	d, _ := ParseDate(from)
	return d
}

// widest is the year or the month of a day, the first of them that fits, and else the day.
func (d Day) widest(fits func(PartialDate) bool) string {
	day := d.String()
	if d.Open() {
		return day
	}
	for _, part := range []string{day[:max(0, len(day)-len("-01-02"))], day[:max(0, len(day)-len("-02"))]} {
		if period, err := ParseDate(part); err == nil && fits(period) {
			return part
		}
	}
	return day
}

// String is the date as it was written.
func (d PartialDate) String() string { return d.EDTF }

// known is the day, nil when it is open or no date was said.
func (d PartialDate) known(day Day) *Day {
	if d.IsZero() || day.Open() {
		return nil
	}
	return &day
}

// EarliestDay is the first day the date may mean, or nil when open.
func (d PartialDate) EarliestDay() *Day { return d.known(d.Earliest) }

// LatestDay is the last day the date may mean, or nil when open.
func (d PartialDate) LatestDay() *Day { return d.known(d.Latest) }

// MarshalText writes the date as EDTF.
func (d PartialDate) MarshalText() ([]byte, error) { return []byte(d.EDTF), nil }

// UnmarshalText reads EDTF level 1; empty text is the zero Date.
func (d *PartialDate) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = PartialDate{}
		return nil
	}
	*d, err = ParseDate(string(text))
	return err
}

// Check is nil for a date that ParseDate made and for the zero one, else an
// *InvalidError about the argument at path.
func (d PartialDate) Check(path string) error {
	if d == (PartialDate{}) {
		return nil
	}
	if p := d.problem(); p != nil {
		return Invalid(p.Code, path, p.Message, p.Remedy)
	}
	return nil
}

// problem is what is wrong with a date that is not what its text says, or nil.
func (d PartialDate) problem() *Problem {
	again, err := ParseDate(d.EDTF)
	if invalid, wrong := errors.AsType[*InvalidError](err); wrong {
		return &invalid.Problems[0]
	}
	if again != d {
		return &Problem{
			Code: "BAD_DATE", Message: fmt.Sprintf("%q is not the date that it is taken for", clip(d.EDTF)), Remedy: "make dates with ParseDate",
		}
	}
	return nil
}

// MaxDate is the greatest length of a date in bytes.
const MaxDate = 40

// ParseDate reads an Extended Date/Time Format date, levels 0 and 1 without
// times of day: 2004, 2004-03, 2004-03-02, 2004-03~, 2023-09-29?, 201X,
// 2004-XX, 2004-21 (spring), 2016/2018, 2016/.., /2004.
func ParseDate(s string) (PartialDate, error) {
	d, err := parseDate(s)
	if err != nil {
		return PartialDate{}, Invalid("BAD_DATE", "date", fmt.Sprintf("%q is not a date: %v", clip(s), err), dateRemedy(s))
	}
	return d, nil
}

func parseDate(s string) (PartialDate, error) {
	if s == "" || len(s) > MaxDate {
		return PartialDate{}, fmt.Errorf("it has %d bytes", len(s))
	}
	if d, ok := plainDay(s); ok {
		return d, nil
	}
	if from, to, ok := strings.Cut(s, "/"); ok {
		return parseInterval(s, from, to)
	}
	return parsePoint(s)
}

// plainDay reads YYYY-MM-DD, as most dates are written; false for anything else, and for a day that may not be.
func plainDay(s string) (PartialDate, bool) {
	if len(s) != len("YYYY-MM-DD") || s[4] != '-' || s[7] != '-' {
		return PartialDate{}, false
	}
	year, month, day := 0, 0, 0
	for i, part := range [...]*int{&year, &year, &year, &year, nil, &month, &month, nil, &day, &day} {
		switch c := s[i]; {
		case part == nil:
		case c < '0' || c > '9':
			return PartialDate{}, false
		default:
			*part = *part*10 + int(c-'0')
		}
	}
	if month < 1 || month > 12 || day < 1 || day > 28 { // how long the month is, is asked elsewhere
		return PartialDate{}, false
	}
	d := DayOf(year, month, day)
	return PartialDate{EDTF: s, Earliest: d, Latest: d, Precision: PrecisionDay}, true
}

func parseInterval(s, from, to string) (PartialDate, error) {
	a, err := parseEnd(from, OpenStart)
	if err != nil {
		return PartialDate{}, err
	}
	b, err := parseEnd(to, OpenEnd)
	if err != nil {
		return PartialDate{}, err
	}
	if a.Earliest > b.Latest {
		return PartialDate{}, fmt.Errorf("it ends before it begins")
	}
	d := PartialDate{EDTF: s, Earliest: a.Earliest, Latest: b.Latest, Circa: a.Circa || b.Circa, Uncertain: a.Uncertain || b.Uncertain}
	d.Precision = spanPrecision(d.Earliest, d.Latest)
	return d, nil
}

// parseEnd reads one end of an interval; "" and ".." give the open day.
func parseEnd(s string, open Day) (PartialDate, error) {
	if s == "" || s == ".." {
		return PartialDate{Earliest: open, Latest: open}, nil
	}
	return parsePoint(s)
}

func spanPrecision(from, to Day) Precision {
	switch {
	case from == OpenStart && to == OpenEnd:
		return PrecisionUnknown
	case from == OpenStart:
		return PrecisionBefore
	case to == OpenEnd:
		return PrecisionAfter
	case from == to:
		return PrecisionDay
	case to-from == 6:
		return PrecisionWeek
	}
	return PrecisionRange
}

func parsePoint(s string) (PartialDate, error) {
	d := PartialDate{EDTF: s}
	body := s
	switch s[len(s)-1] {
	case '?':
		d.Uncertain = true
	case '~':
		d.Circa = true
	case '%':
		d.Circa, d.Uncertain = true, true
	default:
		body += " " // stands in for the qualifier that is cut off next
	}
	body = body[:len(body)-1]
	sign := 1
	if rest, ok := strings.CutPrefix(body, "-"); ok {
		sign, body = -1, rest
	}
	if err := d.fill(sign, strings.Split(body, "-")); err != nil || !d.Circa {
		return d, err
	}
	d.widen()
	return d, nil
}

// unit is the years, months and days of a unit of each precision; of a season, which has
// that of no other, three months.
var unit = map[Precision][3]int{
	PrecisionDay: {0, 0, 1}, PrecisionMonth: {0, 1, 0}, PrecisionYear: {1, 0, 0}, PrecisionDecade: {10, 0, 0},
}

// widen moves the bounds of an approximate date apart by a unit of its precision.
func (d *PartialDate) widen() {
	by, ok := unit[d.Precision]
	if !ok {
		by = d.coarse()
	}
	first, behind := d.Earliest.Time(), (d.Latest + 1).Time()
	d.Earliest = max(dayOf(first.AddDate(-by[0], -by[1], -by[2])), DayOf(-9999, 1, 1))
	d.Latest = min(dayOf(behind.AddDate(by[0], by[1], by[2])), DayOf(10000, 1, 1)) - 1
}

// coarse is the unit of a season, and of a year of which two digits or more are unknown.
func (d *PartialDate) coarse() [3]int {
	years := d.Latest.Time().Year() - d.Earliest.Time().Year() + 1
	if years <= 2 {
		return [3]int{0, 3, 0}
	}
	return [3]int{years, 0, 0}
}

// fill sets the bounds and the precision from year, month and day parts.
func (d *PartialDate) fill(sign int, parts []string) error {
	if len(parts) > 3 {
		return fmt.Errorf("it has more than year, month and day")
	}
	low, high, unknown, err := digits(parts[0], 4)
	if err != nil {
		return fmt.Errorf("year: %w", err)
	}
	if sign < 0 {
		low, high = -high, -low
	}
	if len(parts) == 1 {
		return d.fillYear(low, high, unknown, nil)
	}
	if unknown != 0 && parts[1] != "XX" {
		return fmt.Errorf("a month in a year that is not known")
	}
	if parts[1] == "XX" {
		return d.fillYear(low, high, unknown, parts[2:])
	}
	return d.fillMonth(low, parts[1:])
}

// yearPrecision is the precision of a year of which so many digits are unknown.
var yearPrecision = [...]Precision{PrecisionYear, PrecisionDecade, PrecisionRange, PrecisionRange, PrecisionUnknown}

// fillYear reads a date of which the month is not known.
func (d *PartialDate) fillYear(low, high, unknown int, day []string) error {
	if len(day) == 1 && day[0] != "XX" {
		return fmt.Errorf("a day in a month that is not known")
	}
	d.Earliest, d.Latest, d.Precision = DayOf(low, 1, 1), DayOf(high, 12, 31), yearPrecision[unknown]
	return nil
}

// seasons gives the first month of EDTF seasons 21 to 24, northern hemisphere.
var seasons = map[string]int{"21": 3, "22": 6, "23": 9, "24": 12}

func (d *PartialDate) fillMonth(low int, parts []string) error {
	if first, ok := seasons[parts[0]]; ok {
		if len(parts) == 2 {
			return fmt.Errorf("a day in a season")
		}
		d.Earliest, d.Latest = DayOf(low, first, 1), DayOf(low, first+3, 1)-1
		d.Precision = PrecisionRange
		return nil
	}
	month, _, unknown, err := digits(parts[0], 2)
	if err != nil || unknown != 0 || month < 1 || month > 12 {
		return fmt.Errorf("%q is not a month", parts[0])
	}
	first, last := DayOf(low, month, 1), DayOf(low, month+1, 1)-1
	if len(parts) == 1 || parts[1] == "XX" {
		d.Earliest, d.Latest, d.Precision = first, last, PrecisionMonth
		return nil
	}
	day, _, unknown, err := digits(parts[1], 2)
	if err != nil || unknown != 0 || day < 1 || Day(day-1) > last-first {
		return fmt.Errorf("%q is not a day of that month", parts[1])
	}
	d.Earliest = first + Day(day-1)
	d.Latest, d.Precision = d.Earliest, PrecisionDay
	return nil
}

// digits reads exactly n digits of which a tail may be X, and returns the
// least and greatest number meant and how many are X.
func digits(s string, n int) (low, high, unknown int, err error) {
	if len(s) != n {
		return 0, 0, 0, fmt.Errorf("%q has not %d digits", s, n)
	}
	for i := range n {
		c := s[i]
		switch {
		case c == 'X':
			low, high, unknown = low*10, high*10+9, unknown+1
		case c >= '0' && c <= '9' && unknown == 0:
			low, high = low*10+int(c-'0'), high*10+int(c-'0')
		default:
			return 0, 0, 0, fmt.Errorf("%q is not a number", s)
		}
	}
	return low, high, unknown, nil
}
