package app

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"sync"
	"time"

	"cairn"
	"cairn/internal/importer"
	"cairn/internal/store"
)

// imports holds the formats and the work under way.
type imports struct {
	leaves []importer.Leaf
	// node tells this process from others in the leases of runs.
	node json.RawMessage
	ctx  context.Context
	stop context.CancelFunc
	wg   sync.WaitGroup

	mu   sync.Mutex
	jobs map[cairn.ID]chan struct{} // closed when the work on a run ends
}

func newImports(leaves []importer.Leaf) *imports {
	ctx, stop := context.WithCancel(context.Background())
	return &imports{leaves: leaves, node: rawJSON(rand.Text()), ctx: ctx, stop: stop, jobs: make(map[cairn.ID]chan struct{})}
}

// close ends the work between two change sets. What is unfinished counts as
// interrupted.
func (i *imports) close() {
	i.stop()
	i.wg.Wait()
}

// start runs fn until it ends; the run counts as being worked on meanwhile.
func (i *imports) start(run cairn.ID, fn func(context.Context)) {
	done := make(chan struct{})
	i.mu.Lock()
	i.jobs[run] = done
	i.mu.Unlock()
	i.wg.Go(func() {
		defer func() {
			i.mu.Lock()
			delete(i.jobs, run)
			i.mu.Unlock()
			close(done)
		}()
		fn(i.ctx)
	})
}

// A lease is a private record that says that somebody is at work on a run. It is
// renewed while they are, and ends soon after they do, however they end.
const (
	scopeImportLease = "import-lease"
	importLease      = 5 * time.Second
	renewImportLease = 1500 * time.Millisecond
)

func (i *imports) lease(run cairn.ID, now time.Time) store.Private {
	return store.Private{Scope: scopeImportLease, Key: run.String(), Value: i.node, ExpiresAt: now.Add(importLease)}
}

// interrupted reports whether a run is in the middle of something and nobody is
// at work on it.
func (a *App) interrupted(ctx context.Context, r cairn.Run) (bool, error) {
	if r.State != cairn.RunCommitting && r.State != cairn.RunUndoing {
		return false, nil
	}
	_, held, err := a.store.Private(ctx, scopeImportLease, r.ID.String())
	return !held, err
}

// holdLease renews a run's lease until the returned function is called, which
// gives it up.
func (a *App) holdLease(ctx context.Context, run cairn.ID) (release func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(renewImportLease)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			if err := a.renewLease(ctx, run); err != nil && ctx.Err() == nil {
				a.logger.Warn("the lease of an import was not renewed", "import", run, "err", err)
			}
		}
	}()
	return func() {
		cancel()
		<-ended
		_, err := a.store.Write(context.WithoutCancel(ctx), store.Meta{}, func(tx store.Tx) error {
			return tx.DropPrivate(scopeImportLease, run.String())
		})
		if err != nil {
			a.logger.Warn("the lease of an import was not given up", "import", run, "err", err)
		}
	}
}

func (a *App) renewLease(ctx context.Context, run cairn.ID) error {
	_, err := a.store.Write(ctx, store.Meta{}, func(tx store.Tx) error {
		return tx.PutPrivate(a.imports.lease(run, time.Now()))
	})
	return err
}

// WaitImport waits until nobody is at work on a run any more and returns it;
// progress is called now and then with the run as it is.
func (a *App) WaitImport(ctx context.Context, by Caller, id cairn.ID, progress func(cairn.Run)) (ImportRun, error) {
	a.imports.mu.Lock()
	done := a.imports.jobs[id]
	a.imports.mu.Unlock()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		run, err := a.seenRun(ctx, by, id)
		if err != nil {
			return run, err
		}
		busy := run.State == cairn.RunCommitting || run.State == cairn.RunUndoing
		if !busy || run.Interrupted && done == nil {
			return run, nil
		}
		progress(run.Run)
		select {
		case <-done:
			done = nil
		case <-tick.C:
		case <-ctx.Done():
			return run, ctx.Err()
		}
	}
}
