package graph

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if d := cmpDiff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func cmpDiff(want, got any) string { return cmp.Diff(want, got, cmpopts.EquateEmpty()) }

func ptr[T any](v T) *T { return &v }

func mustDate(s string) PartialDate {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func mustDay(s string) Day {
	d, err := ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// filled sets every exported field of v to something that is not its zero value,
// so that a field that is added later is tested without being named here.
func filled(v reflect.Value) {
	switch v.Interface().(type) {
	case PartialDate:
		v.Set(reflect.ValueOf(mustDate("2004-03~")))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2023, 10, 1, 12, 0, 0, 0, time.UTC)))
		return
	case Seal: // the store's
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i))
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		filled(v.Index(0))
	case reflect.String:
		v.SetString("<x & ü>")
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(3)
	case reflect.Uint64:
		v.SetUint(3)
	case reflect.Float64:
		v.SetFloat(2.5)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("no way to fill a " + v.Type().String())
	}
}

// full is a record of which every field is set.
func full[T any]() T {
	var r T
	filled(reflect.ValueOf(&r).Elem())
	return r
}

// variation is a copy of a value in which one field differs.
type variation[T any] struct {
	field string
	value T
}

// varied yields, for every field of v and of the structs within it, a copy of the
// value that differs in that field alone.
func varied[T any](v T) []variation[T] {
	var out []variation[T]
	for _, path := range leaves(reflect.TypeOf(v), nil) {
		var c T
		deepCopy(reflect.ValueOf(&c).Elem(), reflect.ValueOf(v))
		at, name := reflect.ValueOf(&c).Elem(), ""
		for _, i := range path {
			switch at.Kind() {
			case reflect.Pointer:
				at = at.Elem()
			case reflect.Slice:
				at = at.Index(0)
			}
			name += "." + at.Type().Field(i).Name
			at = at.Field(i)
		}
		change(at)
		out = append(out, variation[T]{name[1:], c})
	}
	return out
}

// leaves lists the paths of fields that hold a value of their own.
func leaves(t reflect.Type, path []int) [][]int {
	if k := t.Kind(); (k == reflect.Pointer || k == reflect.Slice) && t.Elem().Kind() == reflect.Struct {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || t == reflect.TypeFor[PartialDate]() || t == reflect.TypeFor[time.Time]() {
		return [][]int{path}
	}
	var out [][]int
	for i := range t.NumField() {
		if t.Field(i).Type == reflect.TypeFor[Seal]() {
			continue
		}
		out = append(out, leaves(t.Field(i).Type, append(path[:len(path):len(path)], i))...)
	}
	return out
}

func change(v reflect.Value) {
	switch v.Interface().(type) {
	case PartialDate:
		v.Set(reflect.ValueOf(mustDate("1999")))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		change(v.Elem())
	case reflect.Slice:
		change(v.Index(0))
	case reflect.String:
		v.SetString(v.String() + "!")
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Uint64:
		v.SetUint(v.Uint() + 1)
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	default:
		panic(fmt.Sprintf("no way to change a %s", v.Type()))
	}
}

func deepCopy(to, from reflect.Value) {
	switch {
	case from.Kind() == reflect.Pointer && !from.IsNil():
		to.Set(reflect.New(from.Type().Elem()))
		deepCopy(to.Elem(), from.Elem())
	case from.Kind() == reflect.Slice:
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		reflect.Copy(to, from)
	case from.Kind() == reflect.Struct && from.Type() != reflect.TypeFor[PartialDate]() && from.Type() != reflect.TypeFor[time.Time]():
		for i := range from.NumField() {
			deepCopy(to.Field(i), from.Field(i))
		}
	default:
		to.Set(from)
	}
}
