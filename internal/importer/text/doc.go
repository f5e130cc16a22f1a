// Package text reads what people save from other programs as text: it finds
// the character encoding and the delimiter, cuts delimited text into records,
// walks JSON without holding it, and reads numbers, dates and periods in the
// many ways people write them.
//
// Start with DetectEncoding and Decode, then NewCSV or EachJSON. Everything
// here streams: memory depends on one record, never on the file.
package text
