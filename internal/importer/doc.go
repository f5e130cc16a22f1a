// Package importer is the contract between the formats that Cairn can read and
// the application that imports them.
//
// A format is a Leaf: it recognises a file (Detect), describes it (Inspect: a
// Survey with columns, proposed targets and questions) and delivers its rows
// (Rows). A leaf knows nothing of projects, databases or other leaves; it
// yields neutral text. Convert, a pure function, turns that text into a typed
// value or says why it cannot. Both passes stream, so memory depends on the
// number of columns and never on the size of the file.
//
// Reading order: contract.go, target.go, convert.go, then profile.go and
// infer.go, which propose what a column means. The rules are numbered in
// docs/spec/import.md.
package importer
