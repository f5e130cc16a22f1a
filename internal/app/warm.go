package app

import (
	"context"
	"time"

	"cairn"
)

// Bounds of what is read ahead of questions about the past.
const (
	warmFor  = 31 * 24 * time.Hour
	warmStep = 4000    // change sets between two looks whether a question waits
	warmMost = 300_000 // change sets of the workspace, at most
)

// Warm reads what happened in a project over the last month, so that the first
// question about it does not wait for the log (SIN-26). Questions that come
// meanwhile go first.
func (a *App) Warm(ctx context.Context, project cairn.ID) error {
	st, err := a.states.get(ctx, project)
	if err != nil {
		return err
	}
	j := a.pasts.journal(a, project)
	if !j.warming.CompareAndSwap(false, true) {
		return nil // somebody is at it
	}
	defer j.warming.Store(false)
	oldest, err := a.lastOf(ctx, a.now().Add(-warmFor))
	if err != nil {
		return err
	}
	now := st.state.Seq()
	for from := now; from > oldest && now-from < warmMost; {
		from = max(oldest, from-warmStep)
		j.mu.Lock()
		err := j.reach(ctx, from, now)
		j.mu.Unlock()
		if err != nil {
			return err
		}
	}
	_, err = a.factsAt(ctx, project, oldest)
	return err
}

// warmSoon begins to read ahead, for somebody who has just opened a view.
func (a *App) warmSoon(project cairn.ID) {
	if a.life.Err() != nil {
		return
	}
	a.tasks.Go(func() {
		if err := a.Warm(a.life, project); err != nil && a.life.Err() == nil {
			a.logger.Warn("what happened in a project was not read ahead", "project", project, "err", err)
		}
	})
}
