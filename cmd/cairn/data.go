package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/store"
)

// archiveKind says what a whole-workspace archive is for.
type archiveKind int

const (
	// archiveForExport holds no secrets: it can be given away. It has the attached
	// files.
	archiveForExport archiveKind = iota
	// archiveForBackup also holds what people sign in with, and the files of imports.
	archiveForBackup
)

// archive writes the whole workspace to a file. What is without its content is
// left out and named; then the archive is there, and the error says that it is
// not whole.
func (g *globals) archive(ctx context.Context, file string, kind archiveKind, std streams) (err error) {
	keeper, done, err := g.keeper(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	missing := 0
	opts := store.ArchiveOptions{Blobs: []string{cairn.BlobOfFile}}
	if kind == archiveForBackup {
		opts = store.ArchiveOptions{Scopes: app.BackupScopes(), Blobs: []string{""}}
	}
	opts.Missing = func(_ string, why error) {
		missing++
		fmt.Fprintln(std.err, "Left out:", why)
	}
	err = writeFile(file, std.out, func(w io.Writer) error { return keeper.Archive(ctx, w, opts) })
	if err == nil && missing > 0 {
		return &exitError{exitFailed, fmt.Sprintf("everything else is written, but %d files are not in it, since their contents are missing", missing)}
	}
	return err
}

// keeper opens the database as a whole.
func (g *globals) keeper(ctx context.Context) (store.Keeper, func() error, error) {
	st, err := g.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	keeper, ok := st.(store.Keeper)
	if !ok {
		return nil, nil, errors.Join(errors.New("this database cannot be archived"), st.Close())
	}
	return keeper, st.Close, nil
}

type backupCmd struct {
	File string `arg:"" help:"File to write; - is standard output."`
}

// Run writes a backup while the server runs.
func (c *backupCmd) Run(ctx context.Context, g *globals, std streams) error {
	if err := g.archive(ctx, c.File, archiveForBackup, std); err != nil {
		return err
	}
	fmt.Fprintf(std.err, "Everything is in %s. It holds password hashes: keep it safe.\n", c.File)
	return nil
}

type restoreCmd struct {
	File    string `arg:"" help:"Backup or archive to read; - is standard input."`
	Replace bool   `help:"First remove everything that the database holds."`
}

// Run fills the database from a backup, wholly or not at all.
func (c *restoreCmd) Run(ctx context.Context, g *globals, std streams) (err error) {
	in := io.NopCloser(std.in)
	if c.File != "-" {
		if in, err = os.Open(c.File); err != nil {
			return cairn.Errorf(cairn.CodeNotFound, "Cannot read the backup: %v", err)
		}
	}
	defer in.Close() // only read
	keeper, done, err := g.keeper(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	err = keeper.Restore(ctx, in, store.RestoreOptions{Replace: c.Replace})
	if cairn.CodeOf(err) == cairn.CodeConflict && !c.Replace {
		return fmt.Errorf("%w with --replace", err)
	}
	if err != nil {
		return err
	}
	report, err := keeper.Check(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Restored %d things and %d change sets.\n", report.Entities, report.ChangeSets)
	return verdict(report, std)
}

// readContents is after how many files a check says how far it is.
const readContents = 1000

type checkCmd struct {
	Content bool `help:"Read the contents of all attached files to their end as well; without it those outside the database are compared by name and size."`
}

// Run compares the rows, the log, the keys and the files.
func (c checkCmd) Run(ctx context.Context, g *globals, std streams) (err error) {
	keeper, done, err := g.keeper(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	check := keeper.Check
	if c.Content {
		check = func(ctx context.Context) (store.Report, error) {
			return keeper.CheckContents(ctx, func(read, all int) {
				if read > 0 && read%readContents == 0 {
					fmt.Fprintf(std.err, "Read %d of %d files.\n", read, all)
				}
			})
		}
	}
	report, err := check(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Looked at %d things, %d change sets, %d keys and %d files, as of change set %d.\n",
		report.Entities, report.ChangeSets, report.Keys, report.Blobs, report.Seq)
	return verdict(report, std)
}

// verdict prints what a check found; problems end the program with code 1.
func verdict(r store.Report, std streams) error {
	for _, n := range r.Notes {
		fmt.Fprintln(std.out, "Note:", n)
	}
	if len(r.Problems) == 0 {
		fmt.Fprintln(std.out, "Rows, log, keys and files agree.")
		return nil
	}
	for _, p := range r.Problems {
		fmt.Fprintln(std.out, "-", p)
	}
	return &exitError{exitFailed, fmt.Sprintf("%d disagreements; restore a backup, or ask for help with this list", int64(len(r.Problems))+r.More)}
}
