package sqliteaccess_test

import (
	"crypto/sha256"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoso/adapters/sqliteaccess"
	"hoso/domain"
)

// alter opens the file of a closed log as anybody who has it can.
func alter(t *testing.T, dir string, statements ...string) error {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "readings.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			return err
		}
	}
	return nil
}

// untie lets the file be changed.
var untie = []string{"DROP TRIGGER readings_unchanged", "DROP TRIGGER readings_kept"}

func TestReadingsAreNeitherChangedNorRemoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(t, dir)
	record(t, l, reading("lan", hoa))
	_ = l.Close()
	for _, s := range []string{"UPDATE readings SET account = 'minh'", "DELETE FROM readings"} {
		if err := alter(t, dir, s); err == nil || !strings.Contains(err.Error(), "never") {
			t.Errorf("%s: %v", s, err)
		}
	}
}

// What whoever has the file can do to it, each done and found.
func TestWhatWasDoneToTheFileIsFound(t *testing.T) {
	t.Parallel()
	const copied = "INSERT INTO readings SELECT 6, at, account, role, unit, via, origin, person, case_type, case_id, purpose, chain FROM readings WHERE number = 5"
	for name, attack := range map[string]struct {
		do     []string
		marked bool   // found only where a mark was kept elsewhere
		from   string // the first reading that is not as it was
	}{
		"another account":         {do: []string{"UPDATE readings SET account = 'minh' WHERE number = 3"}, from: "3"},
		"another person":          {do: []string{"UPDATE readings SET person = (SELECT person FROM readings WHERE number = 2) WHERE number = 3"}, from: "3"},
		"another time":            {do: []string{"UPDATE readings SET at = at - 1 WHERE number = 1"}, from: "1"},
		"another address":         {do: []string{"UPDATE readings SET origin = '10.0.0.8' WHERE number = 5"}, from: "5"},
		"another purpose":         {do: []string{"UPDATE readings SET purpose = 'audit' WHERE number = 5"}, from: "5"},
		"another case":            {do: []string{"UPDATE readings SET case_type = 'rehab' WHERE number = 4"}, from: "4"},
		"a text moved over":       {do: []string{"UPDATE readings SET role = 'caseworker2', unit = '0' WHERE number = 2"}, from: "2"},
		"the first removed":       {do: []string{"DELETE FROM readings WHERE number = 1"}, from: "1"},
		"one removed":             {do: []string{"DELETE FROM readings WHERE number = 3"}, from: "3"},
		"one removed, renumbered": {do: []string{"DELETE FROM readings WHERE number = 3", "UPDATE readings SET number = number - 1 WHERE number = 4", "UPDATE readings SET number = number - 1 WHERE number = 5"}, from: "3"},
		"two exchanged":           {do: []string{"UPDATE readings SET number = 99 WHERE number = 2", "UPDATE readings SET number = 2 WHERE number = 3", "UPDATE readings SET number = 3 WHERE number = 99"}, from: "2"},
		"one put in":              {do: []string{copied}, from: "6"},
		"one put in before all":   {do: []string{"INSERT INTO readings SELECT 0, at, account, role, unit, via, origin, person, case_type, case_id, purpose, chain FROM readings WHERE number = 1"}, from: "1"},
		"a forged chain":          {do: []string{"UPDATE readings SET account = 'minh', chain = x'" + strings.Repeat("ab", sha256.Size) + "' WHERE number = 5"}, from: "5"},
		"no chain":                {do: []string{"UPDATE readings SET chain = x'' WHERE number = 5"}, from: "5"},
		"a number that is none":   {do: []string{"UPDATE readings SET number = -5 WHERE number = 5"}, from: "1"},
		"an id that is none":      {do: []string{"UPDATE readings SET person = x'00' WHERE number = 4"}, from: "4"},
		"the last cut off":        {do: []string{"DELETE FROM readings WHERE number > 3"}, marked: true, from: "4"},
		"all cut off":             {do: []string{"DELETE FROM readings"}, marked: true, from: "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			l := open(t, dir)
			record(t, l, reading("lan", hoa), reading("lan", binh), reading("hanh", hoa))
			record(t, l, reading("lan", hoa), reading("hanh", binh))
			mark, err := l.Verify(t.Context())
			if err != nil || mark.Number != 5 {
				t.Fatal(mark.Number, err)
			}
			_ = l.Close()
			if err := alter(t, dir, append(untie, attack.do...)...); err != nil {
				t.Fatal(err)
			}
			l = open(t, dir)
			if _, err := l.Verify(t.Context()); (err == nil) != attack.marked {
				t.Errorf("without a mark: %v", err)
			}
			_, err = l.Verify(t.Context(), mark)
			if domain.CodeOf(err) != "access.broken" || !strings.Contains(err.Error(), "số "+attack.from+";") {
				t.Errorf("%v, want broken from %s on", err, attack.from)
			}
		})
	}
}

func TestAnOlderFilePutBackIsFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "readings.db")
	l := open(t, dir)
	record(t, l, reading("lan", hoa))
	early, _ := l.Verify(t.Context())
	_ = l.Close()
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	l = open(t, dir)
	record(t, l, reading("lan", binh))
	late, err := l.Verify(t.Context(), early)
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir)
	record(t, l, reading("minh", hoa)) // in the place of the one that is gone
	if _, err := l.Verify(t.Context(), early); err != nil {
		t.Errorf("the first mark is its own still: %v", err)
	}
	for range 2 { // the late mark is the end at first, and then lies before it
		if _, err := l.Verify(t.Context(), early, late); domain.CodeOf(err) != "access.broken" {
			t.Errorf("an older file: %v", err)
		}
		record(t, l, reading("minh", binh))
	}
}

func TestOneWithoutTheOfficesKeyMakesNoChain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l, err := sqliteaccess.Open(t.Context(), dir, domain.Key{9}, minutes())
	if err != nil {
		t.Fatal(err)
	}
	record(t, l, reading("lan", hoa))
	_ = l.Close()
	if _, err := open(t, dir).Verify(t.Context()); domain.CodeOf(err) != "access.broken" {
		t.Errorf("a chain made with another key: %v", err)
	}
}
