package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"cairn"
	"cairn/bench/gen"
	"cairn/internal/app"
	"cairn/internal/store"
	"cairn/internal/store/sqlstore"
)

// product is a generated product in a database.
type product struct {
	gen     *gen.Product
	project app.ProjectInfo
	token   string
	person  cairn.ID
	// took is how long writing the ideas took, without making them up.
	took time.Duration
}

// chunk is how many ideas one change set of an import holds.
const chunk = 500

// password opens the bench's account.
const password = "benchmarks only"

// inProcess opens an app on an empty SQLite database of its own, fills it with a
// product of so many ideas, and closes all of it when run is done.
func inProcess(ctx context.Context, cfg app.Config, ideas int, run func(st store.Store, a *app.App, made *product) error) error {
	dir, err := os.MkdirTemp("", "cairn-bench-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // a temporary folder
	st, err := sqlstore.OpenSQLite(ctx, dir, sqlstore.Options{})
	if err != nil {
		return err
	}
	cfg.Store, cfg.Logger = st, slog.New(slog.DiscardHandler)
	a, err := app.New(ctx, cfg)
	if err != nil {
		return errors.Join(err, st.Close())
	}
	made, err := fill(ctx, st, a, ideas)
	if err == nil {
		err = run(st, a, made)
	}
	a.Close()
	return errors.Join(err, st.Close())
}

// fill writes a generated product into an empty database, as an import does, and
// makes a person with a token.
func fill(ctx context.Context, st store.Store, a *app.App, n int) (*product, error) {
	by := app.System("bench")
	u, err := a.AddUser(ctx, by, app.NewUser{Name: "Bench", Email: "bench@example.com", Password: password, Admin: true})
	if err != nil {
		return nil, err
	}
	token, err := a.IssueToken(ctx, by, u.ID, app.NewToken{Name: "bench", Scope: cairn.ScopeWrite})
	if err != nil {
		return nil, err
	}
	p, err := a.CreateProject(ctx, by, app.NewProject{Name: "Bench", Key: "BEN"})
	if err != nil {
		return nil, err
	}
	const firstID = 1_000_000
	out := &product{
		gen:     gen.New(gen.Config{Seed: 1, Ideas: n, Project: p.ID, FirstID: firstID, Branches: 8, People: []cairn.ID{u.ID}}),
		project: p, token: token.Secret, person: u.ID,
	}
	fields, err := out.gen.FieldEntities()
	if err != nil {
		return nil, err
	}
	meta := store.Meta{Actor: u.ID, Project: p.ID, Group: "fill", Origin: "bench"}
	if err := create(ctx, st, meta, fields); err != nil {
		return nil, err
	}
	batch := make([]cairn.Entity, 0, chunk)
	for idea := range out.gen.Ideas() {
		e, err := idea.Entity()
		if err != nil {
			return nil, err
		}
		e.ID = 0 // as in an import; they come to follow the fields
		if batch = append(batch, e); len(batch) == chunk || int(idea.Number) == n {
			start := time.Now()
			if err := create(ctx, st, meta, batch); err != nil {
				return nil, err
			}
			out.took += time.Since(start)
			batch = batch[:0]
		}
	}
	_, err = st.Entity(ctx, out.gen.FirstIdea()+cairn.ID(n-1))
	return out, err
}

func create(ctx context.Context, st store.Store, meta store.Meta, batch []cairn.Entity) error {
	if len(batch) == 0 {
		return nil
	}
	_, err := st.Write(ctx, meta, func(tx store.Tx) error {
		if batch[0].Kind == cairn.KindIdea {
			if _, err := tx.Numbers(meta.Project, len(batch)); err != nil {
				return err
			}
		}
		for _, e := range batch {
			if _, err := tx.Create(e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("writing the product: %w", err)
	}
	return nil
}
