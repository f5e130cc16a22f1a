// Package search finds ideas by their text: title, description, comments. It
// is an inverted index in memory, ranked by BM25, with words compared as
// package fold compares them, prefixes of the last word while it is typed, word
// forms (invoice, invoices), and character pairs for scripts without spaces.
//
// Start at Index. tokens.go splits text, postings.go holds where words occur,
// query.go ranks, snippet.go shows why something was found.
package search
