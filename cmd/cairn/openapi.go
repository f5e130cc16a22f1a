package main

import (
	"fmt"

	"cairn/internal/api"
	"cairn/internal/app"
)

type openapiCmd struct{}

// Run prints the document. It needs no database.
func (openapiCmd) Run(g *globals, std streams) error {
	doc, err := api.New(api.Options{App: app.Detached(), Logger: g.logger(std.err), Version: version}).OpenAPI()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(std.out, string(doc))
	return err
}
