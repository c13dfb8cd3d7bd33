package analysis

import "testing"

// A tie has all the links between its ends; only those of its direction when it
// has one.
func TestTiesHaveTheirLinks(t *testing.T) {
	n := network(t, []said{
		{"g1", "SUPPORTS", "g2"}, {"g2", "SUPPORTS", "g1"}, {"g1", "ALLIED_WITH", "g2"}, {"g2", "SUPPORTS", "g3"},
	})
	got, err := RankTies(n, 10, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Rows) != 2 || got.Rows[0].Rank != 1 || got.Rows[1].Rank != 1 || got.LinkCount != 4 {
		t.Fatalf("%+v", got)
	}
	for _, row := range got.Rows {
		want := 1
		if row.A.Base().ID() == "g1" || row.B.Base().ID() == "g1" {
			want = 3
		}
		if len(row.Links) != want {
			t.Errorf("%s and %s have %d links, want %d", row.A.Base().ID(), row.B.Base().ID(), len(row.Links), want)
		}
	}
}
