// Package importertest helps the tests of importer leaves: it reads a source
// through a leaf, checks what every leaf must keep, and finds the sample files.
package importertest

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"cairn/internal/importer"
)

// Sample is a file of the sample data: below $CAIRN_SAMPLES, or below
// shared/data beside the repository. The test is skipped when it is absent.
func Sample(t testing.TB, name string) importer.Source {
	t.Helper()
	dir := os.Getenv("CAIRN_SAMPLES")
	if dir == "" {
		dir = besideRepository()
	}
	src, err := importer.FileSource(filepath.Join(dir, filepath.FromSlash(name)), "")
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("no sample %s; set CAIRN_SAMPLES to the folder of the sample data", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// besideRepository finds shared/data beside the folder that holds go.mod.
func besideRepository() string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(filepath.Dir(dir), "shared", "data")
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

// Read inspects src and reads all its rows, and checks what holds for every
// leaf: the survey survives JSON, the columns have unique keys and reasons,
// Rows yields as many rows as announced, each with the survey's columns and an
// id of its own, and a second reading gives the same.
func Read(t testing.TB, l importer.Leaf, src importer.Source, opts importer.Options) (*importer.Survey, []importer.Row) {
	t.Helper()
	s, err := l.Inspect(context.Background(), src, opts)
	if err != nil {
		t.Fatalf("inspect %s: %v", src.Name(), err)
	}
	checkSurvey(t, s)
	rows := readRows(t, l, src, s)
	if len(rows) != s.Rows {
		t.Fatalf("%s: %d rows announced, %d yielded", src.Name(), s.Rows, len(rows))
	}
	ids := map[string]bool{}
	comments := 0
	for _, r := range rows {
		comments += len(r.Comments)
		if r.Refused {
			if len(r.Problems) == 0 {
				t.Errorf("row %d is refused without a reason", r.Number)
			}
			continue
		}
		if len(r.Cells) != len(s.Columns) {
			t.Fatalf("row %d has %d cells under %d columns", r.Number, len(r.Cells), len(s.Columns))
		}
		if r.SourceID == "" || ids[r.SourceID] {
			t.Errorf("row %d: the id %q is empty or not unique", r.Number, r.SourceID)
		}
		ids[r.SourceID] = true
	}
	if comments != s.Totals.Comments {
		t.Errorf("%d comments announced, %d yielded", s.Totals.Comments, comments)
	}
	if again := readRows(t, l, src, s); !reflect.DeepEqual(rows, again) {
		t.Errorf("%s: the second reading differs from the first", src.Name())
	}
	return s, rows
}

func readRows(t testing.TB, l importer.Leaf, src importer.Source, s *importer.Survey) []importer.Row {
	t.Helper()
	var rows []importer.Row
	err := l.Rows(context.Background(), src, s, func(r importer.Row) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		t.Fatalf("rows of %s: %v", src.Name(), err)
	}
	return rows
}

func checkSurvey(t testing.TB, s *importer.Survey) {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back importer.Survey
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if twice, err := json.Marshal(back); err != nil || string(twice) != string(raw) {
		t.Errorf("the survey does not survive JSON: %v", err)
	}
	keys := map[string]bool{}
	kinds := map[importer.TargetKind]int{}
	for _, c := range s.Columns {
		if keys[c.Key] {
			t.Errorf("two columns have the key %q", c.Key)
		}
		keys[c.Key] = true
		kinds[c.Target.Kind]++
		if c.Why == "" || c.Label == "" || c.Target.Kind == "" || (c.Target.Kind == importer.ToField) != (c.Target.Type != "") {
			t.Errorf("column %q is not decided: %+v", c.Name, c.Target)
		}
	}
	for k, n := range kinds {
		if k.Single() && n > 1 {
			t.Errorf("%d columns want to be the %s", n, k)
		}
	}
}

// Cells gives a row's cells by column key, several values joined by "|".
func Cells(s *importer.Survey, r importer.Row) map[string]string {
	out := map[string]string{}
	for i, c := range s.Columns {
		out[c.Key] = strings.Join(r.Cells[i], "|")
	}
	return out
}

// HasNote says whether the survey has a note of that code.
func HasNote(s *importer.Survey, code string) bool {
	for _, n := range s.Notes {
		if n.Code == code {
			return true
		}
	}
	return false
}
