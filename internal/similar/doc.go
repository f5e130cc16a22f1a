// Package similar finds ideas that say the same as a text: the same request in
// other words, a duplicate, something to merge with. It is an inverted index in
// memory over titles, labels and descriptions.
//
// A word counts by how rare it is, in a title more than in a description, once
// its accents, its ending (English and German) and its place in a compound are
// taken away: "Rechnungsexport" meets "export of invoices" in its second half,
// and a misspelt word meets the right one. A score is the part of the text that
// an idea covers, from 0 to about 1, and every hit names the words it is for.
//
// Start at Index. words.go makes terms of text, index.go keeps where they occur,
// near.go finds the terms beside a term, like.go ranks.
package similar
