package main

import (
	"context"
	"fmt"

	"cairn/internal/app"
)

// demo opens the sample product and says how to sign in.
func demo(ctx context.Context, a *app.App, std streams) error {
	u, err := a.LoadDemo(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Sample product: sign in as %s with the password %q.\n", u.Email, app.DemoPassword)
	return nil
}
