// Package cairn holds the product's words: what a project, an idea, a field, a
// view or a change is, and who may do what with it. It imports the standard
// library only and does no I/O, so every layer can share it.
//
// Reading order:
//
//	id.go, error.go       identifiers and the eight kinds of failure
//	entity.go, kind.go    how everything is stored: an entity with attributes
//	change.go             how everything is written: a change set in one log
//	project.go, idea.go, user.go, run.go   the nouns
//	field.go, value.go    custom fields, their types and their values
//	view.go, filter.go    what a list, board or export shows
//	policy.go             every permission rule
package cairn
