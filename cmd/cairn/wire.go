package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/exporter"
	"cairn/internal/exporter/csv"
	"cairn/internal/exporter/json"
	"cairn/internal/exporter/md"
	"cairn/internal/exporter/xlsx"
	"cairn/internal/importer"
	"cairn/internal/importer/githubjson"
	"cairn/internal/importer/jiracsv"
	"cairn/internal/importer/table"
	"cairn/internal/importer/trello"
	"cairn/internal/store"
	"cairn/internal/store/shelf"
	"cairn/internal/store/sqlstore"
)

// cli is every command. Flags come first, CAIRN_… variables second.
type cli struct {
	globals

	Serve   serveCmd   `cmd:"" help:"Serve the web app and the API."`
	Import  importCmd  `cmd:"" help:"Import a file of ideas into a project, or undo an import."`
	Export  exportCmd  `cmd:"" help:"Write a view, a project or the whole workspace to a file."`
	Query   queryCmd   `cmd:"" help:"Print the ideas that a condition finds."`
	Similar similarCmd `cmd:"" help:"Similar ideas: how well they are found."`
	User    userCmd    `cmd:"" help:"People: add, list, reset."`
	Token   tokenCmd   `cmd:"" help:"API tokens: create, revoke."`
	Mail    mailCmd    `cmd:"" help:"E-mail: test."`
	Backup  backupCmd  `cmd:"" help:"Write everything to a file, while the server runs."`
	Restore restoreCmd `cmd:"" help:"Fill an empty database from a backup or an archive."`
	Check   checkCmd   `cmd:"" help:"Compare rows, log and keys, and name every disagreement."`
	Openapi openapiCmd `cmd:"" name:"openapi" help:"Print the API's OpenAPI 3.1 document."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// globals say which data a command works on.
type globals struct {
	Data  string `help:"Directory of the embedded database." default:"./data" env:"CAIRN_DATA" placeholder:"DIR"`
	DB    string `name:"db" help:"PostgreSQL instead of the embedded database: postgres://user:password@host/name." env:"CAIRN_DB" placeholder:"URL"`
	Files string `help:"Where attached files are kept: dir:///path, s3://bucket/folder?endpoint=https://host&region=…, or database. Default: the directory \"files\" in --data; with --db, the database." env:"CAIRN_FILES" placeholder:"URL"`
	// The limits of attached files are the server's; other commands attach none.
	FileMiB  int64  `name:"file-limit" help:"Largest attached file, in MiB." default:"25" env:"CAIRN_FILE_LIMIT" placeholder:"MIB"`
	FilesMiB int64  `name:"files-limit" help:"What all attached files of the workspace may take, in MiB." default:"10240" env:"CAIRN_FILES_LIMIT" placeholder:"MIB"`
	KeepDays int64  `name:"files-keep" help:"How many days deleted files can be brought back." default:"90" env:"CAIRN_FILES_KEEP" placeholder:"DAYS"`
	Log      string `help:"How much to log: debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"CAIRN_LOG"`
}

// fileLimits are the flags in bytes and hours.
func (g *globals) fileLimits() app.FileLimits {
	return app.FileLimits{One: g.FileMiB << 20, All: g.FilesMiB << 20, Keep: time.Duration(g.KeepDays) * 24 * time.Hour}
}

// startsEmpty says whether a command may begin with an empty database. The
// others would only hide that --data was mistyped.
func startsEmpty(command string) bool {
	for _, c := range []string{"serve", "restore", "user add", "import file", "similar report", "openapi", "version", "mail test"} {
		if command == c || strings.HasPrefix(command, c+" ") {
			return true
		}
	}
	return false
}

// exists refuses a data directory that holds no database.
func (g *globals) exists() error {
	if g.DB != "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(g.Data, sqlstore.FileName)); errors.Is(err, fs.ErrNotExist) {
		return cairn.Errorf(cairn.CodeNotFound, "There is no Cairn database in %s; say where it is with --data DIR or --db URL", g.Data)
	}
	return nil
}

// open opens the database that the flags name.
func (g *globals) open(ctx context.Context) (store.Store, error) {
	return g.openWith(ctx, sqlstore.Options{})
}

// openWith is open with options; where files go the flags say.
func (g *globals) openWith(ctx context.Context, opts sqlstore.Options) (store.Store, error) {
	files, err := g.shelf()
	if err != nil {
		return nil, err
	}
	opts.Shelf = files
	if g.DB == "" {
		return sqlstore.OpenSQLite(ctx, g.Data, opts)
	}
	if !strings.HasPrefix(g.DB, "postgres://") && !strings.HasPrefix(g.DB, "postgresql://") {
		return nil, &exitError{exitUsage, "--db takes a PostgreSQL address such as postgres://cairn:secret@localhost/cairn; for the embedded database use --data DIR"}
	}
	return sqlstore.OpenPostgres(ctx, g.DB, opts)
}

// shelf is where stored files go; nil is into the database. Several nodes share
// nothing but the database unless they are told what else.
func (g *globals) shelf() (store.Shelf, error) {
	switch {
	case g.Files == "database", g.Files == "" && g.DB != "":
		return nil, nil
	case g.Files == "":
		return shelf.OpenDir(filepath.Join(g.Data, "files")), nil
	}
	s, err := shelf.Parse(g.Files, os.Getenv)
	if err != nil {
		return nil, &exitError{exitUsage, "--files: " + err.Error()}
	}
	return s, nil
}

// probeFiles asks a bucket, if files go to one, whether it can be used: a wrong
// key is better said at once. A server that does not answer may come back.
func (g *globals) probeFiles(ctx context.Context, logger *slog.Logger) error {
	files, err := g.shelf()
	bucket, ok := files.(*shelf.S3)
	if err != nil || !ok {
		return err
	}
	err = bucket.Probe(ctx)
	if err != nil && !shelf.Refused(err) {
		logger.Warn("files cannot be read or attached now", "err", err)
		return nil
	}
	return err
}

// exporters are the formats that views and projects can be exported in.
func exporters() []exporter.Format {
	return []exporter.Format{csv.Leaf(), xlsx.Leaf(), json.Leaf(), md.Leaf()}
}

// importers are the formats that can be imported.
func importers() []importer.Leaf {
	return []importer.Leaf{jiracsv.Leaf(), githubjson.Leaf(), trello.Leaf(), table.Leaf()}
}

// openApp opens the database and the use cases on it, for commands beside the
// server.
func (g *globals) openApp(ctx context.Context, logger *slog.Logger) (*app.App, func(), error) {
	st, err := g.open(ctx)
	if err != nil {
		return nil, nil, err
	}
	return g.appOn(ctx, app.Config{Store: st, Logger: logger})
}

// openServed is openApp for a server.
func (g *globals) openServed(ctx context.Context, logger *slog.Logger) (*app.App, func(), error) {
	st, err := g.openWith(ctx, sqlstore.Options{Eager: true})
	if err != nil {
		return nil, nil, err
	}
	return g.appOn(ctx, app.Config{Store: st, Logger: logger})
}

// appOn opens the use cases on an open store, which closes with them.
func (g *globals) appOn(ctx context.Context, cfg app.Config) (*app.App, func(), error) {
	st := cfg.Store
	cfg.Exporters, cfg.Importers, cfg.Files = exporters(), importers(), g.fileLimits()
	a, err := app.New(ctx, cfg)
	if err != nil {
		st.Close() // the first error counts
		return nil, nil, err
	}
	return a, func() {
		a.Close()
		if err := st.Close(); err != nil {
			cfg.Logger.Error("the database did not close cleanly", "err", err)
		}
	}, nil
}

// logger writes structured lines to w.
func (g *globals) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(g.Log)); err != nil {
		level = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(std streams) error {
	_, err := fmt.Fprintln(std.out, "cairn", version)
	return err
}
