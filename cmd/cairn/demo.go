package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"cairn"
	"cairn/internal/app"
	"cairn/internal/demo"
	"cairn/internal/store/sqlstore"
)

// openDemo is openServed for the sample product: an empty database is opened with a
// clock on which the sample's past can be written.
func (g *globals) openDemo(ctx context.Context, logger *slog.Logger) (*app.App, func(), error) {
	clock := &demo.Clock{}
	st, err := g.openWith(ctx, sqlstore.Options{Now: clock.Now, Eager: true})
	if err != nil {
		return nil, nil, err
	}
	seq, err := st.Seq(ctx)
	if err != nil {
		st.Close() // the first error counts
		return nil, nil, err
	}
	if seq > 0 { // what is written comes after what is there
		return g.appOn(ctx, app.Config{Store: st, Logger: logger})
	}
	clock.Set(demo.Begin(cairn.DayOf(time.Now())))
	return g.appOn(ctx, app.Config{Store: st, Logger: logger, DemoClock: clock})
}

// loadDemo opens the sample product and says how to sign in.
func loadDemo(ctx context.Context, a *app.App, std streams) error {
	u, err := a.LoadDemo(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Sample product: sign in as %s with the password %q.\n", u.Email, app.DemoPassword)
	return nil
}
