// Package engine holds one project's ideas in memory, column by column, and
// evaluates views on them: filter, compute, sort, group, roll up. A State moves
// forward only by applying change sets, so that every node and every restart
// arrives at the same state. The package knows no I/O, no clock and no
// goroutines; what an answer depends on besides the log comes in through Env.
//
// Start at State and Request; the rules are in docs/spec/view-query.md.
//
// The parts, from the ground up: vector*.go (typed columns), track.go (which
// rows changed since when), apply.go (the way in), order.go and keep.go (sorted
// rows, kept and repaired), predicate*.go (filters as bitmaps), program.go,
// computed.go and score.go (formula fields), group.go and rollup.go, eval.go (a
// request), result.go (the answer).
package engine
