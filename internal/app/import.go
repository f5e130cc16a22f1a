package app

import (
	"context"
	"encoding/json"
	"errors"
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

// NewImport is an uploaded file.
type NewImport struct {
	// Name is the file's name as the person knows it.
	Name string
	// Format is the name of a format; "" or auto finds out.
	Format string
	// Content is read to its end.
	Content io.Reader
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

// blobSource lets a leaf read a stored file.
type blobSource struct {
	ctx   context.Context
	store store.Store
	key   string
	name  string
	size  int64
}

// Open starts a reading.
func (b blobSource) Open() (importer.File, error) { return b.store.Blob(b.ctx, b.key) }

// Name is the file's name.
func (b blobSource) Name() string { return b.name }

// Size is its length in bytes.
func (b blobSource) Size() int64 { return b.size }

// StageImport stores a file, finds out what it is and proposes a mapping. It
// changes nothing in the project.
func (a *App) StageImport(ctx context.Context, by Caller, project cairn.ID, in NewImport) (ImportDetail, error) {
	if _, err := a.mayIn(by, project, cairn.ImportIdeas); err != nil {
		return ImportDetail{}, err
	}
	if in.Name = fileName(in.Name); in.Name == "" {
		return ImportDetail{}, cairn.Invalid("name", "Say what the file is called: its name is part of how its rows are recognised when it is imported again")
	}
	id, err := a.reserveID(ctx)
	if err != nil {
		return ImportDetail{}, err
	}
	size, err := a.store.PutBlob(ctx, importBlob(id, importFile), upload{in.Content})
	if err != nil {
		return ImportDetail{}, err
	}
	d, err := a.stage(ctx, by, project, stagedFile{id, size, in})
	if err != nil {
		a.dropImport(context.WithoutCancel(ctx), id)
		return ImportDetail{}, err
	}
	a.pruneImports(ctx, project)
	return d, nil
}

type stagedFile struct {
	id   cairn.ID
	size int64
	NewImport
}

func (a *App) stage(ctx context.Context, by Caller, project cairn.ID, f stagedFile) (ImportDetail, error) {
	if f.size == 0 {
		return ImportDetail{}, cairn.Invalid("file", "%q is empty: it has no bytes. Export it again", f.Name)
	}
	src := a.importSource(ctx, f.id, f.Name, f.size)
	plan, err := a.inspect(ctx, src, inspection{format: f.Format})
	if err != nil {
		return ImportDetail{}, err
	}
	fields, err := a.FieldRefs(ctx, by, project)
	if err != nil {
		return ImportDetail{}, err
	}
	plan.Mapping = proposeMapping(plan.Survey, fields)
	if err := a.applySaved(ctx, project, src, plan, fields); err != nil {
		return ImportDetail{}, err
	}
	if err := a.putImportPart(ctx, f.id, importPlanOf, plan); err != nil {
		return ImportDetail{}, err
	}
	run := cairn.Run{
		ID: f.id, Project: project, State: cairn.RunStaged, FileName: f.Name, Size: f.size,
		Format: plan.Survey.Format, Title: plan.Survey.Title, Rows: plan.Survey.Rows, CreatedBy: by.User,
	}
	_, err = a.write(ctx, by, project, func(tx store.Tx) error {
		run.CreatedAt, run.Version = tx.Now(), tx.Seq()
		attrs, err := cairn.AttrsOf(run)
		if err != nil {
			return err
		}
		_, err = tx.Create(cairn.Entity{ID: f.id, Kind: cairn.KindRun, Project: project, Attrs: attrs})
		return err
	})
	return plan.detail(ImportRun{Run: run}), err
}

// upload tells a file that broke off from one that ended, which a store does not.
type upload struct{ r io.Reader }

// Read reads on.
func (u upload) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = &cairn.Error{Code: cairn.CodeInvalid, Message: "The upload broke off before the file was complete. Nothing was kept; send it again"}
	}
	return n, err
}

// fileName is the last part of a path, at most 200 characters.
func fileName(s string) string {
	s = strings.ReplaceAll(s, `\`, "/")
	s = strings.TrimSpace(strings.ToValidUTF8(s[strings.LastIndexByte(s, '/')+1:], ""))
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 200 {
		s = string(r[len(r)-200:])
	}
	return s
}

// reserveID takes an id for things that must be there before their entity.
func (a *App) reserveID(ctx context.Context) (id cairn.ID, err error) {
	_, err = a.store.Write(ctx, store.Meta{}, func(tx store.Tx) error {
		id = tx.NewID()
		return nil
	})
	return id, err
}

func (a *App) importSource(ctx context.Context, run cairn.ID, name string, size int64) importer.Source {
	return blobSource{ctx, a.store, importBlob(run, importFile), name, size}
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

// inspection is how a file is to be looked at.
type inspection struct {
	format  string
	options cairn.ReadOptions
}

// inspect finds the format of a file and what is in it. The mapping is left to
// the caller.
func (a *App) inspect(ctx context.Context, src importer.Source, in inspection) (*storedPlan, error) {
	choices, err := importer.Choose(a.imports.leaves, src)
	if err != nil {
		return nil, importError(err)
	}
	leaf, err := a.leafFor(in.format, choices, src.Name())
	if err != nil {
		return nil, err
	}
	plan := &storedPlan{Formats: []ImportFormat{}}
	for _, c := range choices {
		plan.Formats = append(plan.Formats, ImportFormat{c.Leaf.Name(), c.Match.Confidence, c.Match.Why})
	}
	plan.Survey, err = leaf.Inspect(ctx, src, importer.Options(in.options))
	return plan, importError(err)
}

// leafFor is the leaf of that name, or the most likely one.
func (a *App) leafFor(format string, choices []importer.Choice, name string) (importer.Leaf, error) {
	if format == "" || format == "auto" {
		if len(choices) == 0 {
			return nil, cairn.Invalid("file", "%q is in no format that can be imported: %s", name, a.formatNames())
		}
		return choices[0].Leaf, nil
	}
	for _, l := range a.imports.leaves {
		if l.Name() == format {
			return l, nil
		}
	}
	return nil, cairn.Invalid("format", "There is no format %q: it is auto, %s", format, a.formatNames())
}

func (a *App) formatNames() string {
	var names []string
	for _, l := range a.imports.leaves {
		names = append(names, l.Name())
	}
	return strings.Join(names, ", ")
}

// importError turns a leaf's refusal into an error for people.
func importError(err error) error {
	if r, ok := errors.AsType[*importer.Refusal](err); ok {
		return cairn.Invalid("file", "%s", r.Text)
	}
	return err
}

// Imports returns a project's runs, newest first.
func (a *App) Imports(ctx context.Context, by Caller, project cairn.ID) ([]ImportRun, error) {
	if _, err := a.mayIn(by, project, cairn.ImportIdeas); err != nil {
		return nil, err
	}
	out := []ImportRun{}
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindRun}, Project: project}, func(e cairn.Entity) error {
		run, err := runOf(e)
		out = append(out, ImportRun{Run: run})
		return err
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

// Import returns one run with its file's survey, its mapping and what the last
// dry run or commit found.
func (a *App) Import(ctx context.Context, by Caller, id cairn.ID) (ImportDetail, error) {
	run, err := a.importRun(ctx, by, id)
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

// importRun authorises the caller and reads a run.
func (a *App) importRun(ctx context.Context, by Caller, id cairn.ID) (ImportRun, error) {
	e, err := a.store.Entity(ctx, id)
	if err != nil || e.Kind != cairn.KindRun {
		return ImportRun{}, cairn.NotFound("The import")
	}
	if _, err := a.mayIn(by, e.Project, cairn.ImportIdeas); err != nil {
		if cairn.CodeOf(err) == cairn.CodeNotFound {
			err = cairn.NotFound("The import")
		}
		return ImportRun{}, err
	}
	run, err := runOf(e)
	if err != nil {
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
	defer blob.Close() //nolint:errcheck // only read
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
	fields, err := a.FieldRefs(ctx, by, run.Project)
	if err != nil {
		return ImportDetail{}, err
	}
	plan, err := a.storedPlan(ctx, id)
	if err != nil {
		return ImportDetail{}, err
	}
	src := a.importSource(ctx, id, run.FileName, run.Size)
	if plan, err = a.remap(ctx, src, plan, remapping{m, fields}); err != nil {
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
				return cairn.Conflict("The import of %q has ideas in the project. Undo it first", r.FileName)
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
	_, err := a.store.Scan(ctx, store.Query{Kinds: []cairn.Kind{cairn.KindRun}, Project: project}, func(e cairn.Entity) error {
		run, err := runOf(e)
		last := run.FinishedAt
		if run.State.Idle() && last.IsZero() {
			last = run.CreatedAt
		}
		if err == nil && !last.IsZero() && last.Before(old) {
			ids = append(ids, run.ID)
		}
		return nil
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
	run, err := a.importRun(ctx, by, id)
	if err != nil {
		return nil, cairn.Run{}, err
	}
	blob, err := a.store.Blob(ctx, importBlob(id, importReport))
	if cairn.CodeOf(err) == cairn.CodeNotFound {
		return nil, run.Run, cairn.Errorf(cairn.CodeNotFound, "%q has no report yet: make a dry run or commit it first", run.FileName)
	}
	return blob, run.Run, err
}
