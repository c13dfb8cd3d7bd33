package damage_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	_ "modernc.org/sqlite"
)

// editor edits the tables of a store, as somebody does who has its file.
type editor struct {
	*testing.T
	*rand.Rand
	db      *sql.DB
	columns map[string][]column // by table
}

type column struct{ name, kind string }

func newEditor(t *testing.T, r *rand.Rand, s stored) *editor {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+s.path()+"?_pragma=ignore_check_constraints(1)")
	if err != nil {
		t.Fatal(err)
	}
	e := &editor{T: t, Rand: r, db: db, columns: map[string][]column{}}
	rows, err := db.Query(`SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var table string
		var c column
		if err := rows.Scan(&table, &c.name, &c.kind); err != nil {
			t.Fatal(err)
		}
		e.columns[table] = append(e.columns[table], c)
	}
	return e
}

// edited are the tables, those with the log and with what batches are checked against
// more often.
var edited = []string{
	"commits", "commits", "records", "records", "records", "held", "held", "held", "identity", "migrations", "restoring",
}

// edit changes one row, takes one out or puts one in, and says how.
func (e *editor) edit() string {
	e.Helper()
	for range 1000 {
		statement := e.statement(one(e.Rand, edited...))
		result, err := e.db.Exec(statement)
		if err != nil { // it breaks a constraint
			continue
		}
		if n, err := result.RowsAffected(); err == nil && n == 1 {
			return statement
		}
	}
	e.Fatal("no table could be edited")
	return ""
}

func (e *editor) statement(table string) string {
	key := e.columns[table][0].name
	row := fmt.Sprintf("(SELECT %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d %% max(1, (SELECT count(*) FROM %s)))",
		key, table, key, e.IntN(1<<20), table)
	switch e.IntN(3) {
	case 0:
		return fmt.Sprintf("DELETE FROM %s WHERE %s = %s", table, key, row)
	case 1:
		return e.insert(table, key, row)
	}
	c := one(e.Rand, e.columns[table]...)
	to := e.other(table, c)
	return fmt.Sprintf("UPDATE %s SET %s = %s WHERE %s = %s AND %s IS NOT %s", table, c.name, to, key, row, c.name, to)
}

// insert is a row like another, with a key of its own.
func (e *editor) insert(table, key, row string) string {
	if table == "restoring" {
		return "INSERT INTO restoring VALUES (0)"
	}
	var values []string
	for i, c := range e.columns[table] {
		switch {
		case i == 0 || c.name == "batch":
			values = append(values, e.other(table, c))
		default:
			values = append(values, c.name)
		}
	}
	return fmt.Sprintf("INSERT INTO %s SELECT %s FROM %s WHERE %s = %s", table, strings.Join(values, ", "), table, key, row)
}

// other is another value for a column, of its type.
func (e *editor) other(table string, c column) string {
	elsewhere := fmt.Sprintf("(SELECT %s FROM %s ORDER BY 1 LIMIT 1 OFFSET %d %% (SELECT count(*) FROM %s))",
		c.name, table, e.IntN(1<<20), table)
	switch c.kind {
	case "INTEGER":
		return one(e.Rand, elsewhere, fmt.Sprintf("%s + %d", c.name, 1+e.IntN(9)), fmt.Sprintf("%s - 1", c.name), fmt.Sprint(e.Int32()))
	case "BLOB":
		return one(e.Rand, elsewhere, "NULL", "zeroblob(32)", fmt.Sprintf("randomblob(%d)", 1+e.IntN(40)))
	}
	letter := 'a' + rune(e.IntN(26))
	return one(e.Rand, elsewhere, fmt.Sprintf("%s || '%c'", c.name, letter), fmt.Sprintf("replace(%s, '%c', 'z')", c.name, letter),
		fmt.Sprintf("replace(%s, 'RED', 'CLEAR')", c.name), fmt.Sprintf("substr(%s, 2)", c.name))
}

// TestEditedTables: an edit of any table is told.
func TestEditedTables(t *testing.T) {
	world(t)
	r := draws(t)
	var c tally
	for range *tables {
		s := one(r, closed, killed).copied(t)
		e := newEditor(t, r, s)
		statement := e.edit()
		if err := e.db.Close(); err != nil {
			t.Fatal(err)
		}
		if said := c.judge(t, r, s, statement); said == "" {
			t.Errorf("nothing is said of %s", statement)
		}
		s.done()
	}
	c.log(t)
}
