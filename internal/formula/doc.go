// Package formula is Cairn's expression language and its scores: formula
// fields, conditions of views and colour rules are written in it. It computes
// over columns of ideas in blocks and knows no I/O, no clock and no goroutines.
//
// A text goes through
//
//	lex.go, parse.go   text → syntax tree, with positions in characters
//	check.go           names → columns, types, conversions (functions.go is the table of functions)
//	program.go         Compile, Eval, Condition
//	machine.go, ops_*  the loops over a block of rows
//
// Beside it stand score.go (sum and weighted score), order.go (formulas that
// use formulas), names.go (names for people, ids for storage), explain.go (why
// a value is what it is), complete.go (the editor) and template.go.
//
// The rules are numbered in docs/spec/formula.md (FML-1 …).
package formula
