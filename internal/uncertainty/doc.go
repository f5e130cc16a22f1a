// Package uncertainty ranks ideas whose inputs are ranges. It draws every range
// many times, computes the scores of each draw with the same formulas as
// everywhere else, and tells what the draws say: how a score is distributed, how
// likely an idea is to belong in the top N, which neighbours are a coin toss
// apart, what to find out next, where a capacity ends. The rules are numbered
// UNC-10 and on in docs/spec/uncertainty.md.
//
// It is pure: the caller runs the chunks of a Run in as many goroutines as it
// likes, and the answer does not depend on how many.
//
// Start at Model, what is known of the ideas, and Run, which draws.
package uncertainty
