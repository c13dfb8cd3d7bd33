// Command trim makes the data of the gazetteer from an extract of GeoNames:
//
//	go run ./gazetteer/trim FOLDER
//
// FOLDER holds places-pk-af.csv and admin-divisions-pk-af.csv. It writes
// gazetteer/data/places.csv and divisions.csv, sorted.
package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./gazetteer/trim FOLDER")
		os.Exit(2)
	}
	for from, to := range map[string]struct {
		file    string
		columns []string
	}{
		"places-pk-af.csv": {
			"places.csv", []string{"country", "name", "lat", "lon", "admin1_code", "admin2_code", "geonameid"},
		},
		"admin-divisions-pk-af.csv": {"divisions.csv", []string{"code", "name"}},
	} {
		file := filepath.Join("gazetteer", "data", to.file)
		if err := trim(filepath.Join(os.Args[1], from), file, to.columns); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// trim keeps the columns of a file, in the order of the lines.
func trim(from, to string, columns []string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	var out [][]string
	for _, row := range rows[1:] {
		var kept []string
		for _, c := range columns {
			at := slices.Index(rows[0], c)
			if at < 0 {
				return fmt.Errorf("%s has no column %s", from, c)
			}
			kept = append(kept, row[at])
		}
		out = append(out, kept)
	}
	slices.SortFunc(out, func(a, b []string) int {
		return strings.Compare(strings.Join(a, "\t"), strings.Join(b, "\t"))
	})
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(columns)
	_ = w.WriteAll(out)
	return os.WriteFile(to, []byte(b.String()), 0o644) //nolint:gosec // it is read by all
}
