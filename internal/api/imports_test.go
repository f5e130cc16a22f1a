package api_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"cairn"
	"cairn/internal/api"
	"cairn/internal/app"
	"cairn/internal/cairntest"
	"cairn/internal/store"
)

// insure is a project of the template Product discovery.
func insure(c *cairntest.Client) {
	c.Do("POST", "/projects", map[string]any{"name": "Insure", "key": "INS", "template": "product-discovery"}).Want(http.StatusCreated)
}

// stage uploads bytes as a file.
func stage(c *cairntest.Client, name string, content []byte) *cairntest.Answer {
	return c.With("Content-Type", "application/octet-stream").Do("POST", "/projects/INS/imports?name="+url.QueryEscape(name), content)
}

// stageSample uploads a file of the sample data.
func stageSample(t *testing.T, c *cairntest.Client, path string) api.ImportDetail {
	t.Helper()
	content, err := os.ReadFile(cairntest.Samples(t, path))
	if err != nil {
		t.Fatal(err)
	}
	var d api.ImportDetail
	stage(c, filepath.Base(path), content).Want(http.StatusCreated).Into(&d)
	return d
}

// commit imports a staged file and waits for the end.
func commit(t *testing.T, w *cairntest.World, d api.ImportDetail) api.ImportDetail {
	t.Helper()
	w.Admin.Do("POST", "/imports/"+d.ID.String()+"/commit", nil).Want(http.StatusAccepted)
	if _, err := w.App.WaitImport(t.Context(), app.System("test"), d.ID, func(cairn.Run) {}); err != nil {
		t.Fatal(err)
	}
	w.Admin.Do("GET", "/imports/"+d.ID.String(), nil).Want(http.StatusOK).Into(&d)
	if d.State != cairn.RunCommitted {
		t.Fatalf("the import is %s: %s", d.State, d.Error)
	}
	return d
}

func dryRun(c *cairntest.Client, d api.ImportDetail) api.ImportDetail {
	c.Do("POST", "/imports/"+d.ID.String()+"/dry-run", nil).Want(http.StatusOK).Into(&d)
	return d
}

func TestImportJira(t *testing.T) {
	cairntest.EachDB(t, func(t *testing.T, st store.Store) {
		w := cairntest.New(t, st)
		insure(w.Admin)
		d := stageSample(t, w.Admin, "jira-csv/planeso-cloud-allfields.csv")
		tried := dryRun(w.Admin, d)
		done := commit(t, w, d)
		want := cairn.RunCounts{Rows: 22, Created: 22, Comments: 17, Fields: 11, Options: 8, People: 3}
		if tried.Counts != want || done.Counts != want {
			t.Errorf("dry run %+v, commit %+v, want %+v", tried.Counts, done.Counts, want)
		}
		again := commit(t, w, stageSample(t, w.Admin, "jira-csv/planeso-cloud-allfields.csv"))
		if want := (cairn.RunCounts{Rows: 22, Unchanged: 22}); again.Counts != want {
			t.Errorf("again: %+v, want %+v", again.Counts, want)
		}
	})
}
