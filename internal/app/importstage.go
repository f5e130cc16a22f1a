package app

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// NewImport is an uploaded file.
type NewImport struct {
	// Name is the file's name as the person knows it.
	Name string
	// Format is the name of a format; "" or auto finds out.
	Format string
	// Subject is what its rows become.
	Subject cairn.RunSubject
	// Content is read to its end.
	Content io.Reader
	// Looked, if set, is what LookAtImport found out about the same file.
	Looked *Look
}

// Look is what a file turned out to be before it was stored.
type Look struct {
	plan *storedPlan
	size int64
}

// Survey is what is in the file.
func (l *Look) Survey() *importer.Survey { return l.plan.Survey }

// inspected is the file's inspection, taken over from an earlier look where
// there was one.
func (a *App) inspected(ctx context.Context, src importer.Source, f stagedFile) (*storedPlan, error) {
	if f.Looked != nil && f.Looked.size == f.size {
		plan := *f.Looked.plan
		return &plan, nil
	}
	return a.inspect(ctx, src, inspection{format: f.Format})
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
	if err := a.mayImport(by, in.Subject, project); err != nil {
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
	plan, err := a.inspected(ctx, src, f)
	if err != nil {
		return ImportDetail{}, err
	}
	subject, err := a.subjectOf(ctx, by, f.Subject, project)
	if err != nil {
		return ImportDetail{}, err
	}
	plan.Mapping = proposed(f.Subject, subject, plan.Survey)
	if err := a.applySaved(ctx, project, src, plan, subject); err != nil {
		return ImportDetail{}, err
	}
	if err := a.putImportPart(ctx, f.id, importPlanOf, plan); err != nil {
		return ImportDetail{}, err
	}
	run := cairn.Run{
		ID: f.id, Project: project, Subject: f.Subject, State: cairn.RunStaged, FileName: f.Name, Size: f.size,
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

// upload words a file that broke off.
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
			return nil, cairn.Invalid("file", "“%s” holds nothing that can be imported. Cairn reads CSV, TSV, XLSX and JSON, "+
				"among them the exports of Jira (CSV), Trello and GitHub (JSON): save it as one of these", name)
		}
		return choices[0].Leaf, nil
	}
	for _, l := range a.imports.leaves {
		if l.Name() == format {
			return l, nil
		}
	}
	return nil, a.CheckImportFormat(format)
}

// CheckImportFormat refuses a name that is neither auto nor a format that files
// can be imported from.
func (a *App) CheckImportFormat(name string) error {
	known := func(l importer.Leaf) bool { return l.Name() == name }
	if name == "" || name == "auto" || slices.ContainsFunc(a.imports.leaves, known) {
		return nil
	}
	return cairn.Invalid("format", "There is no format %q: it is auto, %s", name, a.formatNames())
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
