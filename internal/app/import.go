package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// An import is a run. Its entity holds state, progress and counts; beside the
// log lie the uploaded file, the plan (what was found in the file, and the
// mapping), the result (what the last dry run or commit found) and the report.
// See docs/spec/import.md.

// keepImportFiles is how long the file of a finished run is kept, so that an
// undone import can be mapped anew and committed again.
const keepImportFiles = 30 * 24 * time.Hour

// ImportRun is an import as one sees it.
type ImportRun struct {
	cairn.Run
	// Interrupted: it is committing or undoing, but nobody is at work on it. It
	// can be resumed or undone.
	Interrupted bool
}

// ImportDetail is a run with everything that is known of its file.
type ImportDetail struct {
	ImportRun
	Survey  *importer.Survey
	Mapping cairn.Mapping
	// Formats are those that could read the file, the most likely first.
	Formats []ImportFormat
	// Result of the last dry run or commit; nil before.
	Result *ImportResult
}

// ImportFormat is a format that could read a file.
type ImportFormat struct {
	Name       string `json:"name"`
	Confidence int    `json:"confidence"`
	Why        string `json:"why"`
}

// importPart names one of the things beside a run.
type importPart string

const (
	importFile   importPart = "file"
	importPlanOf importPart = "plan"
	importResult importPart = "result"
	importReport importPart = "report"
)

func importBlob(run cairn.ID, part importPart) string {
	return "import:" + run.String() + ":" + string(part)
}

// storedPlan is what is kept of a run's file and mapping.
type storedPlan struct {
	Survey  *importer.Survey `json:"survey"`
	Mapping cairn.Mapping    `json:"mapping"`
	Formats []ImportFormat   `json:"formats"`
}

func (p *storedPlan) detail(run ImportRun) ImportDetail {
	return ImportDetail{ImportRun: run, Survey: p.Survey, Mapping: p.Mapping, Formats: p.Formats}
}

// Imports returns the runs of a subject in a project, newest first; those of
// customers are in project 0.
func (a *App) Imports(ctx context.Context, by Caller, project cairn.ID, of cairn.RunSubject) ([]ImportRun, error) {
	if err := a.maySeeImports(by, of, project); err != nil {
		return nil, err
	}
	out := []ImportRun{}
	err := a.eachRun(ctx, project, func(run cairn.Run) {
		if run.Subject == of || of.Shared() {
			out = append(out, ImportRun{Run: run})
		}
	})
	if err != nil {
		return nil, err
	}
	slices.Reverse(out)
	for i := range out {
		if out[i].Interrupted, err = a.interrupted(ctx, out[i].Run); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// eachRun calls fn for the runs of a project, or of the workspace alone for 0.
func (a *App) eachRun(ctx context.Context, project cairn.ID, fn func(cairn.Run)) error {
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindRun}, Project: project}, func(e cairn.Entity) error {
		if e.Project != project { // project 0 asks for those of all
			return nil
		}
		run, err := runOf(e)
		if err == nil {
			fn(run)
		}
		return err
	})
	return err
}

// Import returns one run with its file's survey, its mapping and what the last
// dry run or commit found.
func (a *App) Import(ctx context.Context, by Caller, id cairn.ID) (ImportDetail, error) {
	run, err := a.seenRun(ctx, by, id)
	if err != nil {
		return ImportDetail{}, err
	}
	plan, err := a.storedPlan(ctx, id)
	if err != nil {
		return ImportDetail{}, err
	}
	d := plan.detail(run)
	var res ImportResult
	switch err := a.getImportPart(ctx, id, importResult, &res); {
	case err == nil:
		d.Result = &res
	case cairn.CodeOf(err) != cairn.CodeNotFound:
		return ImportDetail{}, err
	}
	return d, nil
}

// importRun reads a run for somebody who is to work on it.
func (a *App) importRun(ctx context.Context, by Caller, id cairn.ID) (ImportRun, error) {
	return a.runFor(ctx, id, func(run cairn.Run) error { return a.mayKeep(by, run) })
}

// seenRun reads a run for somebody who looks at it.
func (a *App) seenRun(ctx context.Context, by Caller, id cairn.ID) (ImportRun, error) {
	return a.runFor(ctx, id, func(run cairn.Run) error { return a.maySeeImports(by, run.Subject, run.Project) })
}

// runFor reads a run and authorises the caller.
func (a *App) runFor(ctx context.Context, id cairn.ID, may func(cairn.Run) error) (ImportRun, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindRun {
		return ImportRun{}, cairn.NotFound("The import")
	}
	run, err := runOf(e)
	if err != nil {
		return ImportRun{}, err
	}
	if err := may(run); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			err = cairn.NotFound("The import")
		}
		return ImportRun{}, err
	}
	out := ImportRun{Run: run}
	out.Interrupted, err = a.interrupted(ctx, run)
	return out, err
}

func runOf(e cairn.Entity) (cairn.Run, error) {
	run := cairn.Run{ID: e.ID, Project: e.Project, Version: e.Version}
	err := e.Attrs.Decode(&run)
	return run, err
}

func (a *App) storedPlan(ctx context.Context, id cairn.ID) (*storedPlan, error) {
	plan := &storedPlan{}
	err := a.getImportPart(ctx, id, importPlanOf, plan)
	return plan, err
}

func (a *App) putImportPart(ctx context.Context, id cairn.ID, part importPart, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode the import's %s: %w", part, err)
	}
	_, err = a.store.PutBlob(ctx, importBlob(id, part), strings.NewReader(string(raw)))
	return err
}

func (a *App) getImportPart(ctx context.Context, id cairn.ID, part importPart, v any) error {
	blob, err := a.store.Blob(ctx, importBlob(id, part))
	if err != nil {
		return err
	}
	defer blob.Close() // only read
	raw, err := io.ReadAll(blob)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// MapImport changes how a run's file is read and where its columns go. Other
// options or another format look at the file again; columns that are not named
// keep their proposal. Nothing is changed in the project.
func (a *App) MapImport(ctx context.Context, by Caller, id cairn.ID, m cairn.Mapping) (ImportDetail, error) {
	run, err := a.importRun(ctx, by, id)
	if err != nil {
		return ImportDetail{}, err
	}
	if !run.State.Idle() {
		return ImportDetail{}, notIdle(run.Run)
	}
	subject, err := a.subjectOf(ctx, by, run.Subject, run.Project)
	if err != nil {
		return ImportDetail{}, err
	}
	plan, err := a.storedPlan(ctx, id)
	if err != nil {
		return ImportDetail{}, err
	}
	src := a.importSource(ctx, id, run.FileName, run.Size)
	if plan, err = a.remap(ctx, src, plan, remapping{m, subject}); err != nil {
		return ImportDetail{}, err
	}
	if err := a.putImportPart(ctx, id, importPlanOf, plan); err != nil {
		return ImportDetail{}, err
	}
	if err := a.store.DropBlob(ctx, importBlob(id, importResult)); err != nil {
		return ImportDetail{}, err
	}
	_, err = a.write(ctx, by, run.Project, func(tx store.Tx) error {
		return changeRun(tx, id, func(r *cairn.Run) error {
			if !r.State.Idle() {
				return notIdle(*r)
			}
			r.State, r.Counts, r.Error, r.Done = cairn.RunMapped, cairn.RunCounts{}, "", 0
			r.Format, r.Title, r.Rows = plan.Survey.Format, plan.Survey.Title, plan.Survey.Rows
			run.Run = *r
			return nil
		})
	})
	return plan.detail(run), err
}

// changeRun reads, changes and writes a run inside a transaction.
func changeRun(tx store.Tx, id cairn.ID, change func(*cairn.Run) error) error {
	e, err := tx.Entity(id)
	if err != nil || e.Kind != cairn.KindRun {
		return cairn.NotFound("The import")
	}
	run, err := runOf(e)
	if err != nil {
		return err
	}
	run.Version = tx.Seq()
	if err := change(&run); err != nil {
		return err
	}
	return putAttrs(tx, e, run)
}

func notIdle(r cairn.Run) error {
	switch r.State {
	case cairn.RunCommitted:
		return cairn.Conflict("%q has been imported. Undo the import to change its mapping, or upload the file again", r.FileName)
	case cairn.RunFailed:
		return cairn.Conflict("The import of %q stopped at row %d of %d. Resume it or undo it first", r.FileName, r.Done, r.Rows)
	}
	return cairn.Conflict("%q is being imported or undone; wait until it is finished", r.FileName)
}

// DeleteImport forgets a run that has nothing in the project, with its file.
func (a *App) DeleteImport(ctx context.Context, by Caller, id cairn.ID) error {
	run, err := a.importRun(ctx, by, id)
	if err != nil {
		return err
	}
	_, err = a.write(ctx, by, run.Project, func(tx store.Tx) error {
		err := changeRun(tx, id, func(r *cairn.Run) error {
			if !r.State.Idle() {
				return cairn.Conflict("The import of %q has something in Cairn. Undo it first", r.FileName)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Delete(id)
	})
	if err != nil {
		return err
	}
	a.dropImport(ctx, id)
	return nil
}

// dropImport removes what lies beside a run. What cannot be removed is only
// space, and is said in the log.
func (a *App) dropImport(ctx context.Context, id cairn.ID) {
	for _, part := range []importPart{importFile, importPlanOf, importResult, importReport} {
		if err := a.store.DropBlob(ctx, importBlob(id, part)); err != nil {
			a.logger.Warn("a file of an import was not removed", "import", id, "part", part, "err", err)
		}
	}
}

// pruneImports drops the files of runs that were finished, or left lying, long
// ago.
func (a *App) pruneImports(ctx context.Context, project cairn.ID) {
	old := a.now().Add(-keepImportFiles)
	var ids []cairn.ID
	err := a.eachRun(ctx, project, func(run cairn.Run) {
		last := run.FinishedAt
		if run.State.Idle() && last.IsZero() {
			last = run.CreatedAt
		}
		if !last.IsZero() && last.Before(old) {
			ids = append(ids, run.ID)
		}
	})
	for _, id := range ids {
		if err == nil {
			err = a.store.DropBlob(ctx, importBlob(id, importFile))
		}
	}
	if err != nil {
		a.logger.Warn("files of old imports were not removed", "project", project, "err", err)
	}
}

// ImportReport opens the report of the last dry run or commit: every refused
// cell, warning and kept value, as CSV.
func (a *App) ImportReport(ctx context.Context, by Caller, id cairn.ID) (store.Blob, cairn.Run, error) {
	run, err := a.seenRun(ctx, by, id)
	if err != nil {
		return nil, cairn.Run{}, err
	}
	blob, err := a.store.Blob(ctx, importBlob(id, importReport))
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil, run.Run, cairn.Errorf(cairn.CodeNotFound, "%q has no report yet: make a dry run or commit it first", run.FileName)
	}
	return blob, run.Run, err
}
